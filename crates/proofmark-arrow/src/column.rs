//! The columns of a shape.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, TimeUnit};
use proofmark::shape::{EnumShape, FieldShape, Presence, RecordShape, ShapeFn};
use proofmark::{Error, Result, Segment, Shape, Tag, TagValue, Value, json};

use crate::Layout;

/// Levels of records in records; what is deeper is JSON.
const LEVELS_MAX: usize = 32;

/// A column, or a part of one.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) kind: ColumnKind,
    pub(crate) is_nullable: bool,
}

/// What a column holds.
#[derive(Clone, Debug)]
pub(crate) enum ColumnKind {
    Bool,
    /// Bits, and whether there is a sign.
    Int(u8, bool),
    /// An integer in a `Decimal128`.
    Decimal128,
    /// An integer in a `Decimal256`.
    Decimal256,
    /// An integer as text.
    IntText,
    Float32,
    Float64,
    /// Text, and what is exact as text alone.
    Text,
    Bytes,
    /// An extension of this code.
    Ext(i8),
    /// An instant in UTC, or a local time, in nanoseconds or microseconds.
    Timestamp {
        is_utc: bool,
        unit: TimeUnit,
    },
    Date,
    Duration,
    /// A duration as a number.
    DurationNumber,
    List(Box<Column>),
    Tuple(Vec<Column>),
    Record(RecordColumns),
    Map(Box<Column>, Box<Column>),
    /// A value that may be null, in a place that may be empty.
    Boxed(Box<Column>),
    Json,
}

#[derive(Clone, Debug)]
pub(crate) struct RecordColumns {
    pub(crate) tag: Option<Tag>,
    pub(crate) is_positional: bool,
    pub(crate) fields: Vec<FieldColumn>,
}

#[derive(Clone, Debug)]
pub(crate) struct FieldColumn {
    pub(crate) shape: &'static FieldShape,
    pub(crate) column: Column,
    /// What absence means.
    pub(crate) default: Option<Value>,
}

/// Makes columns of shapes.
pub(crate) struct Columns {
    layout: Layout,
    /// The records that the one at hand stands in.
    outer: Vec<&'static str>,
}

impl Columns {
    /// The columns of a record.
    pub(crate) fn of_record(shape: Shape, layout: Layout) -> Result<RecordColumns> {
        let mut columns = Self { layout, outer: Vec::new() };
        match columns.column(shape)?.kind {
            ColumnKind::Record(record) => Ok(record),
            _ => Err(Error::unsupported("A table has records for rows")),
        }
    }

    fn column(&mut self, shape: Shape) -> Result<Column> {
        let is_nullable = matches!(shape, Shape::Optional(_) | Shape::Maybe(_) | Shape::Null);
        Ok(Column { kind: self.kind(shape)?, is_nullable })
    }

    fn kind(&mut self, shape: Shape) -> Result<ColumnKind> {
        Ok(match shape {
            Shape::Bool => ColumnKind::Bool,
            Shape::Int { min, max } => self.int(min, max),
            Shape::Float { bits: 32 } => ColumnKind::Float32,
            Shape::Float { .. } => ColumnKind::Float64,
            Shape::Str | Shape::Uuid | Shape::Decimal | Shape::Time | Shape::DateTime { tz: None } => {
                ColumnKind::Text
            }
            Shape::Bytes | Shape::ByteArray { .. } => ColumnKind::Bytes,
            Shape::Ext { code: Some(code), .. } => ColumnKind::Ext(code),
            Shape::DateTime { tz: Some(is_utc) } => ColumnKind::Timestamp { is_utc, unit: self.unit() },
            Shape::Date => ColumnKind::Date,
            Shape::Duration if self.layout == Layout::Delta => ColumnKind::DurationNumber,
            Shape::Duration => ColumnKind::Duration,
            Shape::Optional(inner) => self.column(inner())?.kind,
            Shape::Maybe(inner) => self.maybe(inner())?,
            Shape::Newtype(newtype) => self.kind((newtype.inner)())?,
            Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => {
                ColumnKind::List(Box::new(self.column(item())?))
            }
            Shape::Tuple(items) => self.tuple(items)?,
            Shape::Map { key, value } => {
                let (key, value) = (self.column(key())?, self.column(value())?);
                ColumnKind::Map(Box::new(key), Box::new(value))
            }
            Shape::Record(record) => self.record(record)?,
            Shape::Enum(shape) => enumeration(shape),
            _ => ColumnKind::Json,
        })
    }

