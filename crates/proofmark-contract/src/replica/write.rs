//! Writing by a lock.

use proofmark::__private::encode_tag;
use proofmark::{
    Describe, Encode, Encoder, Error, Kinds, Medium, Result, Segment, Shape, Tag, TagValue, Value,
};

use super::Replica;
use super::node::{FieldNode, Id, Node, RecordNode, UnionNode};

/// A value of a node.
pub(super) struct Typed<'a> {
    pub(super) replica: &'a Replica,
    pub(super) node: Id,
    pub(super) value: &'a Value,
}

impl Describe for Typed<'_> {
    const KINDS: Kinds = Kinds::ANY;
    fn shape() -> Shape {
        Shape::Any
    }
}

impl Encode for Typed<'_> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        let Self { replica, node, value } = self;
        match (replica.node(*node), value) {
            (Node::Raw, value) => as_it_came(value, encoder),
            (Node::Float { bits: 32 }, Value::Float(value)) => encoder.f32(*value as f32),
            (Node::Ext { text: Some(text), .. }, value) if E::MEDIUM == Medium::Text => {
                self.of(*text, value).encode(encoder)
            }
            (Node::Optional(of), value) if !value.is_null() => self.of(*of, value).encode(encoder),
            (Node::List(of) | Node::Set(of) | Node::Array(of, _), Value::Array(items)) => {
                self.items(items.iter().map(|item| (*of, item)), encoder)
            }
            (Node::Tuple(parts), Value::Array(items)) if parts.len() == items.len() => {
                self.items(parts.iter().copied().zip(items.iter()), encoder)
            }
            (Node::Map { key, value: of }, Value::Map(map)) => self.entries(*key, *of, map, encoder),
            (Node::Record(record), Value::Map(_)) if record.shape.positional => {
                self.positional(record, encoder)
            }
            (Node::Record(record), Value::Map(_)) => self.record(record, encoder),
            (Node::Union(union), value) => self.union(union, value, encoder),
            (Node::Bound { of, .. }, value) => self.of(*of, value).encode(encoder),
            (_, value) => value.encode(encoder),
        }
    }
}

impl<'a> Typed<'a> {
    const fn of(&self, node: Id, value: &'a Value) -> Self {
        Self { replica: self.replica, node, value }
    }

