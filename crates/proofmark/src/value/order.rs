//! Which of two values comes first, and which are equal.

use std::cmp::Ordering;

use super::{Native, Value};

impl Value {
    /// The order in which the keys of a map are written.
    ///
    /// Text is ordered by its UTF-8 bytes, integers of any width by value. Between kinds the order is: null, booleans,
    /// integers, floats (as [`f64::total_cmp`]), decimals, text, bytes, dates with times, dates, times, durations,
    /// UUIDs, extension values, sequences, maps.
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// let mut keys = [Value::from("b"), Value::from(10), Value::from("B"), Value::from(9u64)];
    /// keys.sort_by(Value::total_cmp);
    /// assert_eq!(Value::from_iter(keys).to_string(), r#"[9,10,"B","b"]"#);
    /// ```
    pub fn total_cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Str(a), Self::Str(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::UInt(a), Self::UInt(b)) => a.cmp(b),
            (Self::Int(a), Self::UInt(b)) => i128::from(*a).cmp(&i128::from(*b)),
            (Self::UInt(a), Self::Int(b)) => i128::from(*a).cmp(&i128::from(*b)),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Float(a), Self::Float(b)) => a.total_cmp(b),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            (Self::Ext(a), Self::Ext(b)) => (a.code(), a.data()).cmp(&(b.code(), b.data())),
            (Self::Array(a), Self::Array(b)) => by_elements(a.iter(), b.iter()),
            (Self::Map(_), Self::Map(_)) => in_order(self).cmp(&in_order(other)),
            (Self::Native(a), Self::Native(b)) if a.kind() == b.kind() => a.total_cmp(b),
            _ if self.rank() == other.rank() => compare_integers(self, other),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    /// Whether two keys are the same key.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.total_cmp(other) == Ordering::Equal
    }

    const fn is_container(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Map(_))
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(_) => 1,
            Self::Int(_) | Self::UInt(_) => 2,
            Self::Float(_) => 3,
            Self::Str(_) => 5,
            Self::Bytes(_) => 6,
            Self::Ext(_) => 12,
            Self::Array(_) => 13,
            Self::Map(_) => 14,
            Self::Native(native) => native_rank(native),
        }
    }
}

const fn native_rank(native: &Native) -> u8 {
    match native {
        Native::BigInt(_) => 2,
        Native::Decimal(_) => 4,
        Native::DateTime(_) => 7,
        Native::Date(_) => 8,
        Native::Time(_) => 9,
        Native::Duration(_) => 10,
        Native::Uuid(_) => 11,
    }
}

/// A part of a value, in the order in which values are compared.
#[derive(Clone, Copy)]
enum Part<'a> {
    /// The end of a container: what goes on comes later.
    End,
    /// A scalar, or the beginning of a container.
    Begin(&'a Value),
}

/// All parts of a value, the entries of its maps in the order of their keys.
///
/// Maps that are keys are put in order from the inside, each once. To sort them anew for every comparison of what they
/// are in would take three times as long with each level.
fn in_order(value: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    push_in_order(value, &mut parts);
    parts
}

fn push_in_order<'a>(value: &'a Value, parts: &mut Vec<Part<'a>>) {
    parts.push(Part::Begin(value));
    match value {
        Value::Array(items) => items.iter().for_each(|item| push_in_order(item, parts)),
        Value::Map(map) => {
            let mut entries = Vec::from_iter(map.iter().map(|(key, value)| (in_order(key), value)));
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            for (key, value) in entries {
                parts.extend(key);
                push_in_order(value, parts);
            }
        }
        _ => return,
    }
    parts.push(Part::End);
}

impl Ord for Part<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Part::Begin(a), Part::Begin(b)) if a.is_container() || b.is_container() => {
                a.rank().cmp(&b.rank())
            }
            (Part::Begin(a), Part::Begin(b)) => a.total_cmp(b),
            (a, b) => matches!(a, Part::Begin(_)).cmp(&matches!(b, Part::Begin(_))),
        }
    }
}

impl PartialOrd for Part<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Part<'_> {}

impl PartialEq for Part<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

fn by_elements<'a>(
    mut a: impl Iterator<Item = &'a Value>,
    mut b: impl Iterator<Item = &'a Value>,
) -> Ordering {
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) => match a.total_cmp(b) {
                Ordering::Equal => {}
                different => return different,
            },
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
    }
}

/// Integers of which one at least is beyond 64 bits; nulls are equal.
fn compare_integers(a: &Value, b: &Value) -> Ordering {
    match (a.digits(), b.digits()) {
        (Some(a), Some(b)) => compare_digits(&a, &b),
        _ => Ordering::Equal,
    }
}

