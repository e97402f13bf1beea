//! Reading by a lock.

use std::borrow::Cow;

use proofmark::__private::{
    Elements, decode_int_enum, decode_open_enum, decode_str_enum, decode_union, missing, other_code,
    wrong_length,
};
use proofmark::constraint::{Constrain as _, Constraints};
use proofmark::decode::{Seed, Token};
use proofmark::scalar::{DateTime, Decimal, Time};
use proofmark::{Decode, Decoder, Ext, Kind, Kinds, Medium, Result, Segment, Strictness, TagValue, Value};

use super::bounds::Constraint;
use super::cell::Cell;
use super::node::{EnumNode, FieldNode, Id, Node, RecordNode, UnionNode, Width};
use super::{Reading, key, order};

/// Reads a value of a node into a reading.
pub(super) struct At<'a, 'r, 'de> {
    pub(super) reading: &'a mut Reading<'r, 'de>,
    pub(super) node: Id,
}

impl<'de> Seed<'de> for At<'_, '_, 'de> {
    type Value = Cell<'de>;

    fn read<D: Decoder<'de>>(self, decoder: &mut D) -> Result<Cell<'de>> {
        self.reading.read(self.node, decoder)
    }
}

/// Reads a value of a type that is known.
fn typed<'de, T: Decode<'de> + Into<Value>, D: Decoder<'de>>(decoder: &mut D) -> Result<Cell<'de>> {
    T::decode(decoder).map(|value| Cell::from(value.into()))
}

