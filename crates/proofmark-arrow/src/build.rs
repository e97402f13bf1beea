//! Values into arrays.

use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Decimal256Type, DurationNanosecondType, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampNanosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, ListArray, MapArray, PrimitiveArray, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer, i256};
use arrow_schema::{ArrowError, Fields, TimeUnit};
use jiff::civil;
use proofmark::value::Native;
use proofmark::{Error, Kind, Kinds, Result, Segment, Value, json};

use crate::column::{Column, ColumnKind, FieldColumn, RecordColumns, entries};

/// The values of one column, row by row; `None` where there is none.
type Values<'a> = [Option<&'a Value>];

pub(crate) fn from_arrow(error: ArrowError) -> Error {
    Error::custom(error)
}

impl RecordColumns {
    /// One array per field. Whether a null may be there, Arrow checks: it may where the record itself is null.
    pub(crate) fn arrays(&self, rows: &Values<'_>) -> Result<Vec<ArrayRef>> {
        let array = |(idx, field): (usize, &FieldColumn)| {
            let values: Vec<_> = rows.iter().map(|row| self.part(idx, field, (*row)?)).collect();
            let array = field.column.array(&values);
            array.map_err(|error| error.at(Segment::Field(field.shape.key.name)))
        };
        self.fields.iter().enumerate().map(array).collect()
    }

    /// The value of a field; of one that is absent, its default.
    fn part<'a>(&self, idx: usize, field: &'a FieldColumn, row: &'a Value) -> Option<&'a Value> {
        let found = match row {
            Value::Array(items) => items.get(idx + usize::from(self.tag.is_some())),
            row => row.get(field.shape.key.name),
        };
        found.or(field.default.as_ref())
    }
}

impl Column {
    /// An array of values.
    pub(crate) fn array(&self, values: &Values<'_>) -> Result<ArrayRef> {
        Ok(match &self.kind {
            ColumnKind::Bool => Arc::new(BooleanArray::from(each(values, bool)?)),
            ColumnKind::Int(8, true) => primitive::<Int8Type>(values, int)?,
            ColumnKind::Int(16, true) => primitive::<Int16Type>(values, int)?,
            ColumnKind::Int(32, true) => primitive::<Int32Type>(values, int)?,
            ColumnKind::Int(8, false) => primitive::<UInt8Type>(values, int)?,
            ColumnKind::Int(16, false) => primitive::<UInt16Type>(values, int)?,
            ColumnKind::Int(32, false) => primitive::<UInt32Type>(values, int)?,
            ColumnKind::Int(_, false) => primitive::<UInt64Type>(values, int)?,
            ColumnKind::Int(_, true) => primitive::<Int64Type>(values, int)?,
            ColumnKind::Decimal128 => digits::<Decimal128Type>(values, int, 20)?,
            ColumnKind::Decimal256 => digits::<Decimal256Type>(values, big_int, 39)?,
            ColumnKind::IntText => texts(values, int_text)?,
            ColumnKind::Float32 => {
                primitive::<Float32Type>(values, |value| float(value).map(|float| float as f32))?
            }
            ColumnKind::Float64 => primitive::<Float64Type>(values, float)?,
            ColumnKind::Text => texts(values, text)?,
            ColumnKind::Json if self.is_nullable => texts(values, json_text)?,
            ColumnKind::Json => json_texts(values)?,
            ColumnKind::Bytes => bytes(values, |value| value.as_bytes())?,
            ColumnKind::Ext(code) => bytes(values, |value| ext(value, *code))?,
            ColumnKind::Timestamp { is_utc, unit } => timestamps(values, *is_utc, *unit)?,
            ColumnKind::Date => primitive::<Date32Type>(values, date)?,
            ColumnKind::Duration => primitive::<DurationNanosecondType>(values, duration)?,
            ColumnKind::DurationNumber => primitive::<Int64Type>(values, duration)?,
            ColumnKind::List(item) => self.list(item, values)?,
            ColumnKind::Tuple(items) => {
                let parts =
                    |idx| values.iter().map(|value| (*value)?.as_array()?.get(idx)).collect::<Vec<_>>();
                let arrays = items.iter().enumerate().map(|(idx, item)| item.array(&parts(idx)));
                self.strukt(values, arrays.collect::<Result<_>>()?)?
            }
            ColumnKind::Record(record) => self.strukt(values, record.arrays(&not_null(values))?)?,
            ColumnKind::Boxed(inner) => {
                // Here null is a value, and only absence is none.
                let nulls = NullBuffer::from_iter(values.iter().map(Option::is_some));
                let array = inner.array(&not_null(values))?;
                strukt(self.fields(), vec![array], values.len(), nulls)?
            }
            ColumnKind::Map(key, value) => map(key, value, values)?,
        })
    }

