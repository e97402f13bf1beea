//! Looking into values.

use std::borrow::Cow;

use super::{Array, Map, Native, Value};
use crate::{Ext, scalar::DateTime};

impl Value {
    /// Whether this is null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if it fits.
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// assert_eq!(Value::from(7u8).as_i64(), Some(7));
    /// assert_eq!(Value::from(u64::MAX).as_i64(), None);
    /// assert_eq!(Value::from(7.0).as_i64(), None);
    /// ```
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::UInt(value) => i64::try_from(*value).ok(),
            _ => None,
        }
    }

    /// The integer, if it fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Int(value) => u64::try_from(*value).ok(),
            Self::UInt(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if it fits.
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(i128::from(*value)),
            Self::UInt(value) => Some(i128::from(*value)),
            Self::Native(native) => match &**native {
                Native::BigInt(digits) => digits.parse().ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number as a float: a float, or the float next to a 64-bit integer.
    pub const fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(*value),
            Self::Int(value) => Some(*value as f64),
            Self::UInt(value) => Some(*value as f64),
            _ => None,
        }
    }

    /// The text.
    pub const fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The bytes. Those in a JSON document are still text.
    pub const fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        }
    }

    /// The date with a time. Those in a JSON document are still text.
    pub fn as_datetime(&self) -> Option<DateTime> {
        match self.as_native()? {
            Native::DateTime(value) => Some(*value),
            _ => None,
        }
    }

    /// The sequence.
    pub const fn as_array(&self) -> Option<&Array> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The sequence, to change it.
    pub const fn as_array_mut(&mut self) -> Option<&mut Array> {
        match self {
            Self::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The map.
    pub const fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map, to change it.
    pub const fn as_map_mut(&mut self) -> Option<&mut Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The extension value.
    pub const fn as_ext(&self) -> Option<&Ext> {
        match self {
            Self::Ext(ext) => Some(ext),
            _ => None,
        }
    }

    /// The value of a type that neither format knows.
    pub const fn as_native(&self) -> Option<&Native> {
        match self {
            Self::Native(native) => Some(native),
            _ => None,
        }
    }

    /// The entry of a map by text key, or the element of a sequence by index.
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// let value = Value::from_iter([("rows", vec![Value::from(7)])]);
    /// assert_eq!(value.get("rows").and_then(|rows| rows.get(0)), Some(&Value::Int(7)));
    /// assert_eq!(value.get(0), None);
    /// ```
    pub fn get(&self, index: impl Index) -> Option<&Self> {
        index.of(self)
    }

    /// As [`Value::get`], to change it.
    pub fn get_mut(&mut self, index: impl Index) -> Option<&mut Self> {
        index.of_mut(self)
    }

    /// Takes the value out and leaves null.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// The digits of an integer.
    pub(crate) fn digits(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Int(value) => Some(Cow::Owned(value.to_string())),
            Self::UInt(value) => Some(Cow::Owned(value.to_string())),
            Self::Native(native) => match &**native {
                Native::BigInt(digits) => Some(Cow::Borrowed(digits)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a value can be indexed by: text and numbers.
pub trait Index: sealed::Sealed {
    /// What stands in `value` under this index.
    fn of(self, value: &Value) -> Option<&Value>;
    /// As [`Index::of`], to change it.
    fn of_mut(self, value: &mut Value) -> Option<&mut Value>;
}

impl Index for &str {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_map()?.get(self)
    }
    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_map_mut()?.get_mut(self)
    }
}

impl Index for usize {
    fn of(self, value: &Value) -> Option<&Value> {
        value.as_array()?.get(self)
    }
    fn of_mut(self, value: &mut Value) -> Option<&mut Value> {
        value.as_array_mut()?.get_mut(self)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for &str {}
    impl Sealed for usize {}
}

/// What is not there is null; [`Value::get`] tells the two apart.
impl<I: Index> std::ops::Index<I> for Value {
    type Output = Self;

    fn index(&self, index: I) -> &Self {
        self.get(index).unwrap_or(Self::NULL)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Ext, Value, value::Map};

    #[test]
    fn integers_are_told_by_value() {
        for (value, i64, u64) in [
            (Value::Int(-1), Some(-1), None),
            (Value::Int(1), Some(1), Some(1)),
            (Value::UInt(1), Some(1), Some(1)),
            (Value::UInt(u64::MAX), None, Some(u64::MAX)),
            (Value::from(u128::MAX), None, None),
            (Value::Bool(true), None, None),
        ] {
            assert_eq!((value.as_i64(), value.as_u64()), (i64, u64), "{value:?}");
        }
        assert_eq!(Value::from(i128::MIN).as_i128(), Some(i128::MIN));
        assert_eq!(Value::from(u128::MAX).as_i128(), None);
    }

    #[test]
    fn an_accessor_of_another_kind_finds_nothing() {
        let values = [
            Value::Null,
            true.into(),
            1.into(),
            1.5.into(),
            "a".into(),
            Value::Bytes(vec![1]),
            Value::from_iter([1]),
            Map::from_iter([("a", 1)]).into(),
            Ext::new(5, [1]).into(),
            uuid::Uuid::nil().into(),
        ];
        for (place, value) in values.iter().enumerate() {
            let found = [
                value.is_null(),
                value.as_bool().is_some(),
                value.as_i64().is_some(),
                value.as_f64().is_some() && value.as_i64().is_none(),
                value.as_str().is_some(),
                value.as_bytes().is_some(),
                value.as_array().is_some(),
                value.as_map().is_some(),
                value.as_ext().is_some(),
                value.as_native().is_some(),
            ];
            assert!(found.iter().enumerate().all(|(kind, &found)| found == (kind == place)), "{value:?}");
        }
    }

    #[test]
    fn an_index_that_leads_nowhere_is_null() {
        let mut value = Value::from_iter([("a", Value::from_iter([1, 2]))]);
        assert_eq!(value["a"][1], 2);
        assert!(value["a"][2].is_null() && value["b"]["c"].is_null() && value[0].is_null());
        *value.get_mut("a").unwrap().get_mut(0).unwrap() = "x".into();
        assert_eq!(value["a"][0], "x");
        assert_eq!(value.get_mut("b"), None);
        assert_eq!(value.get_mut("a").unwrap().take(), Value::from_iter([Value::from("x"), 2.into()]));
        assert!(value["a"].is_null());
    }
}
