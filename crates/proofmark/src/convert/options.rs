//! Converting with options.

use super::{Reader, Writer, decode::ReadOptions};
use crate::{Decode, Encode, Errors, Limits, Order, Result, Strictness, Value, decode::DecodeOwned};

/// Converts with options.
///
/// ```
/// use proofmark::{Strictness, convert::Converter};
/// let lenient = Converter::new().strictness(Strictness::Lenient);
/// assert_eq!(lenient.convert::<(u8, bool)>(&("7", "true"))?, (7, true));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Converter {
    order: Order,
    limits: Limits,
    strictness: Strictness,
    str_keys: bool,
    native_only: bool,
}

impl Converter {
    /// The default options.
    pub const fn new() -> Self {
        Self {
            order: Order::Deterministic,
            limits: Limits::DEFAULT,
            strictness: Strictness::Strict,
            str_keys: false,
            native_only: false,
        }
    }

    /// Sets the order of keys and set elements of values that are built.
    #[must_use]
    pub const fn order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// Sets the bounds; they hold on the way into a value and out of it.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets how far to go to make values fit.
    #[must_use]
    pub const fn strictness(self, strictness: Strictness) -> Self {
        Self { strictness, ..self }
    }

    /// Sets whether keys of maps are text, as in JSON.
    ///
    /// Keys of values that are built become text; numbers are parsed out of text keys that are read.
    ///
    /// # Examples
    /// ```
    /// use std::collections::BTreeMap;
    /// use proofmark::{Value, convert::Converter};
    ///
    /// let converter = Converter::new().str_keys(true);
    /// let value = converter.to_value(&BTreeMap::from([(7, 'a')]))?;
    /// assert_eq!(value, Value::from_iter([("7", 'a')]));
    /// assert_eq!(converter.from_value::<BTreeMap<u8, char>>(&value)?, BTreeMap::from([(7, 'a')]));
    /// # Ok::<(), proofmark::Error>(())
    /// ```
    #[must_use]
    pub const fn str_keys(self, str_keys: bool) -> Self {
        Self { str_keys, ..self }
    }

    /// Sets whether dates, times, durations, UUIDs, decimals and bytes must already be such: text that spells one is refused.
    ///
    /// For values out of a source that has these types itself, as TOML has dates. Lenient conversion takes text all the
    /// same.
    ///
    /// # Examples
    /// ```
    /// use jiff::civil::{Date, date};
    /// use proofmark::{convert::Converter, to_value};
    ///
    /// let native = Converter::new().native_only(true);
    /// assert_eq!(native.from_value::<Date>(&to_value(&date(2024, 2, 29))?)?, date(2024, 2, 29));
    ///
    /// let error = native.from_value::<Date>(&"2024-02-29".into()).unwrap_err();
    /// assert_eq!(error.to_string(), "Expected `date`, got `str`");
    /// # Ok::<(), proofmark::Error>(())
    /// ```
    #[must_use]
    pub const fn native_only(self, native_only: bool) -> Self {
        Self { native_only, ..self }
    }

    /// The value of any type as a [`Value`].
    ///
    /// # Errors
    /// As [`to_value`](super::to_value).
    pub fn to_value<T: Encode + ?Sized>(&self, value: &T) -> Result<Value> {
        let mut writer = Writer::new(self.order, self.limits, self.str_keys);
        value.encode(&mut writer)?;
        Ok(writer.finish())
    }

    /// A type out of a [`Value`].
    ///
    /// # Errors
    /// As [`from_value`](super::from_value).
    pub fn from_value<'de, T: Decode<'de>>(&self, value: &'de Value) -> Result<T> {
        T::decode(&mut Reader::new(value, self.limits, self.read_options()))
    }

    /// As [`Converter::from_value`], with all errors at once.
    ///
    /// # Errors
    /// As [`decode_all_errors`](super::decode_all_errors).
    pub fn decode_all_errors<'de, T: Decode<'de>>(&self, value: &'de Value) -> Result<T, Errors> {
        crate::collect::read_all(Reader::new(value, self.limits, self.read_options()), |_| Ok(()))
    }

    const fn read_options(&self) -> ReadOptions {
        let Self { strictness, str_keys, native_only, .. } = *self;
        ReadOptions {
            strictness,
            str_keys,
            native_only: native_only && matches!(strictness, Strictness::Strict),
        }
    }

    /// A value of one type as a value of another.
    ///
    /// # Errors
    /// As [`convert`](super::convert).
    pub fn convert<U: DecodeOwned>(&self, value: &(impl Encode + ?Sized)) -> Result<U> {
        self.from_value(&self.to_value(value)?)
    }
}