    fn int(&self, min: i128, max: u128) -> ColumnKind {
        let fits = |bits: u32| min >= -(1_i128 << (bits - 1)) && max < 1_u128 << (bits - 1);
        if let Some(bits) = [8, 16, 32, 64].into_iter().find(|bits| fits(*bits) && min < 0) {
            return ColumnKind::Int(bits as u8, true);
        }
        let unsigned = [8, 16, 32, 64].into_iter().find(|bits| min >= 0 && max < 1_u128 << bits);
        match (unsigned, self.layout) {
            (Some(bits), Layout::Exact) => ColumnKind::Int(bits as u8, false),
            (Some(64), Layout::Delta) => ColumnKind::Decimal128,
            (Some(bits), Layout::Delta) => ColumnKind::Int(bits as u8 * 2, true),
            (None, Layout::Exact) => ColumnKind::Decimal256,
            (None, Layout::Delta) => ColumnKind::IntText,
        }
    }

    fn unit(&self) -> TimeUnit {
        match self.layout {
            Layout::Exact => TimeUnit::Nanosecond,
            Layout::Delta => TimeUnit::Microsecond,
        }
    }

    /// Absent and null need a place each.
    fn maybe(&mut self, inner: Shape) -> Result<ColumnKind> {
        let inner = self.column(inner)?;
        Ok(if inner.is_nullable { ColumnKind::Boxed(Box::new(inner)) } else { inner.kind })
    }

    fn tuple(&mut self, items: &[ShapeFn]) -> Result<ColumnKind> {
        let items = items.iter().map(|item| self.column(item()));
        Ok(ColumnKind::Tuple(items.collect::<Result<_>>()?))
    }

    fn record(&mut self, record: &'static RecordShape) -> Result<ColumnKind> {
        let name = (record.type_name)();
        if self.outer.contains(&name) || self.outer.len() >= LEVELS_MAX {
            return Ok(ColumnKind::Json);
        }
        self.outer.push(name);
        let fields = record.fields.iter().map(|field| self.field(field));
        let fields = fields.collect::<Result<Vec<_>>>();
        self.outer.pop();
        let (tag, is_positional) = (record.tag, record.positional);
        Ok(ColumnKind::Record(RecordColumns { tag, is_positional, fields: fields? }))
    }

    fn field(&mut self, field: &'static FieldShape) -> Result<FieldColumn> {
        let at = |error: Error| error.at(Segment::Field(field.key.name));
        if field.is_flat() {
            return Err(at(Error::unsupported("A flattened part has no columns")));
        }
        let column = self.column((field.shape)()).map_err(at)?;
        let default = match field.presence {
            Presence::Default(text) => Some(json::from_str::<Value>(&text()?).map_err(at)?),
            _ => None,
        };
        Ok(FieldColumn { shape: field, column, default })
    }
}

fn enumeration(shape: &EnumShape) -> ColumnKind {
    let is_text = |value: &TagValue| matches!(value, TagValue::Str(_));
    let texts = shape.variants.iter().filter(|variant| is_text(&variant.value)).count();
    match texts {
        0 => ColumnKind::Int(64, true),
        _ if texts == shape.variants.len() => ColumnKind::Text,
        _ => ColumnKind::Json,
    }
}

/// The name of the field in a boxed value.
pub(crate) const BOXED: &str = "value";

