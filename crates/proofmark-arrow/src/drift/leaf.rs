//! Whether a value that has no parts is read as what it is: seen by casting values as the engine does.

use arrow_array::{Array, ArrayRef};
use arrow_cast::display::FormatOptions;
use arrow_cast::{CastOptions, can_cast_types, cast, cast_with_options};
use arrow_schema::{
    DECIMAL32_MAX_PRECISION, DECIMAL64_MAX_PRECISION, DECIMAL128_MAX_PRECISION, DECIMAL256_MAX_PRECISION,
    DataType, TimeUnit,
};
use proofmark_contract::class::Verdict;

use super::sample;

/// How the engine casts: what has no value of the other type is an error, and not null.
const STRICT: CastOptions<'static> = CastOptions { safe: false, format_options: FormatOptions::new() };

/// Whether values of one type are read by another as what they are. Both are plain, and have no parts.
pub(super) fn reading(file: &DataType, table: &DataType) -> Verdict {
    if !is_known(file) || !is_known(table) || !can_cast_types(file, table) {
        return Verdict::Refused;
    }
    let (file, table) = (in_utc(file), in_utc(table));
    let values = sample::values(&file, &table);
    let (mut same, mut refused, mut other) = (0, 0, 0);
    for value in &values {
        match carried(value, &file, &table) {
            Carried::Same => same += 1,
            Carried::Refused => refused += 1,
            Carried::Other => other += 1,
        }
    }
    match values.is_empty() {
        true => Verdict::Conditional,
        false => Verdict::of_counts(same, refused, other),
    }
}

/// The smallest scale of a decimal that is tried.
const SCALE_MIN: i8 = -38;

/// Whether Arrow has such a type. A file may claim others, at which the kernel would end the program.
const fn is_known(data_type: &DataType) -> bool {
    let (precision, precision_max, scale) = match data_type {
        DataType::Decimal32(precision, scale) => (*precision, DECIMAL32_MAX_PRECISION, *scale),
        DataType::Decimal64(precision, scale) => (*precision, DECIMAL64_MAX_PRECISION, *scale),
        DataType::Decimal128(precision, scale) => (*precision, DECIMAL128_MAX_PRECISION, *scale),
        DataType::Decimal256(precision, scale) => (*precision, DECIMAL256_MAX_PRECISION, *scale),
        DataType::Time32(unit) => return matches!(unit, TimeUnit::Second | TimeUnit::Millisecond),
        DataType::Time64(unit) => return matches!(unit, TimeUnit::Microsecond | TimeUnit::Nanosecond),
        DataType::FixedSizeBinary(len) => return *len >= 0,
        _ => return true,
    };
    0 < precision && precision <= precision_max && SCALE_MIN <= scale && scale <= precision as i8
}

/// What became of a value.
enum Carried {
    Same,
    Refused,
    /// It was taken, and is not what it was.
    Other,
}

/// A value that comes back as it was is what it was, if both types mean things of one kind.
fn carried(value: &ArrayRef, file: &DataType, table: &DataType) -> Carried {
    if wraps(value, file, table) {
        return Carried::Other;
    }
    let Ok(read) = cast_with_options(value, table, &STRICT) else { return Carried::Refused };
    let is_spelled = [file, table].contains(&&DataType::Utf8);
    if read.is_null(0) || (!is_spelled && kind(file) != kind(table)) {
        return Carried::Other;
    }
    match cast_with_options(&read, file, &STRICT) {
        // There is a way to what holds more, and none back.
        _ if !can_cast_types(table, file) => Carried::Same,
        Ok(back) if *back == **value => Carried::Same,
        _ => Carried::Other,
    }
}

/// Whether a day is out of reach of nanoseconds, of which the kernel takes no notice: it comes out as another one, or, in
/// a build that checks arithmetic, ends the program.
fn wraps(value: &ArrayRef, file: &DataType, table: &DataType) -> bool {
    use TimeUnit::{Millisecond, Nanosecond};
    let (DataType::Date32 | DataType::Date64, DataType::Timestamp(Nanosecond, _)) = (file, table) else {
        return false;
    };
    // From one unit to another, it does.
    let in_milliseconds = cast(value, &DataType::Timestamp(Millisecond, None));
    let read = in_milliseconds.and_then(|value| cast(&value, &DataType::Timestamp(Nanosecond, None)));
    read.is_ok_and(|read| read.is_null(0))
}

/// What values of a type are about. The number 1 is no date, and no truth, though it can be cast to both.
#[derive(PartialEq, Eq)]
enum Kind {
    Null,
    Truth,
    Number,
    Text,
    Bytes,
    /// A day, or a time of a day, of the place where one is.
    Local,
    Instant,
    Clock,
    Span,
    Calendar,
    Nested,
}

fn kind(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Null => Kind::Null,
        DataType::Boolean => Kind::Truth,
        DataType::Utf8 => Kind::Text,
        DataType::Binary | DataType::FixedSizeBinary(_) => Kind::Bytes,
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => Kind::Local,
        DataType::Timestamp(_, Some(_)) => Kind::Instant,
        DataType::Time32(_) | DataType::Time64(_) => Kind::Clock,
        DataType::Duration(_) => Kind::Span,
        DataType::Interval(_) => Kind::Calendar,
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Kind::Number,
        number if number.is_numeric() => Kind::Number,
        _ => Kind::Nested,
    }
}

/// Instants are the same in every zone, and the kernel knows the names of zones in some builds only.
fn in_utc(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Timestamp(unit, Some(_)) => DataType::Timestamp(*unit, Some("+00:00".into())),
        other => other.clone(),
    }
}