    fn list(&self, item: &Column, values: &Values<'_>) -> Result<ArrayRef> {
        let items: Vec<Option<&[Value]>> = each(values, |value| {
            value.as_array().map(|items| &items[..]).ok_or_else(|| mismatch(Kind::Array, value))
        })?;
        let offsets = offsets(items.iter().map(|items| items.map_or(0, <[Value]>::len)))?;
        let flat: Vec<_> = items.iter().flatten().flat_map(|items| items.iter().map(Some)).collect();
        let nulls = NullBuffer::from_iter(items.iter().map(Option::is_some));
        let field = Arc::new(item.field("item"));
        let list = ListArray::try_new(field, offsets, item.array(&flat)?, Some(nulls));
        Ok(Arc::new(list.map_err(from_arrow)?))
    }

    fn strukt(&self, values: &Values<'_>, arrays: Vec<ArrayRef>) -> Result<ArrayRef> {
        let nulls = NullBuffer::from_iter(not_null(values).iter().map(Option::is_some));
        strukt(self.fields(), arrays, values.len(), nulls)
    }
}

fn strukt(fields: Fields, arrays: Vec<ArrayRef>, len: usize, nulls: NullBuffer) -> Result<ArrayRef> {
    let array = StructArray::try_new_with_length(fields, arrays, Some(nulls), len);
    Ok(Arc::new(array.map_err(from_arrow)?))
}

fn map(key: &Column, value: &Column, values: &Values<'_>) -> Result<ArrayRef> {
    let maps: Vec<Option<&[(Value, Value)]>> = each(values, |value| {
        value.as_map().map(|map| &map[..]).ok_or_else(|| mismatch(Kind::Object, value))
    })?;
    let offsets = offsets(maps.iter().map(|map| map.map_or(0, <[_]>::len)))?;
    let flat = || maps.iter().flatten().flat_map(|map| map.iter());
    let keys: Vec<_> = flat().map(|(key, _)| Some(key)).collect();
    let items: Vec<_> = flat().map(|(_, value)| Some(value)).collect();
    let field = Arc::new(entries(key, value));
    let fields = Fields::from_iter([key.field("key"), value.field("value")]);
    let pairs = StructArray::try_new(fields, vec![key.array(&keys)?, value.array(&items)?], None);
    let nulls = NullBuffer::from_iter(maps.iter().map(Option::is_some));
    let map = MapArray::try_new(field, offsets, pairs.map_err(from_arrow)?, Some(nulls), false);
    Ok(Arc::new(map.map_err(from_arrow)?))
}

/// Ends of parts that follow each other; Arrow counts in 32 bits.
fn offsets(lengths: impl Iterator<Item = usize> + Clone) -> Result<OffsetBuffer<i32>> {
    check_total(lengths.clone().sum())?;
    Ok(OffsetBuffer::from_lengths(lengths))
}

fn check_total(total: usize) -> Result<()> {
    match i32::try_from(total) {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::range("A column of one batch holds at most 2147483647 bytes or elements")),
    }
}

/// What is not null.
fn not_null<'a>(values: &Values<'a>) -> Vec<Option<&'a Value>> {
    values.iter().map(|value| value.filter(|value| !value.is_null())).collect()
}

fn each<'a, T>(values: &Values<'a>, read: impl Fn(&'a Value) -> Result<T>) -> Result<Vec<Option<T>>> {
    let read = |value: &Option<&'a Value>| match value {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read(value).map(Some),
    };
    values.iter().map(read).collect()
}

fn primitive<T: ArrowPrimitiveType>(
    values: &Values<'_>,
    read: impl Fn(&Value) -> Result<T::Native>,
) -> Result<ArrayRef> {
    Ok(Arc::new(PrimitiveArray::<T>::from_iter(each(values, read)?)))
}

fn digits<T: arrow_array::types::DecimalType>(
    values: &Values<'_>,
    read: impl Fn(&Value) -> Result<T::Native>,
    precision: u8,
) -> Result<ArrayRef> {
    let array = PrimitiveArray::<T>::from_iter(each(values, read)?);
    Ok(Arc::new(array.with_precision_and_scale(precision, 0).map_err(from_arrow)?))
}

fn texts(values: &Values<'_>, read: impl Fn(&Value) -> Result<String>) -> Result<ArrayRef> {
    let texts = each(values, read)?;
    check_total(texts.iter().flatten().map(String::len).sum())?;
    Ok(Arc::new(StringArray::from(texts)))
}

