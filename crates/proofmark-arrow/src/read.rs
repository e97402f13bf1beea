//! Arrays into values.

use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Decimal256Type, DurationNanosecondType, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampNanosecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, ListArray, MapArray, PrimitiveArray, StringArray, StructArray,
};
use arrow_schema::TimeUnit;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proofmark::value::Map;
use proofmark::{Error, Ext, Result, Segment, TagValue, Value, json, to_value};

use crate::build::EPOCH;
use crate::column::{Column, ColumnKind, FieldColumn, RecordColumns};

/// The values of an array, row by row; `None` where it is null.
type Read = Vec<Option<Value>>;

impl RecordColumns {
    /// One value per row, of arrays in the order of the fields.
    pub(crate) fn rows(&self, arrays: &[ArrayRef], len: usize) -> Result<Vec<Value>> {
        let mut rows: Vec<Vec<(Value, Value)>> = Vec::new();
        rows.resize_with(len, || self.tag_entry().into_iter().collect());
        for (field, array) in self.fields.iter().zip(arrays) {
            let at = |error: Error| error.at(Segment::Field(field.shape.key.name));
            let values = field.column.values(array).map_err(at)?;
            for (row, value) in rows.iter_mut().zip(values) {
                row.extend(self.entry(field, value));
            }
        }
        Ok(rows.into_iter().map(|row| self.row(row)).collect())
    }

    fn tag_entry(&self) -> Option<(Value, Value)> {
        let tag = self.tag?;
        let value = match tag.value {
            TagValue::Str(text) => Value::from(text),
            TagValue::Int(number) => Value::from(number),
        };
        Some((tag.key.name.into(), value))
    }

    /// The entry of a field; none where null says that it is absent.
    fn entry(&self, field: &FieldColumn, value: Option<Value>) -> Option<(Value, Value)> {
        let is_absent = matches!(field.shape.presence, proofmark::shape::Presence::Maybe);
        let value = match value {
            None if is_absent && !self.is_positional => return None,
            value => value.unwrap_or_default(),
        };
        Some((field.shape.key.name.into(), value))
    }

    fn row(&self, entries: Vec<(Value, Value)>) -> Value {
        match self.is_positional {
            true => entries.into_iter().map(|(_, value)| value).collect(),
            false => Value::Map(Map::from_distinct(entries)),
        }
    }
}

impl Column {
    fn values(&self, array: &ArrayRef) -> Result<Read> {
        match &self.kind {
            ColumnKind::Bool => {
                let array = of::<BooleanArray>(array)?;
                Ok(array.iter().map(|value| value.map(Value::from)).collect())
            }
            ColumnKind::Int(8, true) => primitive::<Int8Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(16, true) => primitive::<Int16Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(32, true) => primitive::<Int32Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(8, false) => primitive::<UInt8Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(16, false) => primitive::<UInt16Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(32, false) => primitive::<UInt32Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(_, false) => primitive::<UInt64Type>(array, |value| Ok(value.into())),
            ColumnKind::Int(_, true) => primitive::<Int64Type>(array, |value| Ok(value.into())),
            ColumnKind::Decimal128 => primitive::<Decimal128Type>(array, |value| Ok(value.into())),
            ColumnKind::Decimal256 => primitive::<Decimal256Type>(array, |value| int(&value.to_string())),
            ColumnKind::IntText => texts(array, int),
            ColumnKind::Float32 => primitive::<Float32Type>(array, |value| Ok(value.into())),
            ColumnKind::Float64 => primitive::<Float64Type>(array, |value| Ok(value.into())),
            ColumnKind::Text => texts(array, |text| Ok(text.into())),
            ColumnKind::Json => texts(array, |text| json::from_str(text)),
            ColumnKind::Bytes => bytes(array, |bytes| bytes.into()),
            ColumnKind::Ext(code) => bytes(array, |bytes| Ext::new(*code, bytes).into()),
            ColumnKind::Timestamp { is_utc, unit } => timestamps(array, *is_utc, *unit),
            ColumnKind::Date => primitive::<Date32Type>(array, |days| {
                Ok(EPOCH.checked_add(i64::from(days).days()).map_err(Error::custom)?.into())
            }),
            ColumnKind::Duration => primitive::<DurationNanosecondType>(array, duration),
            ColumnKind::DurationNumber => primitive::<Int64Type>(array, duration),
            ColumnKind::List(item) => lists(item, array),
            ColumnKind::Map(key, value) => maps(key, value, array),
            ColumnKind::Tuple(items) => tuples(items, array),
            ColumnKind::Record(record) => {
                let array = of::<StructArray>(array)?;
                let rows = record.rows(array.columns(), array.len())?;
                Ok(rows
                    .into_iter()
                    .enumerate()
                    .map(|(idx, row)| array.is_valid(idx).then_some(row))
                    .collect())
            }
            ColumnKind::Boxed(inner) => {
                let array = of::<StructArray>(array)?;
                let values = inner.values(first(array.columns())?)?.into_iter().enumerate();
                Ok(values
                    .map(|(idx, value)| array.is_valid(idx).then(|| value.unwrap_or_default()))
                    .collect())
            }
        }
    }
}

