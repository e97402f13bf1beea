//! Values of a type that tell it from others: the ends of ranges, fractions, text that looks like something else.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, FixedSizeBinaryArray, Int64Array, StringArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, TimeUnit};

/// Whole numbers: the ends of every width, and one that no double holds.
const INTEGERS: [&str; 17] = [
    "0",
    "1",
    "-1",
    "127",
    "-128",
    "255",
    "32767",
    "-32768",
    "65535",
    "2147483647",
    "-2147483648",
    "4294967295",
    "16777217",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
];

const FLOATS: [&str; 10] =
    ["0", "1.5", "-2", "0.1", "0.0078125", "1e-12", "65504", "16777217", "1e30", "1e300"];

const TEXTS: [&str; 12] = [
    "",
    "a",
    "1",
    "007",
    "-1.50",
    "true",
    "t",
    "not base64!",
    "2026-01-02",
    "03:04:05.5",
    "2026-01-02T03:04:05Z",
    "1 month",
];

const DAYS: [&str; 4] = ["1970-01-01", "2026-01-02", "0001-01-01", "9999-12-31"];

const CLOCKS: [&str; 5] = ["00:00:00", "03:04:05", "03:04:05.001", "03:04:05.000001", "03:04:05.000000001"];

/// The last one is what many write for "never ends".
const TIMES: [&str; 7] = [
    "1970-01-01T00:00:00",
    "2026-01-02T03:04:05",
    "2026-01-02T03:04:05.001",
    "2026-01-02T03:04:05.000001",
    "2026-01-02T03:04:05.000000001",
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
];

const INTERVALS: [&str; 5] = ["1 month", "2 days", "3 hours", "0.001 seconds", "0.000000001 seconds"];

/// Seconds of durations: the last one is ten thousand years.
const SECONDS: [i64; 5] = [0, 1, -1, 86_400, 315_576_000_000];

/// Bytes of a value that is made up.
const BYTES_MAX: i32 = 1 << 16;

/// Values of a plain type that holds no others, as arrays of one; none where none can be made up.
///
/// Among bytes are some of the length that is wanted.
pub(super) fn values(data_type: &DataType, wanted: &DataType) -> Vec<ArrayRef> {
    match data_type {
        DataType::Boolean => {
            [true, false].map(|value| Arc::new(BooleanArray::from(vec![value])) as _).to_vec()
        }
        DataType::Utf8 => spelled(&TEXTS, data_type),
        DataType::Binary => {
            let len = if let DataType::FixedSizeBinary(len) = wanted { *len } else { 1 };
            [some_bytes(&[]), some_bytes(b"\xff\0"), repeated(b'a', len).and_then(|bytes| some_bytes(&bytes))]
                .into_iter()
                .flatten()
                .collect()
        }
        DataType::FixedSizeBinary(len) => [b'a', 0xff].iter().filter_map(|byte| fixed(*byte, *len)).collect(),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let doubles = spelled(&FLOATS, &DataType::Float64);
            doubles.iter().filter_map(|value| present(cast(value, data_type).ok()?)).collect()
        }
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => {
            spelled(&decimals(usize::from(*precision), *scale), data_type)
        }
        DataType::Date32 => spelled(&DAYS, data_type),
        // Milliseconds that are no whole day too.
        DataType::Date64 => [spelled(&DAYS, data_type), counted(&[1], data_type)].concat(),
        DataType::Time32(_) | DataType::Time64(_) => spelled(&CLOCKS, data_type),
        DataType::Timestamp(..) => spelled(&TIMES, data_type),
        DataType::Duration(unit) => counted(&durations(*unit), data_type),
        DataType::Interval(_) => spelled(&INTERVALS, data_type),
        integer if integer.is_integer() => spelled(&INTEGERS, data_type),
        _ => Vec::new(),
    }
}

/// The values that have these texts.
fn spelled<T: AsRef<str>>(texts: &[T], data_type: &DataType) -> Vec<ArrayRef> {
    let one = |text: &T| present(cast(&StringArray::from(vec![text.as_ref()]), data_type).ok()?);
    texts.iter().filter_map(one).collect()
}

/// The values that are so many of their unit.
fn counted(counts: &[i64], data_type: &DataType) -> Vec<ArrayRef> {
    let one = |count: &i64| present(cast(&Int64Array::from(vec![*count]), data_type).ok()?);
    counts.iter().filter_map(one).collect()
}

fn present(array: ArrayRef) -> Option<ArrayRef> {
    array.is_valid(0).then_some(array)
}

fn fixed(byte: u8, len: i32) -> Option<ArrayRef> {
    let array = FixedSizeBinaryArray::try_from_iter([repeated(byte, len)?].into_iter()).ok()?;
    Some(Arc::new(array))
}

fn some_bytes(bytes: &[u8]) -> Option<ArrayRef> {
    Some(Arc::new(BinaryArray::from(vec![bytes])))
}

fn repeated(byte: u8, len: i32) -> Option<Vec<u8>> {
    Some(vec![byte; usize::try_from(len).ok().filter(|_| len <= BYTES_MAX)?])
}

/// The greatest number of so many digits, the smallest one above nothing, and some between.
fn decimals(precision: usize, scale: i8) -> Vec<String> {
    let digits = |digits: &str| match usize::try_from(scale) {
        Ok(0) => digits.to_owned(),
        Ok(scale) => {
            let digits = format!("{digits:0>width$}", width = scale + 1);
            let (whole, fraction) = digits.split_at(digits.len() - scale);
            format!("{whole}.{fraction}")
        }
        Err(_) => format!("{digits}{}", "0".repeat(usize::from(scale.unsigned_abs()))),
    };
    let nines = "9".repeat(precision);
    [digits("0"), digits("1"), digits(&nines), format!("-{}", digits(&nines))].into()
}

fn durations(unit: TimeUnit) -> Vec<i64> {
    let per_second = match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    };
    let seconds = SECONDS.iter().filter_map(|count: &i64| count.checked_mul(per_second));
    // One of the unit, which a greater one cannot tell.
    seconds.chain([1]).collect()
}
