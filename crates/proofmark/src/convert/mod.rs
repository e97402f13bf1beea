//! Values in memory: any type to any other, without bytes in between.
//!
//! The third of the formats, beside [`json`](crate::json) and [`msgpack`](crate::msgpack): types are written to and
//! read from a [`Value`]. Its rules are those of the wire, with three differences. What both formats write as text, a
//! UUID or a date, stays what it is. A decimal is taken where a float is wanted. Text is taken where bytes are wanted,
//! as base64.

mod decode;
mod encode;
mod key;
mod options;

pub use self::{decode::Reader, encode::Writer, options::Converter};
use crate::{Decode, Encode, Errors, Result, Value, decode::DecodeOwned};

/// The value of any type as a [`Value`].
///
/// # Errors
/// Fails when nesting is too deep, or an unset [`Maybe`](crate::Maybe) stands where nothing can be absent.
///
/// # Examples
/// ```
/// let value = proofmark::to_value(&vec![Some(1), None])?;
/// assert_eq!(value.to_string(), "[1,null]");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_value<T: Encode + ?Sized>(value: &T) -> Result<Value> {
    Converter::new().to_value(value)
}

/// A type out of a [`Value`]; borrowed fields point into it.
///
/// # Errors
/// Fails when the value is not of this type; see [`Error::kind`](crate::Error::kind).
///
/// # Examples
/// ```
/// use proofmark::Value;
/// let value = Value::from_iter([("rows", Value::from_iter(["a", "b"]))]);
/// let rows: std::collections::BTreeMap<&str, Vec<&str>> = proofmark::from_value(&value)?;
/// assert_eq!(rows["rows"], ["a", "b"]);
///
/// let error = proofmark::from_value::<Vec<u8>>(&value).unwrap_err();
/// assert_eq!(error.to_string(), "Expected `bytes`, got `object`");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_value<'de, T: Decode<'de>>(value: &'de Value) -> Result<T> {
    Converter::new().from_value(value)
}

/// As [`from_value`], but tells everything that is wrong, not just the first.
///
/// # Errors
/// Gives as many errors as the value has, up to [`Limits::errors_max`](crate::Limits); see [`Errors::is_complete`].
///
/// # Examples
/// ```
/// let value = proofmark::Value::from_iter([-1, 2, -3]);
/// let errors = proofmark::convert::decode_all_errors::<Vec<u16>>(&value).unwrap_err();
/// let errors: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
/// assert_eq!(errors, ["Expected `int` >= 0 - at `$[0]`", "Expected `int` >= 0 - at `$[2]`"]);
/// ```
pub fn decode_all_errors<'de, T: Decode<'de>>(value: &'de Value) -> Result<T, Errors> {
    Converter::new().decode_all_errors(value)
}

/// A value of one type as a value of another.
///
/// For a loose type at a boundary and a strict one inside, two versions of a record, or a map of options and the record
/// they fill. With options, such as leniency, use [`Converter`].
///
/// # Errors
/// As [`to_value`] and [`from_value`].
///
/// # Examples
/// ```
/// use std::collections::BTreeMap;
/// use proofmark::{Record, convert};
///
/// #[derive(Record, Debug, PartialEq)]
/// struct Options {
///     #[field(ge = 1)]
///     threads: u32,
///     #[field(default)]
///     verbose: bool,
/// }
///
/// let loose = BTreeMap::from([("threads", 4)]);
/// assert_eq!(convert::<Options>(&loose)?, Options { threads: 4, verbose: false });
///
/// let error = convert::<Options>(&BTreeMap::from([("threads", 0)])).unwrap_err();
/// assert_eq!(error.to_string(), "Expected `int` >= 1 - at `$.threads`");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn convert<U: DecodeOwned>(value: &(impl Encode + ?Sized)) -> Result<U> {
    Converter::new().convert(value)
}