impl<'de> Reading<'_, 'de> {
    /// Integers and text, which most values are, where they are asked for; all others in a call of their own.
    #[inline(always)]
    pub(super) fn read<D: Decoder<'de>>(&mut self, id: Id, decoder: &mut D) -> Result<Cell<'de>> {
        let replica = self.replica;
        match replica.node(id) {
            Node::Int(Width::U64) => decoder.int().map(Cell::unsigned),
            Node::Str => decoder.str().map(Cell::text),
            other => self.read_other(id, other, decoder),
        }
    }

    #[inline(never)]
    fn read_other<D: Decoder<'de>>(&mut self, id: Id, node: &Node, decoder: &mut D) -> Result<Cell<'de>> {
        match node {
            Node::Int(width) => int(*width, decoder),
            Node::Bool => decoder.bool().map(Cell::Bool),
            Node::Float { bits: 32 } => decoder.f32().map(|value| Cell::Float(value.into())),
            Node::Float { .. } => decoder.f64().map(Cell::Float),
            Node::Optional(of) => self.optional(*of, decoder),
            Node::List(of) => self.list(*of, decoder),
            Node::Map { key, value } => self.map(*key, *value, decoder),
            Node::Record(record) if record.shape.positional => self.positional(id, record, decoder),
            Node::Record(record) => self.record(id, record, decoder),
            Node::Enum(choices) => choice(choices, decoder),
            Node::Union(union) => self.union(union, decoder),
            Node::Bound { of, check } => self.bound(*of, check, decoder),
            Node::Set(of) => self.list(*of, decoder).map(|items| order::set(self, items)),
            Node::Array(of, len) => self.tuple(std::iter::repeat_n(*of, *len), decoder),
            Node::Tuple(parts) => self.tuple(parts.iter().copied(), decoder),
            Node::Ext { code, text } => self.ext(*code, *text, decoder),
            other => scalar(other, decoder),
        }
    }

    #[inline(never)]
    fn bound<D: Decoder<'de>>(&mut self, of: Id, check: &Constraint, decoder: &mut D) -> Result<Cell<'de>> {
        let cell = self.read(of, decoder)?;
        check.check(&cell)?;
        Ok(cell)
    }

    #[inline(never)]
    fn ext<D: Decoder<'de>>(
        &mut self,
        code: Option<i8>,
        text: Option<Id>,
        decoder: &mut D,
    ) -> Result<Cell<'de>> {
        if let (Some(text), Medium::Text) = (text, D::MEDIUM) {
            return self.read(text, decoder);
        }
        match decoder.token()? {
            Token::Ext(found, data) if code.is_none_or(|code| code == found) => {
                Ok(Value::from(Ext::new(found, data)).into())
            }
            Token::Ext(found, _) => Err(other_code(code.unwrap_or_default(), found)),
            token => Err(token.mismatch(Kinds::of(Kind::Ext))),
        }
    }

    fn optional<D: Decoder<'de>>(&mut self, of: Id, decoder: &mut D) -> Result<Cell<'de>> {
        if decoder.take_null()? {
            return Ok(Cell::Null);
        }
        self.read(of, decoder).map_err(|error| error.or_expected(Kinds::of(Kind::Null)))
    }

    #[inline(never)]
    fn list<D: Decoder<'de>>(&mut self, of: Id, decoder: &mut D) -> Result<Cell<'de>> {
        let mut seq = decoder.seq_start()?;
        let start = self.open.len();
        while decoder.seq_next(&mut seq)? {
            let index = self.open.len() - start;
            let item = self.read(of, decoder).map_err(|error| error.at(Segment::Index(index)))?;
            self.open.push(item);
        }
        Ok(self.close_items(start))
    }

    #[inline(never)]
    fn tuple<D: Decoder<'de>>(
        &mut self,
        parts: impl ExactSizeIterator<Item = Id>,
        decoder: &mut D,
    ) -> Result<Cell<'de>> {
        let len = parts.len();
        let mut elements = Elements::start_exact(decoder, len)?;
        let start = self.open.len();
        for part in parts {
            match elements.read_with(decoder, |decoder| self.read(part, decoder))? {
                Some(item) => self.open.push(item),
                None => break,
            }
        }
        elements.end_exact(decoder, len)?;
        Ok(self.close_items(start))
    }

    #[inline(never)]
    fn map<D: Decoder<'de>>(&mut self, key: Id, value: Id, decoder: &mut D) -> Result<Cell<'de>> {
        let mut map = decoder.map_start()?;
        let start = self.open.len();
        while let Some(key) = key::next(self.replica, key, &mut map, decoder)? {
            self.open.push(key);
            let value = self.read(value, decoder).map_err(|error| error.at(Segment::Value))?;
            self.open.push(value);
            decoder.map_next(&mut map)?;
        }
        let len = (self.open.len() - start) / 2;
        let at = self.close(start);
        Ok(order::map(self, at, len))
    }

    #[inline(never)]
    fn record<D: Decoder<'de>>(
        &mut self,
        node: Id,
        record: &RecordNode,
        decoder: &mut D,
    ) -> Result<Cell<'de>> {
        let RecordNode { shape, fields, .. } = record;
        let mut state = decoder.record_start(shape)?;
        let at = self.set_aside(fields.len());
        if shape.tag.is_some() {
            decoder.record_tag(&mut state, shape);
        }
        for (index, field) in fields.iter().enumerate() {
            if decoder.record_field(&mut state, field.key) {
                self.field(at + index, field, decoder)?;
                decoder.record_next(&mut state)?;
            }
        }
        while let Some(index) = decoder.record_other(&mut state, shape)? {
            self.field(at + index, &fields[index], decoder)?;
            decoder.record_next(&mut state)?;
        }
        self.finish(node, record, at)
    }

    #[inline(never)]
    fn positional<D: Decoder<'de>>(
        &mut self,
        node: Id,
        record: &RecordNode,
        decoder: &mut D,
    ) -> Result<Cell<'de>> {
        let mut elements = Elements::start_record(decoder, record.shape)?;
        let at = self.set_aside(record.fields.len());
        let mut left = record.fields.len();
        for (index, field) in record.fields.iter().enumerate() {
            if elements.read_with(decoder, |decoder| self.fill(at + index, field, decoder))?.is_none() {
                break;
            }
            left -= 1;
        }
        elements.end_record(decoder, record.shape)?;
        if left == 0 { Ok(Cell::Record { node, at }) } else { self.finish(node, record, at) }
    }

    /// Reads a field into its cell: two integers in three are moved once less than through an answer.
    #[inline(always)]
    fn fill<D: Decoder<'de>>(&mut self, at: usize, field: &FieldNode, decoder: &mut D) -> Result<()> {
        let replica = self.replica;
        match replica.node(field.node) {
            Node::Int(Width::U64) if field.is_plain => self.cells[at] = Cell::unsigned(decoder.int()?),
            _ => self.cells[at] = self.field_value(field, decoder)?,
        }
        Ok(())
    }

    fn field<D: Decoder<'de>>(&mut self, at: usize, field: &FieldNode, decoder: &mut D) -> Result<()> {
        self.fill(at, field, decoder).map_err(|error| error.at(Segment::Field(field.key.name)))
    }

    #[inline(never)]
    fn field_value<D: Decoder<'de>>(&mut self, field: &FieldNode, decoder: &mut D) -> Result<Cell<'de>> {
        if field.lenient {
            return self.lenient(field, decoder);
        }
        let cell = self.read(field.node, decoder)?;
        field.check.check(&cell)?;
        Ok(cell)
    }

    #[cold]
    fn lenient<D: Decoder<'de>>(&mut self, field: &FieldNode, decoder: &mut D) -> Result<Cell<'de>> {
        let strictness = decoder.set_strictness(Strictness::Lenient);
        let cell = self.read(field.node, decoder);
        decoder.set_strictness(strictness);
        let cell = cell?;
        field.check.check(&cell)?;
        Ok(cell)
    }

    /// A record whose fields were read: each that has to be there is.
    fn finish(&self, node: Id, record: &RecordNode, at: usize) -> Result<Cell<'de>> {
        let mut cells = record.fields.iter().zip(&self.cells[at..]);
        match cells.find(|(field, cell)| field.is_required && matches!(cell, Cell::Absent)) {
            Some((field, _)) => Err(missing(field.key.name)),
            None => Ok(Cell::Record { node, at }),
        }
    }

    #[inline(never)]
    fn union<D: Decoder<'de>>(&mut self, union: &UnionNode, decoder: &mut D) -> Result<Cell<'de>> {
        decode_union(decoder, union.members, |decoder, index| {
            if union.fallback == Some(index) {
                return typed::<Value, D>(decoder);
            }
            self.read(union.nodes[index], decoder)
        })
    }
}

