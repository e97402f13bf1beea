//! What the text of variables and arguments stands for, by the type that is wanted.

use proofmark::convert::Converter;
use proofmark::decode::DecodeOwned;
use proofmark::shape::{RecordShape, ShapeFn, UnionShape};
use proofmark::{Limits, Shape, Strictness, TagValue, Value, json};

use super::{Body, Node, OPTIONS_DEPTH_MAX};

/// Turns text into the values it spells, wherever `shape` wants such. What spells none stays text, and is refused as
/// that.
///
/// Only what came as text is looked at: a file has types of its own, and `"7"` in it is no number.
pub(super) fn spell(node: &mut Node, shape: Shape) {
    let Node { origin, body } = node;
    match body {
        Body::Leaf(Value::Str(text)) if origin.is_text() => {
            if let Some(value) = spelled(text, shape) {
                *node = Node::of_value(value, &origin.clone());
            }
        }
        Body::Leaf(_) => {}
        Body::List(items) => {
            items.iter_mut().enumerate().for_each(|(idx, item)| spell(item, item_shape(shape, idx)));
        }
        Body::Table(_) => {
            let shape = settled(node, shape);
            if let Body::Table(entries) = &mut node.body {
                entries.iter_mut().for_each(|(key, node)| spell(node, entry_shape(shape, key)));
            }
        }
    }
}

/// The shape of what is there, without what says that it might not be; of a union, that of the member.
pub(super) fn settled(node: &Node, shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) | Shape::Maybe(inner) => settled(node, inner()),
        Shape::Newtype(newtype) => settled(node, (newtype.inner)()),
        Shape::Union(union) => member(node, union),
        shape => shape,
    }
}

fn member(node: &Node, union: &UnionShape) -> Shape {
    let members = || union.members.iter().map(|(_, shape)| settled(node, shape()));
    let tagged = |shape: &Shape| match shape {
        Shape::Record(record) => has_tag(node, record),
        _ => false,
    };
    let untagged = |shape: &Shape| matches!(shape, Shape::Record(record) if record.tag.is_none());
    members().find(tagged).or_else(|| members().find(untagged)).unwrap_or(Shape::Any)
}

fn has_tag(node: &Node, record: &RecordShape) -> bool {
    let Some(tag) = &record.tag else { return false };
    let TagValue::Str(wanted) = tag.value else { return false };
    let found = node.entries().and_then(|entries| entries.get(tag.key.name));
    matches!(found, Some(Node { body: Body::Leaf(Value::Str(text)), .. }) if text == wanted)
}

pub(super) fn item_shape(shape: Shape, idx: usize) -> Shape {
    match shape {
        Shape::Optional(inner) | Shape::Maybe(inner) => item_shape(inner(), idx),
        Shape::Newtype(newtype) => item_shape((newtype.inner)(), idx),
        Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => item(),
        Shape::Tuple(items) => items.get(idx).map_or(Shape::Any, |item| item()),
        Shape::Record(record) if record.positional => {
            record.fields.get(idx).map_or(Shape::Any, |field| (field.shape)())
        }
        _ => Shape::Any,
    }
}

pub(super) fn entry_shape(shape: Shape, key: &str) -> Shape {
    match shape {
        Shape::Map { value, .. } => value(),
        Shape::Record(record) => {
            let field = record.wire_fields().into_iter().find(|field| field.is_named(key));
            field.map_or(Shape::Any, |field| (field.shape)())
        }
        _ => Shape::Any,
    }
}

/// Whether a field is read under a name.
pub(super) trait IsNamed {
    fn is_named(&self, key: &str) -> bool;
}

impl IsNamed for proofmark::shape::FieldShape {
    fn is_named(&self, key: &str) -> bool {
        self.key.name == key || self.aliases.contains(&key)
    }
}

fn spelled(text: &str, shape: Shape) -> Option<Value> {
    match shape {
        Shape::Newtype(newtype) => spelled(text, (newtype.inner)()),
        Shape::Maybe(inner) => spelled(text, inner()),
        Shape::Optional(inner) => spelled_or_null(text, inner()),
        Shape::Null => text.eq_ignore_ascii_case("null").then_some(Value::Null),
        Shape::Bool => lenient::<bool>(text).map(Value::from),
        Shape::Int { .. } => {
            lenient::<i128>(text).map(Value::from).or_else(|| text.parse::<u128>().ok().map(Value::from))
        }
        Shape::Float { .. } => lenient::<f64>(text).map(Value::from),
        Shape::Enum(shape) if shape.variants.iter().all(|v| matches!(v.value, TagValue::Int(_))) => {
            lenient::<i64>(text).map(Value::from)
        }
        Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => list(text, |_| Some(item)),
        Shape::Tuple(items) => list(text, |idx| items.get(idx).copied()),
        Shape::Map { .. } | Shape::Record(_) | Shape::Union(_) => document(text, '{'),
        _ => None,
    }
}

/// Null, where the word can mean nothing else.
fn spelled_or_null(text: &str, inner: Shape) -> Option<Value> {
    let is_null = !matches!(inner, Shape::Str | Shape::Any) && text.eq_ignore_ascii_case("null");
    if is_null { Some(Value::Null) } else { spelled(text, inner) }
}

/// A list as JSON, or its items with commas between them; no text at all is no items.
fn list(text: &str, shape_of: impl Fn(usize) -> Option<ShapeFn>) -> Option<Value> {
    if text.trim_start().starts_with('[') {
        return document(text, '[');
    }
    let parts = text.split(',').map(str::trim).filter(|_| !text.trim().is_empty());
    let item = |(idx, part): (usize, &str)| {
        shape_of(idx).and_then(|shape| spelled(part, shape())).unwrap_or_else(|| part.into())
    };
    Some(parts.enumerate().map(item).collect())
}

/// A list or table as JSON.
fn document(text: &str, open: char) -> Option<Value> {
    if !text.trim_start().starts_with(open) {
        return None;
    }
    let limits = Limits::depth(OPTIONS_DEPTH_MAX as u32);
    json::Decoder::new().limits(limits).from_slice(text.as_bytes()).ok()
}

fn lenient<T: DecodeOwned>(text: &str) -> Option<T> {
    let converter = Converter::new().strictness(Strictness::Lenient);
    converter.from_value(&Value::from(text)).ok()
}
