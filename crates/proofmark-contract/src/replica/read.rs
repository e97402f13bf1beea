//! Reading by a lock.

use proofmark::__private::{Elements, decode_int_enum, decode_str_enum, decode_union, missing, other_code};
use proofmark::constraint::{Constrain as _, Constraints};
use proofmark::decode::{Seed, Token};
use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::value::Map;
use proofmark::{
    Decode, Decoder, Encode, Ext, Kind, Kinds, Medium, Result, Segment, Strictness, Value, to_value,
};

use super::node::{EnumNode, FieldNode, Id, Node, RecordNode, UnionNode};
use super::{Replica, key};
use crate::lock::TagText;

/// Reads a value of a node.
pub(super) struct At<'a> {
    pub(super) replica: &'a Replica,
    pub(super) node: Id,
}

impl<'de> Seed<'de> for At<'_> {
    type Value = Value;

    fn read<D: Decoder<'de>>(self, decoder: &mut D) -> Result<Value> {
        self.replica.read(self.node, decoder)
    }
}

/// Reads a value of a type that is known.
pub(super) fn typed<'de, T: Decode<'de> + Encode, D: Decoder<'de>>(decoder: &mut D) -> Result<Value> {
    to_value(&T::decode(decoder)?)
}

impl Replica {
    fn read<'de, D: Decoder<'de>>(&self, id: Id, decoder: &mut D) -> Result<Value> {
        match self.node(id) {
            Node::Open | Node::Any | Node::Raw => Value::decode(decoder),
            Node::Null => typed::<(), D>(decoder),
            Node::Bool => decoder.bool().map(Value::Bool),
            Node::Int { min, max } => int(*min, *max, decoder),
            Node::Float { bits: 32 } => decoder.f32().map(|value| Value::Float(value.into())),
            Node::Float { .. } => decoder.f64().map(Value::Float),
            Node::Str => decoder.string().map(Value::Str),
            Node::Bytes => decoder.bytes().map(|bytes| Value::Bytes(bytes.into_owned())),
            Node::ByteArray(len) => byte_array(*len, decoder),
            Node::DateTime(tz) => datetime(*tz, decoder),
            Node::Date => typed::<jiff::civil::Date, D>(decoder),
            Node::Time => typed::<Time, D>(decoder),
            Node::Duration => typed::<jiff::SignedDuration, D>(decoder),
            Node::Uuid => typed::<uuid::Uuid, D>(decoder),
            Node::Decimal => typed::<Decimal, D>(decoder),
            Node::Ext { code, text } => self.ext(*code, *text, decoder),
            Node::Optional(of) => self.optional(*of, decoder),
            Node::List(of) => self.list(*of, decoder).map(Value::from_iter),
            Node::Set(of) => self.list(*of, decoder).map(as_set),
            Node::Array(of, len) => self.tuple(std::iter::repeat_n(*of, *len), decoder),
            Node::Tuple(parts) => self.tuple(parts.iter().copied(), decoder),
            Node::Map { key, value } => self.map(*key, *value, decoder),
            Node::Record(record) if record.shape.positional => self.positional(record, decoder),
            Node::Record(record) => self.record(record, decoder),
            Node::Enum(choices) => choice(choices, decoder),
            Node::Union(union) => self.union(union, decoder),
            Node::Bound { of, check } => {
                let value = self.read(*of, decoder)?;
                check.check(&value)?;
                Ok(value)
            }
        }
    }

    fn ext<'de, D: Decoder<'de>>(
        &self,
        code: Option<i8>,
        text: Option<Id>,
        decoder: &mut D,
    ) -> Result<Value> {
        if let (Some(text), Medium::Text) = (text, D::MEDIUM) {
            return self.read(text, decoder);
        }
        match decoder.token()? {
            Token::Ext(found, data) if code.is_none_or(|code| code == found) => {
                Ok(Value::from(Ext::new(found, data)))
            }
            Token::Ext(found, _) => Err(other_code(code.unwrap_or_default(), found)),
            token => Err(token.mismatch(Kinds::of(Kind::Ext))),
        }
    }