/// Where null is a value like others, and not the absence of one.
fn json_texts(values: &Values<'_>) -> Result<ArrayRef> {
    let texts = values.iter().map(|value| value.map(json_text).transpose());
    let texts = texts.collect::<Result<Vec<_>>>()?;
    check_total(texts.iter().flatten().map(String::len).sum())?;
    Ok(Arc::new(StringArray::from(texts)))
}

fn bytes<'a>(values: &Values<'a>, read: impl Fn(&'a Value) -> Option<&'a [u8]>) -> Result<ArrayRef> {
    let all = each(values, |value| read(value).ok_or_else(|| mismatch(Kind::Bytes, value)))?;
    check_total(all.iter().flatten().map(|bytes| bytes.len()).sum())?;
    Ok(Arc::new(BinaryArray::from(all)))
}

fn timestamps(values: &Values<'_>, is_utc: bool, unit: TimeUnit) -> Result<ArrayRef> {
    let nanos = |value: &Value| if is_utc { instant(value) } else { local(value) };
    let zone = is_utc.then_some("UTC");
    let held = |nanos: i128| i64::try_from(nanos).map_err(|_| out_of_range("a time", "1677 to 2262"));
    Ok(match unit {
        TimeUnit::Microsecond => {
            let micros = each(values, |value| held(nanos(value)?.div_euclid(1_000)))?;
            Arc::new(PrimitiveArray::<TimestampMicrosecondType>::from_iter(micros).with_timezone_opt(zone))
        }
        _ => {
            let nanos = each(values, |value| held(nanos(value)?))?;
            Arc::new(PrimitiveArray::<TimestampNanosecondType>::from_iter(nanos).with_timezone_opt(zone))
        }
    })
}

#[cold]
fn mismatch(wanted: Kind, found: &Value) -> Error {
    Error::mismatch(Kinds::of(wanted), found.kind().name())
}

#[cold]
fn out_of_range(what: &str, years: &str) -> Error {
    Error::range(format!("The column holds {what} of the years {years}"))
}

fn bool(value: &Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| mismatch(Kind::Bool, value))
}

fn int<T: TryFrom<i128>>(value: &Value) -> Result<T> {
    let int = value.as_i128().ok_or_else(|| mismatch(Kind::Int, value))?;
    T::try_from(int).map_err(|_| Error::range("Integer out of range of the column"))
}

fn big_int(value: &Value) -> Result<i256> {
    i256::from_string(&int_text(value)?).ok_or_else(|| Error::range("Integer out of range of the column"))
}

fn int_text(value: &Value) -> Result<String> {
    match value.kind() {
        Kind::Int => Ok(value.to_string()),
        _ => Err(mismatch(Kind::Int, value)),
    }
}

fn float(value: &Value) -> Result<f64> {
    value.as_f64().ok_or_else(|| mismatch(Kind::Float, value))
}

/// Text, and the text of what has no better column.
fn text(value: &Value) -> Result<String> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Native(_) => match json::to_string(value)?.as_str() {
            text if text.len() >= 2 && text.starts_with('"') => Ok(text[1..text.len() - 1].to_owned()),
            text => Ok(text.to_owned()),
        },
        _ => Err(mismatch(Kind::Str, value)),
    }
}

fn json_text(value: &Value) -> Result<String> {
    json::to_string(value)
}

fn ext(value: &Value, code: i8) -> Option<&[u8]> {
    value.as_ext().filter(|ext| ext.code() == code).map(|ext| ext.data())
}

fn instant(value: &Value) -> Result<i128> {
    match value.as_datetime() {
        Some(time) => Ok(time.to_timestamp()?.as_nanosecond()),
        None => Err(mismatch(Kind::DateTime, value)),
    }
}

fn local(value: &Value) -> Result<i128> {
    let time = value.as_datetime().ok_or_else(|| mismatch(Kind::DateTime, value))?;
    Ok(time.civil().duration_since(EPOCH.at(0, 0, 0, 0)).as_nanos())
}

/// The day that Arrow counts from.
pub(crate) const EPOCH: civil::Date = civil::date(1970, 1, 1);

fn date(value: &Value) -> Result<i32> {
    match value.as_native() {
        Some(Native::Date(date)) => {
            let days = date.duration_since(EPOCH).as_hours() / 24;
            i32::try_from(days).map_err(|_| Error::range("Date out of range of the column"))
        }
        _ => Err(mismatch(Kind::Date, value)),
    }
}

fn duration(value: &Value) -> Result<i64> {
    match value.as_native() {
        Some(Native::Duration(duration)) => i64::try_from(duration.as_nanos())
            .map_err(|_| Error::range("The column holds a duration of at most 292 years")),
        _ => Err(mismatch(Kind::Duration, value)),
    }
}