fn compare_digits(a: &str, b: &str) -> Ordering {
    let magnitude = |a: &str, b: &str| a.len().cmp(&b.len()).then_with(|| a.cmp(b));
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => magnitude(a, b),
        (Some(a), Some(b)) => magnitude(b, a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

impl Native {
    /// The order of two values of one kind.
    fn total_cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::BigInt(a), Self::BigInt(b)) => compare_digits(a, b),
            (Self::DateTime(a), Self::DateTime(b)) => a.cmp(b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::Time(a), Self::Time(b)) => (a.civil(), a.offset()).cmp(&(b.civil(), b.offset())),
            (Self::Duration(a), Self::Duration(b)) => a.cmp(b),
            (Self::Uuid(a), Self::Uuid(b)) => a.cmp(b),
            (Self::Decimal(a), Self::Decimal(b)) => a.cmp(b),
            _ => native_rank(self).cmp(&native_rank(other)),
        }
    }
}

/// Integers are equal by value, whatever their width; floats as floats are, so NaN is not equal to itself.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Array(a), Self::Array(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            (Self::Native(a), Self::Native(b)) => a == b,
            _ => self.rank() == other.rank() && self.is_same(other),
        }
    }
}

macro_rules! equal {
    ($($type:ty: $value:ident => $as:expr;)*) => {$(
        impl PartialEq<$type> for Value {
            fn eq(&self, other: &$type) -> bool {
                let $value = self;
                $as.is_some_and(|value| value == *other)
            }
        }
    )*};
}
equal! {
    bool: value => value.as_bool();
    i32: value => value.as_i64().and_then(|value| i32::try_from(value).ok());
    i64: value => value.as_i64();
    u32: value => value.as_u64().and_then(|value| u32::try_from(value).ok());
    u64: value => value.as_u64();
    usize: value => value.as_u64().and_then(|value| usize::try_from(value).ok());
    f64: value => value.as_f64();
    &str: value => value.as_str();
    String: value => value.as_str();
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Native, Value};
    use crate::{
        Ext,
        scalar::{DateTime, Decimal, Time},
    };

    fn native(native: Native) -> Value {
        Value::Native(Box::new(native))
    }

    fn ascending() -> Vec<Value> {
        vec![
            Value::Null,
            false.into(),
            true.into(),
            i128::MIN.into(),
            i64::MIN.into(),
            (-10).into(),
            9.into(),
            10.into(),
            u64::MAX.into(),
            (i128::from(u64::MAX) + 1).into(),
            u128::MAX.into(),
            f64::NEG_INFINITY.into(),
            (-0.0).into(),
            0.0.into(),
            f64::NAN.into(),
            native(Native::Decimal(Decimal::parse("1.5").unwrap())),
            "".into(),
            "B".into(),
            "a".into(),
            "aa".into(),
            "é".into(),
            "\u{ffff}".into(),
            "\u{1f600}".into(),
            Value::Bytes(vec![0]),
            native(Native::DateTime(DateTime::parse(b"2026-01-02T03:04:05Z").unwrap())),
            jiff::civil::date(2026, 1, 2).into(),
            native(Native::Time(Time::parse(b"03:04:05").unwrap())),
            jiff::SignedDuration::ZERO.into(),
            uuid::Uuid::nil().into(),
            Ext::new(3, [1]).into(),
            Value::from_iter([1]),
            Value::from_iter([1, 2]),
            Value::from_iter([2]),
            Value::from_iter([("a", 1)]),
            Value::from_iter([("a", 2)]),
        ]
    }

    #[test]
    fn the_order_is_total() {
        let values = ascending();
        for (i, a) in values.iter().enumerate() {
            for (j, b) in values.iter().enumerate() {
                assert_eq!(a.total_cmp(b), i.cmp(&j), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn equality_agrees_with_the_order_but_for_floats() {
        for value in ascending() {
            let nan = matches!(value, Value::Float(value) if value.is_nan());
            assert_eq!(value == value.clone(), !nan, "{value:?}");
        }
        assert_eq!(Value::from(0.0), Value::from(-0.0));
        assert_ne!(Value::from(1), Value::from(1.0));
        assert_eq!(Value::UInt(1), Value::Int(1));
        assert_eq!(native(Native::BigInt("1".into())), Value::Int(1));
        assert_eq!(Value::from(1).total_cmp(&Value::UInt(1)), Ordering::Equal);
    }

    #[test]
    fn values_compare_with_plain_ones() {
        assert_eq!(Value::from("a"), "a");
        assert_eq!(Value::from(7), 7u64);
        assert_ne!(Value::from(-7), 7u64);
        assert_ne!(Value::from("7"), 7);
        assert_eq!(Value::from(true), true);
        assert_eq!(Value::from(0.5), 0.5);
    }
}