/// The array as its type; what was written by others may have another one.
fn of<A: Array + 'static>(array: &ArrayRef) -> Result<&A> {
    array.as_any().downcast_ref::<A>().ok_or_else(|| {
        Error::unsupported(format!("A column of type {} is not that of the record", array.data_type()))
    })
}

fn first(arrays: &[ArrayRef]) -> Result<&ArrayRef> {
    arrays.first().ok_or_else(|| Error::unsupported("A struct without fields is not that of the record"))
}

fn primitive<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    read: impl Fn(T::Native) -> Result<Value>,
) -> Result<Read> {
    of::<PrimitiveArray<T>>(array)?.iter().map(|value| value.map(&read).transpose()).collect()
}

fn texts(array: &ArrayRef, read: impl Fn(&str) -> Result<Value>) -> Result<Read> {
    of::<StringArray>(array)?.iter().map(|text| text.map(&read).transpose()).collect()
}

fn bytes(array: &ArrayRef, read: impl Fn(&[u8]) -> Value) -> Result<Read> {
    Ok(of::<BinaryArray>(array)?.iter().map(|bytes| bytes.map(&read)).collect())
}

fn int(digits: &str) -> Result<Value> {
    let signed = digits.parse::<i128>().map(Value::from);
    signed.or_else(|_| digits.parse::<u128>().map(Value::from)).map_err(Error::custom)
}

fn timestamps(array: &ArrayRef, is_utc: bool, unit: TimeUnit) -> Result<Read> {
    let time = |nanos: i128| {
        let instant = Timestamp::from_nanosecond(nanos).map_err(Error::custom)?;
        if is_utc {
            return to_value(&instant);
        }
        to_value(&jiff::tz::Offset::UTC.to_datetime(instant))
    };
    match unit {
        TimeUnit::Microsecond => {
            primitive::<TimestampMicrosecondType>(array, |micros| time(i128::from(micros) * 1_000))
        }
        _ => primitive::<TimestampNanosecondType>(array, |nanos| time(nanos.into())),
    }
}

fn duration(nanos: i64) -> Result<Value> {
    Ok(SignedDuration::from_nanos(nanos).into())
}

fn lists(item: &Column, array: &ArrayRef) -> Result<Read> {
    let array = of::<ListArray>(array)?;
    let mut values = item.values(array.values())?;
    let list = |idx: usize| {
        array.is_valid(idx).then(|| {
            let (start, len) = (array.value_offsets()[idx] as usize, array.value_length(idx) as usize);
            taken(&mut values, start, len).collect()
        })
    };
    Ok((0..array.len()).map(list).collect())
}

fn maps(key: &Column, value: &Column, array: &ArrayRef) -> Result<Read> {
    let array = of::<MapArray>(array)?;
    let (mut keys, mut values) = (key.values(array.keys())?, value.values(array.values())?);
    let map = |idx: usize| {
        array.is_valid(idx).then(|| {
            let (start, len) = (array.value_offsets()[idx] as usize, array.value_length(idx) as usize);
            let keys: Vec<_> = taken(&mut keys, start, len).collect();
            Value::Map(keys.into_iter().zip(taken(&mut values, start, len)).collect())
        })
    };
    Ok((0..array.len()).map(map).collect())
}

/// Takes the values of one row out; null ones are null.
fn taken(values: &mut Read, start: usize, len: usize) -> impl Iterator<Item = Value> {
    values.iter_mut().skip(start).take(len).map(|value| value.take().unwrap_or_default())
}

fn tuples(items: &[Column], array: &ArrayRef) -> Result<Read> {
    let array = of::<StructArray>(array)?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    rows.resize_with(array.len(), Vec::new);
    for (item, column) in items.iter().zip(array.columns()) {
        for (row, value) in rows.iter_mut().zip(item.values(column)?) {
            row.push(value.unwrap_or_default());
        }
    }
    let row = |(idx, row): (usize, Vec<Value>)| array.is_valid(idx).then(|| row.into());
    Ok(rows.into_iter().enumerate().map(row).collect())
}
