//! What bounds the values of a type: numbers by their ends and their last digit, times by a pattern of their texts. So the
//! rules find out which of two types holds more.

use arrow_schema::{DataType, TimeUnit};
use proofmark::{Maybe, Value};
use proofmark_contract::lock::{Bounds, Type};

/// What a column of this type is, and the bounds of its values; none where a word of locks says it all.
pub(super) fn bounded(data_type: &DataType) -> Option<(Type, Bounds)> {
    let (of, pattern) = match data_type {
        // The greatest number of 16 bits.
        DataType::Float16 => return Some((Type::Float { bits: 32 }, within(65504.0))),
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => {
            return Some((Type::Decimal, decimal(*precision, *scale)));
        }
        DataType::Date32 => (Type::Date, format!("^{DAY}$")),
        DataType::Date64 => (Type::Date, format!("^{DAY}(T{CLOCK}{})?$", fraction(3))),
        DataType::Time32(unit) | DataType::Time64(unit) => {
            (Type::Time, format!("^{CLOCK}{}$", fraction(digits(*unit))))
        }
        DataType::Timestamp(unit, zone) => {
            let pattern = timestamp(*unit, zone.as_deref().unwrap_or_default());
            (Type::DateTime(Some(zone.is_some())), pattern)
        }
        DataType::Duration(unit) => (Type::Duration, format!("^-?PT[0-9]+{}S$", fraction(digits(*unit)))),
        _ => return None,
    };
    Some((of, Bounds { pattern: Maybe::Set(pattern), ..Bounds::default() }))
}

const DAY: &str = "-?[0-9]+-[0-9]{2}-[0-9]{2}";
const CLOCK: &str = "[0-9]{2}:[0-9]{2}:[0-9]{2}";

/// Characters of a time zone's name that count.
const ZONE_CHARS_MAX: usize = 64;

fn within(most: f64) -> Bounds {
    Bounds { ge: Maybe::Set(Value::Float(-most)), le: Maybe::Set(Value::Float(most)), ..Bounds::default() }
}

/// Multiples of the last digit, less than what has one digit more.
fn decimal(precision: u8, scale: i8) -> Bounds {
    let (whole, scale) = (i32::from(precision) - i32::from(scale), i32::from(scale));
    let number = |number: f64| Maybe::Set(Value::Float(number));
    let end = 10_f64.powi(whole);
    Bounds {
        gt: number(-end),
        lt: number(end),
        multiple_of: number(10_f64.powi(-scale)),
        ..Bounds::default()
    }
}

fn timestamp(unit: TimeUnit, zone: &str) -> String {
    format!("^{DAY}T{CLOCK}{}{}$", fraction(digits(unit)), zone_suffix(zone))
}

/// A zone behind a time: `[Europe/Paris]`, with what means something in a pattern taken as it is.
fn zone_suffix(zone: &str) -> String {
    if zone.is_empty() {
        return String::new();
    }
    let literal = |c: char| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] };
    format!(r"\[{}\]", zone.chars().take(ZONE_CHARS_MAX).flat_map(literal).collect::<String>())
}

/// A fraction of a second of so many digits at most.
fn fraction(digits: u8) -> String {
    if digits == 0 { String::new() } else { format!(r"(\.[0-9]{{0,{digits}}})?") }
}

const fn digits(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}
