//! A value seen through its type: its fields by name, or its items.

use std::borrow::Cow;

use proofmark::shape::{FieldShape, RecordShape, ShapeFn, Volatility};
use proofmark::{Shape, Value};

use crate::fingerprint::is_member;

/// What a value consists of.
pub(crate) enum Parts<'v> {
    /// The fields of a record, or the entries of a map, those that are there.
    Named(Vec<Part<'v>>),
    /// The items of a list.
    Items(Vec<Item<'v>>),
    /// It has no parts.
    Leaf,
}

/// A field or an entry.
pub(crate) struct Part<'v> {
    pub(crate) name: Cow<'v, str>,
    /// Its place, where the record is written without names.
    pub(crate) position: Option<usize>,
    pub(crate) volatility: Option<Volatility>,
    pub(crate) item: Item<'v>,
}

/// A value with its type.
#[derive(Clone, Copy)]
pub(crate) struct Item<'v> {
    pub(crate) value: &'v Value,
    pub(crate) shape: Shape,
}

impl<'v> Item<'v> {
    pub(crate) fn parts(self) -> Parts<'v> {
        match (resolved(self.value, self.shape), self.value) {
            (Shape::Record(record), Value::Map(entries)) => Parts::Named(fields(record, entries)),
            (Shape::Record(record), Value::Array(items)) => Parts::Named(positions(record, items)),
            (Shape::Map { value: item, .. }, Value::Map(entries)) => {
                Parts::Named(self::entries(entries, item))
            }
            (_, Value::Map(entries)) => Parts::Named(self::entries(entries, || Shape::Any)),
            (shape, Value::Array(items)) => Parts::Items(self::items(items, shape)),
            _ => Parts::Leaf,
        }
    }

    /// The record type it is of, if it is a record.
    pub(crate) fn record(self) -> Option<&'static RecordShape> {
        match resolved(self.value, self.shape) {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }
}

/// The type that stands behind options, newtypes and unions.
fn resolved(value: &Value, shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) | Shape::Maybe(inner) => resolved(value, inner()),
        Shape::Newtype(newtype) => resolved(value, (newtype.inner)()),
        Shape::Union(union) => {
            let mut members = union.members.iter().map(|(_, member)| member());
            members
                .find(|member| is_member(value, *member))
                .map_or(Shape::Any, |found| resolved(value, found))
        }
        shape => shape,
    }
}

fn fields<'v>(record: &'static RecordShape, entries: &'v [(Value, Value)]) -> Vec<Part<'v>> {
    let known = record.wire_fields();
    let part = |(key, value): &'v (Value, Value)| {
        let field = known.iter().find(|field| key == field.key.name).copied();
        part(key_text(key), None, field, value)
    };
    entries.iter().map(part).collect()
}

fn positions<'v>(record: &'static RecordShape, items: &'v [Value]) -> Vec<Part<'v>> {
    let tag_len = usize::from(record.tag.is_some());
    let part = |(position, value): (usize, &'v Value)| {
        let field = position.checked_sub(tag_len).and_then(|idx| record.fields.get(idx));
        let name = match (field, record.tag) {
            (Some(field), _) => Cow::Borrowed(field.key.name),
            (None, Some(tag)) if position == 0 => Cow::Borrowed(tag.key.name),
            (None, _) => Cow::Owned(position.to_string()),
        };
        part(name, Some(position), field, value)
    };
    items.iter().enumerate().map(part).collect()
}

fn part<'v>(
    name: Cow<'v, str>,
    position: Option<usize>,
    field: Option<&FieldShape>,
    value: &'v Value,
) -> Part<'v> {
    let shape = field.map_or(Shape::Any, |field| (field.shape)());
    Part { name, position, volatility: field.and_then(|field| field.volatility), item: Item { value, shape } }
}

fn entries(entries: &[(Value, Value)], shape: ShapeFn) -> Vec<Part<'_>> {
    let part = |(key, value)| Part {
        name: key_text(key),
        position: None,
        volatility: None,
        item: Item { value, shape: shape() },
    };
    entries.iter().map(|(key, value)| part((key, value))).collect()
}

fn items(items: &[Value], shape: Shape) -> Vec<Item<'_>> {
    let shape_of = |idx: usize| -> Shape {
        let item: Option<ShapeFn> = match shape {
            Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => Some(item),
            Shape::Tuple(items) => items.get(idx).copied(),
            _ => None,
        };
        item.map_or(Shape::Any, |item| item())
    };
    items.iter().enumerate().map(|(idx, value)| Item { value, shape: shape_of(idx) }).collect()
}

/// A key as text. Keys of maps that are no text are written as JSON has them.
fn key_text(key: &Value) -> Cow<'_, str> {
    match key {
        Value::Str(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