    fn optional<'de, D: Decoder<'de>>(&self, of: Id, decoder: &mut D) -> Result<Value> {
        if decoder.take_null()? {
            return Ok(Value::Null);
        }
        self.read(of, decoder).map_err(|error| error.or_expected(Kinds::of(Kind::Null)))
    }

    fn list<'de, D: Decoder<'de>>(&self, of: Id, decoder: &mut D) -> Result<Vec<Value>> {
        let mut seq = decoder.seq_start()?;
        let mut items = Vec::new();
        while decoder.seq_next(&mut seq)? {
            let item = self.read(of, decoder).map_err(|error| error.at(Segment::Index(items.len())))?;
            items.push(item);
        }
        Ok(items)
    }

    fn tuple<'de, D: Decoder<'de>>(
        &self,
        parts: impl ExactSizeIterator<Item = Id>,
        decoder: &mut D,
    ) -> Result<Value> {
        let len = parts.len();
        let mut elements = Elements::start_exact(decoder, len)?;
        let mut items = Vec::new();
        for part in parts {
            match elements.read_with(decoder, |decoder| self.read(part, decoder))? {
                Some(item) => items.push(item),
                None => break,
            }
        }
        elements.end_exact(decoder, len)?;
        Ok(Value::from_iter(items))
    }

    fn map<'de, D: Decoder<'de>>(&self, key: Id, value: Id, decoder: &mut D) -> Result<Value> {
        let mut map = decoder.map_start()?;
        let mut entries = Vec::new();
        while let Some(key) = key::next(self, key, &mut map, decoder)? {
            let value = self.read(value, decoder).map_err(|error| error.at(Segment::Value))?;
            entries.push((key, value));
            decoder.map_next(&mut map)?;
        }
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Map::from(entries).into())
    }

    fn record<'de, D: Decoder<'de>>(&self, record: &RecordNode, decoder: &mut D) -> Result<Value> {
        let RecordNode { shape, fields } = record;
        let mut slots = vec![None; fields.len()];
        let mut state = decoder.record_start(shape)?;
        if shape.tag.is_some() {
            decoder.record_tag(&mut state, shape);
        }
        for (field, slot) in fields.iter().zip(&mut slots) {
            if decoder.record_field(&mut state, field.key) {
                *slot = Some(self.field(field, decoder)?);
                decoder.record_next(&mut state)?;
            }
        }
        while let Some(index) = decoder.record_other(&mut state, shape)? {
            slots[index] = Some(self.field(&fields[index], decoder)?);
            decoder.record_next(&mut state)?;
        }
        let mut entries = Entries::of(record);
        fields.iter().zip(slots).for_each(|(field, read)| entries.add(field, read));
        entries.finish()
    }

    fn positional<'de, D: Decoder<'de>>(&self, record: &RecordNode, decoder: &mut D) -> Result<Value> {
        let mut elements = Elements::start_record(decoder, record.shape)?;
        let mut entries = Entries::of(record);
        // Fields come in their order, so that none has to wait for another as they do in an object.
        for field in &record.fields {
            entries.add(field, elements.read_with(decoder, |decoder| self.field_value(field, decoder))?);
        }
        elements.end_record(decoder, record.shape)?;
        entries.finish()
    }

    fn field<'de, D: Decoder<'de>>(&self, field: &FieldNode, decoder: &mut D) -> Result<Value> {
        self.field_value(field, decoder).map_err(|error| error.at(Segment::Field(field.key.name)))
    }

    fn field_value<'de, D: Decoder<'de>>(&self, field: &FieldNode, decoder: &mut D) -> Result<Value> {
        let value = if field.lenient {
            let strictness = decoder.set_strictness(Strictness::Lenient);
            let value = self.read(field.node, decoder);
            decoder.set_strictness(strictness);
            value?
        } else {
            self.read(field.node, decoder)?
        };
        field.check.check(&value)?;
        Ok(value)
    }

    fn union<'de, D: Decoder<'de>>(&self, union: &UnionNode, decoder: &mut D) -> Result<Value> {
        decode_union(decoder, union.members, |decoder, index| {
            if union.fallback == Some(index) {
                return Value::decode(decoder);
            }
            self.read(union.nodes[index], decoder)
        })
    }
}

