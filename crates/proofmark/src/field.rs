//! What derived code does with each field of a record.
//!
//! Fields are read into slots that the caller owns, and not returned: so the caller's stack frame holds one word per
//! call instead of several copies of the value, which an optimiser would merge and an unoptimised build would not. That
//! frame is what nests. For the same reason these are inlined by force in optimised builds only.

use crate::{Decode, Decoder, Key, Result, Segment};

/// Reads the field `key` into its slot, if it is next.
///
/// # Errors
/// Fails when its value is not a `T`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field_next<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    record: &mut D::Record,
    key: &'static Key,
    slot: &mut Option<T>,
) -> Result<()> {
    if decoder.record_field(record, key) {
        match T::decode(decoder) {
            Ok(value) => *slot = Some(value),
            Err(error) if D::COLLECTS => decoder.record_fault(record, error, key)?,
            Err(error) => return Err(error.at(Segment::Field(key.name))),
        }
        decoder.record_next(record)?;
    }
    Ok(())
}

/// As [`field_next`], with constraints and checks.
///
/// # Errors
/// As [`field_next`], and when the check fails.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field_next_checked<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    record: &mut D::Record,
    key: &'static Key,
    slot: &mut Option<T>,
    check: impl FnOnce(&T) -> Result<()>,
) -> Result<()> {
    if decoder.record_field(record, key) {
        field_other_checked(decoder, record, key, slot, check)?;
        decoder.record_next(record)?;
    }
    Ok(())
}

/// Reads the value of a field, whose key was passed, into its slot.
///
/// # Errors
/// Fails when it is not a `T`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field_other<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    record: &mut D::Record,
    key: &'static Key,
    slot: &mut Option<T>,
) -> Result<()> {
    if D::COLLECTS {
        return field_other_checked(decoder, record, key, slot, |_| Ok(()));
    }
    match read_cold(decoder, key) {
        Ok(value) => *slot = Some(value),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// As [`field_other`], with constraints and checks.
///
/// # Errors
/// As [`field_other`], and when the check fails.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field_other_checked<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    record: &mut D::Record,
    key: &'static Key,
    slot: &mut Option<T>,
    check: impl FnOnce(&T) -> Result<()>,
) -> Result<()> {
    let checked = match T::decode(decoder) {
        Ok(value) => check(slot.insert(value)),
        Err(error) => Err(error),
    };
    match checked {
        Ok(()) => Ok(()),
        Err(error) if D::COLLECTS => decoder.record_fault(record, error, key),
        Err(error) => Err(error.at(Segment::Field(key.name))),
    }
}

/// A field's value; once per type and format rather than once per field.
#[inline(never)]
fn read_cold<'de, T: Decode<'de>, D: Decoder<'de>>(decoder: &mut D, key: &'static Key) -> Result<T> {
    match T::decode(decoder) {
        Ok(value) => Ok(value),
        Err(error) => Err(error.at(Segment::Field(key.name))),
    }
}

/// The end of a record's decoder, which fills empty slots and builds the value.
///
/// A closure where builds are not optimised: its temporaries, of which there are many then, are not on the stack while
/// the fields are read, which is when records nest. Elsewhere that closure would cost a copy of every field, which was
/// 3 % of the instructions of reading wide records.
#[cfg(debug_assertions)]
#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($($body:tt)*) => {
        (move || -> $crate::Result<Self> { $($body)* })()
    };
}

/// As in builds with debug assertions, without a closure.
#[cfg(not(debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($($body:tt)*) => {{ $($body)* }};
}