    fn items<E: Encoder>(
        &self,
        items: impl ExactSizeIterator<Item = (Id, &'a Value)>,
        encoder: &mut E,
    ) -> Result<()> {
        let mut seq = encoder.seq_start(items.len())?;
        for (index, (node, item)) in items.enumerate() {
            encoder.seq_item(&mut seq);
            self.of(node, item).encode(encoder).map_err(|error| error.at(Segment::Index(index)))?;
        }
        encoder.seq_end(seq)
    }

    fn entries<E: Encoder>(&self, key: Id, of: Id, map: &'a [(Value, Value)], encoder: &mut E) -> Result<()> {
        let mut state = encoder.map_start(map.len())?;
        for (name, value) in map {
            encoder.map_key(&mut state, &self.of(key, name)).map_err(|error| error.at(Segment::Key))?;
            self.of(of, value).encode(encoder).map_err(|error| error.at(Segment::Value))?;
        }
        encoder.map_end(state)
    }

    fn record<E: Encoder>(&self, record: &RecordNode, encoder: &mut E) -> Result<()> {
        let mut state = encoder.record_start(record.shape)?;
        if let Some(tag) = &record.shape.tag {
            encoder.record_tag(&mut state, tag);
        }
        for field in record.fields.iter().filter(|field| field.written) {
            let Some(value) = self.field(field)? else { continue };
            if field.default.as_ref() == Some(value) && !record.shape.encode_defaults {
                continue;
            }
            encoder.record_field(&mut state, field.key);
            self.of(field.node, value).encode(encoder).map_err(|error| error.at(named(field)))?;
        }
        encoder.record_end(state)
    }

    fn positional<E: Encoder>(&self, record: &RecordNode, encoder: &mut E) -> Result<()> {
        let tag = record.shape.tag.as_ref();
        let mut seq = encoder.seq_start(record.fields.len() + usize::from(tag.is_some()))?;
        if let Some(tag) = tag {
            encoder.seq_item(&mut seq);
            encode_tag(tag.value, encoder)?;
        }
        for field in &record.fields {
            let Some(value) = self.field(field)? else { return Err(absent(field)) };
            encoder.seq_item(&mut seq);
            self.of(field.node, value).encode(encoder).map_err(|error| error.at(named(field)))?;
        }
        encoder.seq_end(seq)
    }

    /// The value of a field, or its default; `None` where it may be absent.
    fn field(&self, field: &'a FieldNode) -> Result<Option<&'a Value>> {
        match self.value.get(field.key.name).or(field.default.as_ref()) {
            None if !field.may_be_absent => Err(absent(field)),
            value => Ok(value),
        }
    }

    fn union<E: Encoder>(&self, union: &UnionNode, value: &'a Value, encoder: &mut E) -> Result<()> {
        let fits = |index: usize| self.replica.fits(union.nodes[index], value);
        match (0..union.nodes.len()).find(|&index| fits(index)) {
            Some(index) if union.fallback != Some(index) => {
                self.of(union.nodes[index], value).encode(encoder)
            }
            // A record of a tag that is not known is written as it was read.
            _ => value.encode(encoder),
        }
    }
}

impl Replica {
    /// Whether a value that was read is one of a node, among the members of a union.
    fn fits(&self, id: Id, value: &Value) -> bool {
        match (self.node(id), value) {
            (Node::Any | Node::Raw, _) | (Node::Optional(_), Value::Null) => true,
            (Node::Optional(of) | Node::Bound { of, .. }, value) => self.fits(*of, value),
            (Node::Union(union), value) => union.nodes.iter().any(|&node| self.fits(node, value)),
            (Node::Record(record), Value::Map(_)) => match &record.shape.tag {
                Some(tag) => value.get(tag.key.name) == Some(&tag_value(tag)),
                None => true,
            },
            (Node::Enum(choices), value) => choices.open || choices.known(value).is_some(),
            (Node::Null, Value::Null) | (Node::Bool, Value::Bool(_)) => true,
            (Node::Int(_) | Node::Range(_), value) => value.kind() == proofmark::Kind::Int,
            (Node::Float { .. }, Value::Float(_)) | (Node::Str, Value::Str(_)) => true,
            (Node::Bytes | Node::ByteArray(_), Value::Bytes(_)) => true,
            (Node::List(_) | Node::Set(_) | Node::Array(..) | Node::Tuple(_), Value::Array(_)) => true,
            (Node::Map { .. }, Value::Map(_)) | (Node::Ext { .. }, Value::Ext(_)) => true,
            (node, Value::Native(native)) => node.is_native(native.kind()),
            _ => false,
        }
    }
}

impl Node {
    const fn is_native(&self, kind: proofmark::Kind) -> bool {
        use proofmark::Kind;
        matches!(
            (self, kind),
            (Self::DateTime(_), Kind::DateTime)
                | (Self::Date, Kind::Date)
                | (Self::Time, Kind::Time)
                | (Self::Duration, Kind::Duration)
                | (Self::Uuid, Kind::Uuid)
                | (Self::Decimal, Kind::Decimal)
        )
    }
}

/// Writes a value whose maps keep the order in which they were read.
fn as_it_came<E: Encoder>(value: &Value, encoder: &mut E) -> Result<()> {
    match value {
        Value::Array(items) => {
            let mut seq = encoder.seq_start(items.len())?;
            for item in items {
                encoder.seq_item(&mut seq);
                as_it_came(item, encoder)?;
            }
            encoder.seq_end(seq)
        }
        Value::Map(map) => {
            let mut state = encoder.map_start(map.len())?;
            for (key, value) in map {
                encoder.map_key(&mut state, key)?;
                as_it_came(value, encoder)?;
            }
            encoder.map_end(state)
        }
        scalar => scalar.encode(encoder),
    }
}

/// The value of a tag.
pub(super) fn tag_value(tag: &Tag) -> Value {
    match tag.value {
        TagValue::Str(text) => Value::from(text),
        TagValue::Int(number) => Value::Int(number),
    }
}

const fn named(field: &FieldNode) -> Segment {
    Segment::Field(field.key.name)
}

fn absent(field: &FieldNode) -> Error {
    Error::custom("there is no value for a field that has to be there").at(named(field))
}