impl Column {
    /// The Arrow type.
    pub(crate) fn data_type(&self) -> DataType {
        match &self.kind {
            ColumnKind::Bool => DataType::Boolean,
            ColumnKind::Int(8, true) => DataType::Int8,
            ColumnKind::Int(16, true) => DataType::Int16,
            ColumnKind::Int(32, true) => DataType::Int32,
            ColumnKind::Int(8, false) => DataType::UInt8,
            ColumnKind::Int(16, false) => DataType::UInt16,
            ColumnKind::Int(32, false) => DataType::UInt32,
            ColumnKind::Int(_, false) => DataType::UInt64,
            ColumnKind::Int(_, true) | ColumnKind::DurationNumber => DataType::Int64,
            // 20 digits hold every u64, 39 every u128.
            ColumnKind::Decimal128 => DataType::Decimal128(20, 0),
            ColumnKind::Decimal256 => DataType::Decimal256(39, 0),
            ColumnKind::Float32 => DataType::Float32,
            ColumnKind::Float64 => DataType::Float64,
            ColumnKind::Text | ColumnKind::Json | ColumnKind::IntText => DataType::Utf8,
            ColumnKind::Bytes | ColumnKind::Ext(_) => DataType::Binary,
            ColumnKind::Timestamp { is_utc, unit } => {
                DataType::Timestamp(*unit, is_utc.then(|| "UTC".into()))
            }
            ColumnKind::Date => DataType::Date32,
            ColumnKind::Duration => DataType::Duration(TimeUnit::Nanosecond),
            ColumnKind::List(item) => DataType::List(Arc::new(item.field("item"))),
            ColumnKind::Tuple(_) | ColumnKind::Record(_) | ColumnKind::Boxed(_) => {
                DataType::Struct(self.fields())
            }
            ColumnKind::Map(key, value) => DataType::Map(Arc::new(entries(key, value)), false),
        }
    }

    /// The fields of what is a struct.
    pub(crate) fn fields(&self) -> Fields {
        match &self.kind {
            ColumnKind::Tuple(items) => {
                items.iter().enumerate().map(|(idx, item)| item.field(&idx.to_string())).collect()
            }
            ColumnKind::Record(record) => record.fields(),
            ColumnKind::Boxed(inner) => [inner.field(BOXED)].into_iter().collect(),
            _ => Fields::empty(),
        }
    }

    pub(crate) fn field(&self, name: &str) -> Field {
        let field = Field::new(name, self.data_type(), self.is_nullable);
        field.with_metadata(self.is_json().into_iter().collect())
    }

    fn is_json(&self) -> Option<(String, String)> {
        matches!(self.kind, ColumnKind::Json).then(|| entry("proofmark.json", "true"))
    }
}

/// The field of a map's entries.
pub(crate) fn entries(key: &Column, value: &Column) -> Field {
    let fields = Fields::from_iter([key.field("key"), value.field("value")]);
    Field::new("entries", DataType::Struct(fields), false)
}

impl RecordColumns {
    pub(crate) fn fields(&self) -> Fields {
        self.fields.iter().map(FieldColumn::field).collect()
    }

    /// The tag, as text.
    pub(crate) fn tag_text(&self) -> Option<String> {
        self.tag.map(|tag| match tag.value {
            TagValue::Str(text) => text.to_owned(),
            TagValue::Int(number) => number.to_string(),
        })
    }
}

impl FieldColumn {
    fn field(&self) -> Field {
        let field = self.column.field(self.shape.key.name);
        let mut metadata: HashMap<String, String> = field.metadata().clone();
        let shape = self.shape;
        let presence = match shape.presence {
            Presence::Required => "required",
            Presence::Maybe => "maybe",
            _ => "default",
        };
        let said = [
            ("proofmark.presence", Some(presence)),
            ("proofmark.absent", shape.absent),
            ("proofmark.null", shape.null),
            ("proofmark.volatile", shape.volatility.map(|why| why.name())),
            ("proofmark.doc", Some(shape.doc).filter(|doc| !doc.is_empty())),
        ];
        metadata.extend(said.into_iter().filter_map(|(key, value)| Some(entry(key, value?))));
        field.with_metadata(metadata)
    }
}

fn entry(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}