/// A scalar of the rarer kinds, which has a box of its own.
fn scalar<'de, D: Decoder<'de>>(node: &Node, decoder: &mut D) -> Result<Cell<'de>> {
    match node {
        Node::Null => typed::<(), D>(decoder),
        Node::Range(range) => self::range(**range, decoder),
        Node::Bytes => decoder.bytes().map(Cell::bytes),
        Node::ByteArray(len) => byte_array(*len, decoder),
        Node::DateTime(tz) => datetime(*tz, decoder),
        Node::Date => typed::<jiff::civil::Date, D>(decoder),
        Node::Time => typed::<Time, D>(decoder),
        Node::Duration => typed::<jiff::SignedDuration, D>(decoder),
        Node::Uuid => typed::<uuid::Uuid, D>(decoder),
        Node::Decimal => typed::<Decimal, D>(decoder),
        _ => typed::<Value, D>(decoder),
    }
}

#[inline(never)]
fn int<'de, D: Decoder<'de>>(width: Width, decoder: &mut D) -> Result<Cell<'de>> {
    match width {
        Width::U64 => typed::<u64, D>(decoder),
        Width::I64 => typed::<i64, D>(decoder),
        Width::U32 => typed::<u32, D>(decoder),
        Width::I32 => typed::<i32, D>(decoder),
        Width::U16 => typed::<u16, D>(decoder),
        Width::I16 => typed::<i16, D>(decoder),
        Width::U8 => typed::<u8, D>(decoder),
        Width::I8 => typed::<i8, D>(decoder),
        Width::U128 => typed::<u128, D>(decoder),
        Width::I128 => typed::<i128, D>(decoder),
    }
}

fn range<'de, D: Decoder<'de>>((min, max): (i128, u128), decoder: &mut D) -> Result<Cell<'de>> {
    let value = decoder.int::<i128>()?;
    if value < min || u128::try_from(value).is_ok_and(|value| value > max) {
        return Err(proofmark::Error::range(format!("Expected `int` in {min}..={max}")));
    }
    Ok(Value::from(value).into())
}

fn byte_array<'de, D: Decoder<'de>>(len: usize, decoder: &mut D) -> Result<Cell<'de>> {
    let bytes = decoder.bytes()?;
    if bytes.len() == len { Ok(Cell::bytes(bytes)) } else { Err(wrong_length(len, bytes.len())) }
}

fn datetime<'de, D: Decoder<'de>>(tz: Option<bool>, decoder: &mut D) -> Result<Cell<'de>> {
    let value = DateTime::decode(decoder)?;
    value.check(&Constraints { tz, ..Constraints::NONE })?;
    Ok(Value::from(value).into())
}

fn choice<'de, D: Decoder<'de>>(choices: &EnumNode, decoder: &mut D) -> Result<Cell<'de>> {
    match (choices.open, choices.is_int()) {
        (false, false) => known_text(choices, decoder),
        (false, true) => known_int(choices, decoder),
        (true, false) => decode_open_enum::<Cow<'de, str>, _, _>(
            decoder,
            |decoder| known_text(choices, decoder),
            Cell::text,
        ),
        (true, true) => {
            decode_open_enum::<i64, _, _>(decoder, |decoder| known_int(choices, decoder), Cell::Int)
        }
    }
}

fn known_text<'de, D: Decoder<'de>>(choices: &EnumNode, decoder: &mut D) -> Result<Cell<'de>> {
    decode_str_enum(decoder, |found| choices.known_text(found).map(Cell::from))
}

fn known_int<'de, D: Decoder<'de>>(choices: &EnumNode, decoder: &mut D) -> Result<Cell<'de>> {
    decode_int_enum(decoder, |found| choices.known_int(found).map(Cell::from))
}

impl EnumNode {
    /// The value that is written for one that is read.
    pub(super) fn known(&self, found: &Value) -> Option<TagValue> {
        match (found.as_str(), found.as_i64()) {
            (Some(text), _) => self.known_text(text),
            (None, Some(number)) => self.known_int(number),
            (None, None) => None,
        }
    }

    /// Whether its values are numbers.
    pub(super) fn is_int(&self) -> bool {
        matches!(self.values.first(), Some((TagValue::Int(_), _)))
    }

    pub(super) fn known_text(&self, found: &str) -> Option<TagValue> {
        self.find(|read| matches!(read, TagValue::Str(text) if text == found))
    }

    pub(super) fn known_int(&self, found: i64) -> Option<TagValue> {
        self.find(|read| matches!(read, TagValue::Int(value) if value == found))
    }

    fn find(&self, is: impl Fn(TagValue) -> bool) -> Option<TagValue> {
        self.values.iter().find(|(read, _)| is(*read)).map(|(_, written)| *written)
    }
}