/// The entries of a record as they are read; defaults stand for what is not.
struct Entries<'a> {
    entries: Vec<(Value, Value)>,
    /// The first field that has to be there, and is not.
    missing: Option<&'a FieldNode>,
}

impl<'a> Entries<'a> {
    fn of(record: &'a RecordNode) -> Self {
        let mut entries = Vec::with_capacity(record.fields.len() + 1);
        if let Some(tag) = &record.shape.tag {
            entries.push((Value::from(tag.key.name), super::write::tag_value(tag)));
        }
        Self { entries, missing: None }
    }

    fn add(&mut self, field: &'a FieldNode, read: Option<Value>) {
        match read.or_else(|| field.default.clone()) {
            Some(value) => self.entries.push((Value::from(field.key.name), value)),
            None if field.may_be_absent => {}
            None => self.missing = self.missing.or(Some(field)),
        }
    }

    fn finish(self) -> Result<Value> {
        match self.missing {
            Some(field) => Err(missing(field.key.name)),
            // A lock has no two fields of one name, nor one of the name of its tag.
            None => Ok(Map::from_distinct(self.entries).into()),
        }
    }
}

fn int<'de, D: Decoder<'de>>(min: i128, max: u128, decoder: &mut D) -> Result<Value> {
    macro_rules! widths {
        ($($int:ty)*) => {$(
            if (min, max) == (<$int>::MIN as i128, <$int>::MAX as u128) {
                return decoder.int::<$int>().map(Value::from);
            }
        )*};
    }
    widths!(i64 u64 u32 i32 u16 i16 u8 i8 u128 i128);
    let value = decoder.int::<i128>()?;
    if value < min || u128::try_from(value).is_ok_and(|value| value > max) {
        return Err(proofmark::Error::range(format!("Expected `int` in {min}..={max}")));
    }
    Ok(Value::from(value))
}

fn byte_array<'de, D: Decoder<'de>>(len: usize, decoder: &mut D) -> Result<Value> {
    let bytes = decoder.bytes()?;
    let constraints = Constraints { min_len: Some(len), max_len: Some(len), ..Constraints::NONE };
    proofmark::constraint::check_len(Kind::Bytes, bytes.len(), &constraints)?;
    Ok(Value::Bytes(bytes.into_owned()))
}

fn datetime<'de, D: Decoder<'de>>(tz: Option<bool>, decoder: &mut D) -> Result<Value> {
    let value = DateTime::decode(decoder)?;
    value.check(&Constraints { tz, ..Constraints::NONE })?;
    to_value(&value)
}

fn as_set(mut items: Vec<Value>) -> Value {
    items.sort_by(Value::total_cmp);
    items.dedup_by(|a, b| a.total_cmp(b).is_eq());
    Value::from_iter(items)
}

fn choice<'de, D: Decoder<'de>>(choices: &EnumNode, decoder: &mut D) -> Result<Value> {
    if choices.open {
        let value = Value::decode(decoder)?;
        return Ok(choices.known(&value).map_or(value, tag_text));
    }
    match choices.values.first() {
        Some((TagText::Int(_), _)) => {
            decode_int_enum(decoder, |found| choices.known(&Value::Int(found)).map(tag_text))
        }
        _ => decode_str_enum(decoder, |found| choices.known_text(found).map(tag_text)),
    }
}

fn tag_text(value: &TagText) -> Value {
    match value {
        TagText::Str(text) => Value::from(text.as_str()),
        TagText::Int(number) => Value::Int(*number),
    }
}

impl EnumNode {
    /// The value that is written for one that is read.
    pub(super) fn known(&self, found: &Value) -> Option<&TagText> {
        match (found.as_str(), found.as_i64()) {
            (Some(text), _) => self.known_text(text),
            (None, Some(number)) => self.find(|read| matches!(read, TagText::Int(value) if *value == number)),
            (None, None) => None,
        }
    }

    fn known_text(&self, found: &str) -> Option<&TagText> {
        self.find(|read| matches!(read, TagText::Str(text) if text == found))
    }

    fn find(&self, is: impl Fn(&TagText) -> bool) -> Option<&TagText> {
        self.values.iter().find(|(read, _)| is(read)).map(|(_, written)| written)
    }
}
