//! Values of types that hold no others.

use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Decode, Encode, Ext, Maybe, Value, json, to_value};

use super::pattern;
use crate::lock::{Bounds, Type};

/// Text that another type would read as something else.
const TEXTS: [&str; 8] = [
    "",
    "a",
    "QUJD",
    "not base64!",
    "1",
    "2026-01-02T03:04:05Z",
    "2026-01-02",
    "B6F3A7D2-0C4E-4F5A-9D1B-2E3F4A5B6C7D",
];

/// Values of a scalar type, the smallest first.
pub(super) fn values(ty: &Type) -> Vec<Value> {
    match ty {
        Type::Null => vec![Value::Null],
        Type::Bool => vec![false.into(), true.into()],
        Type::Int { min, max } => ints(*min, *max),
        Type::Float { bits: 32 } => [0.0, 1.5, -2.0].map(Value::Float).to_vec(),
        Type::Float { .. } => [0.0, 1.5, -2.0, 0.1, 1e300].map(Value::Float).to_vec(),
        Type::Str => TEXTS.map(Value::from).to_vec(),
        Type::Bytes => [&b""[..], b"a", b"\xFF\0"].map(|bytes| Value::Bytes(bytes.to_vec())).to_vec(),
        Type::ByteArray(len) => vec![Value::Bytes(vec![b'a'; (*len).min(LEN_MAX)])],
        Type::DateTime(tz) => datetimes(*tz),
        Type::Date => spelt::<jiff::civil::Date>(&["2026-01-02"]),
        Type::Time => spelt::<Time>(&["03:04:05", "03:04:05.000006"]),
        Type::Duration => spelt::<jiff::SignedDuration>(&["PT1S", "PT90M"]),
        Type::Uuid => spelt::<uuid::Uuid>(&["b6f3a7d2-0c4e-4f5a-9d1b-2e3f4a5b6c7d"]),
        Type::Decimal => spelt::<Decimal>(&["1.10", "-3"]),
        Type::Any | Type::Raw | Type::Opaque(_) => vec![Value::Null, 1.into(), "a".into(), 1.5.into()],
        _ => Vec::new(),
    }
}

/// The longest text, bytes or list that is made up.
const LEN_MAX: usize = 1 << 16;

/// Whole numbers: small ones, the ends of the range, and one that no double holds.
fn ints(min: i128, max: u128) -> Vec<Value> {
    let candidates = [0, 1, 12, 96, -1, (1 << 53) + 1, min, i128::try_from(max).unwrap_or(i128::MAX)];
    let fits = |value: &&i128| **value >= min && u128::try_from(**value).map_or(true, |value| value <= max);
    candidates.iter().filter(fits).map(|&value| Value::from(value)).collect()
}

fn datetimes(tz: Option<bool>) -> Vec<Value> {
    let texts: &[&str] = match tz {
        Some(true) => &["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000006Z"],
        Some(false) => &["2026-01-02T03:04:05"],
        None => &["2026-01-02T03:04:05Z", "2026-01-02T03:04:05"],
    };
    spelt::<DateTime>(texts)
}

/// Values as they are spelled in JSON.
fn spelt<T: Encode + for<'de> Decode<'de>>(texts: &[&str]) -> Vec<Value> {
    let value = |text: &&str| json::from_str::<T>(&format!("\"{text}\"")).and_then(|value| to_value(&value));
    texts.iter().filter_map(|text| value(text).ok()).collect()
}

pub(super) fn ext(code: Option<i8>, has_text: bool) -> Vec<Value> {
    // In JSON such a value is one of another type, which the lock does not lead to from here.
    if has_text {
        return Vec::new();
    }
    vec![Ext::new(code.unwrap_or(100), b"x").into()]
}

/// Values at the bounds, and as many elements or characters as they ask for.
pub(super) fn at_bounds(ty: &Type, bounds: &Bounds, values: &[Value]) -> Vec<Value> {
    let mut more = Vec::new();
    for bound in [&bounds.ge, &bounds.le, &bounds.gt, &bounds.lt, &bounds.multiple_of] {
        let Maybe::Set(bound) = bound else { continue };
        more.extend(near(ty, bound));
    }
    for len in [bounds.min_len, bounds.max_len] {
        let Maybe::Set(len) = len else { continue };
        more.extend(values.iter().find_map(|value| of_len(value, len)));
    }
    if let Maybe::Set(pattern) = &bounds.pattern {
        let len = bounds.min_len.into_option().unwrap_or(0);
        more.extend(pattern::matching(pattern, len).map(Value::Str));
    }
    more
}

/// A bound and its neighbours.
fn near(ty: &Type, bound: &Value) -> Vec<Value> {
    match (ty, bound.as_i128(), bound.as_f64()) {
        (Type::Float { .. }, _, Some(bound)) => [bound, bound + 1.0, bound - 1.0].map(Value::Float).to_vec(),
        (_, Some(bound), _) => {
            [bound, bound.saturating_add(1), bound.saturating_sub(1)].map(Value::from).to_vec()
        }
        _ => Vec::new(),
    }
}

/// A value of so many characters, bytes or elements.
fn of_len(like: &Value, len: u64) -> Option<Value> {
    let len = usize::try_from(len).ok().filter(|len| *len <= LEN_MAX)?;
    match like {
        Value::Str(_) => Some(Value::from("a".repeat(len))),
        Value::Bytes(_) => Some(Value::Bytes(vec![b'a'; len])),
        Value::Array(items) => {
            let item = items.first()?;
            Some(Value::from_iter(std::iter::repeat_n(item.clone(), len)))
        }
        _ => None,
    }
}
