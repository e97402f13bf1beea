//! Building values out of plain ones.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{Array, Map, Native, Value};
use crate::{
    Ext,
    scalar::{DateTime, Decimal, Time},
};

macro_rules! from {
    ($($type:ty: $value:ident => $into:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $into
            }
        }
    )*};
}
from! {
    (): _unit => Self::Null;
    bool: value => Self::Bool(value);
    i8: value => Self::Int(value.into());
    i16: value => Self::Int(value.into());
    i32: value => Self::Int(value.into());
    i64: value => Self::Int(value);
    isize: value => Self::Int(value as i64);
    u8: value => Self::Int(value.into());
    u16: value => Self::Int(value.into());
    u32: value => Self::Int(value.into());
    u64: value => i64::try_from(value).map_or(Self::UInt(value), Self::Int);
    usize: value => Self::from(value as u64);
    f32: value => Self::Float(value.into());
    f64: value => Self::Float(value);
    char: value => Self::Str(value.into());
    &str: value => Self::Str(value.into());
    String: value => Self::Str(value);
    Box<str>: value => Self::Str(value.into());
    Cow<'_, str>: value => Self::Str(value.into_owned());
    &[u8]: value => Self::Bytes(value.into());
    Vec<u8>: value => Self::Bytes(value);
    Array: value => Self::Array(value);
    Vec<Self>: value => Self::Array(value.into());
    Map: value => Self::Map(value);
    Ext: value => Self::Ext(Box::new(value));
    DateTime: value => Native::DateTime(value).into();
    jiff::civil::Date: value => Native::Date(value).into();
    Time: value => Native::Time(value).into();
    jiff::SignedDuration: value => Native::Duration(value).into();
    uuid::Uuid: value => Native::Uuid(value).into();
    Decimal: value => Native::Decimal(value).into();
    Native: value => Self::Native(Box::new(value));
}

/// Integers that fit 64 bits are plain ones.
impl From<i128> for Value {
    fn from(value: i128) -> Self {
        match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => Self::Int(value),
            (_, Ok(value)) => Self::UInt(value),
            _ => Native::BigInt(value.to_string()).into(),
        }
    }
}

/// As from `i128`.
impl From<u128> for Value {
    fn from(value: u128) -> Self {
        match u64::try_from(value) {
            Ok(value) => Self::from(value),
            Err(_) => Native::BigInt(value.to_string()).into(),
        }
    }
}

/// `None` is null.
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::from_iter(items)
    }
}

impl<K: Into<Self>, V: Into<Self>> From<BTreeMap<K, V>> for Value {
    fn from(map: BTreeMap<K, V>) -> Self {
        Self::from_iter(map)
    }
}

/// Entries in the order of the map, which is another one each time; they are sorted when the value is written.
impl<K: Into<Self>, V: Into<Self>, S> From<HashMap<K, V, S>> for Value {
    fn from(map: HashMap<K, V, S>) -> Self {
        Self::from_iter(map)
    }
}

impl<T: Into<Self>> From<BTreeSet<T>> for Value {
    fn from(set: BTreeSet<T>) -> Self {
        Self::from_iter(set)
    }
}

/// A sequence.
impl<T: Into<Self>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(Array::from_iter(items))
    }
}

/// A map.
impl<K: Into<Self>, V: Into<Self>> FromIterator<(K, V)> for Value {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::Map(Map::from_iter(entries))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashMap};

    use super::{Native, Value};

    #[track_caller]
    fn check(value: impl Into<Value>, text: &str) {
        assert_eq!(value.into().to_string(), text);
    }

    #[test]
    fn plain_values_become_values() {
        check((), "null");
        check(None::<bool>, "null");
        check(Some(true), "true");
        check(-7i8, "-7");
        check(u64::MAX, "18446744073709551615");
        check(0.5f32, "0.5");
        check('é', "\"é\"");
        check(b"ab".to_vec(), "\"YWI=\"");
        check([1, 2], "[1,2]");
        check(vec![Value::Null], "[null]");
        check(BTreeMap::from([("a", 1)]), "{\"a\":1}");
        check(HashMap::from([(2, 'b'), (10, 'a')]), "{\"2\":\"b\",\"10\":\"a\"}");
        check(BTreeSet::from([3, 1]), "[1,3]");
        check(jiff::civil::date(2026, 1, 2), "\"2026-01-02\"");
    }

    #[test]
    fn integers_take_the_narrowest_place() {
        assert!(matches!(Value::from(7u64), Value::Int(7)));
        assert!(matches!(Value::from(u128::from(u64::MAX)), Value::UInt(u64::MAX)));
        assert!(matches!(Value::from(i128::from(i64::MIN)), Value::Int(i64::MIN)));
        let big = Value::from(-(1i128 << 100));
        assert_eq!(big.as_native(), Some(&Native::BigInt("-1267650600228229401496703205376".into())));
    }
}
