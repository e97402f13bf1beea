//! Lists and dictionaries of anything, and floats that can be dictionary keys.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

use proofmark::{
    Decode, Decoder, Describe, Encode, Encoder, Error, Kind, Kinds, Record, Result, Shape, Value,
    decode::Token,
};

// `dict`: a dictionary whose keys and values are of any type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnyDict(Value);

impl Default for AnyDict {
    fn default() -> Self {
        Self(Value::Map(proofmark::value::Map::from(Vec::new())))
    }
}

impl Describe for AnyDict {
    const KINDS: Kinds = Kinds::of(Kind::Object);
    fn shape() -> Shape {
        Shape::Map { key: Value::shape, value: Value::shape }
    }
}

impl Encode for AnyDict {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.encode(encoder)
    }
}

impl<'de> Decode<'de> for AnyDict {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.peek()? {
            Kind::Object => Value::decode(decoder).map(Self),
            _ => Err(decoder.token()?.mismatch(Self::KINDS)),
        }
    }
}

// A float by which a dictionary is keyed: equal as Python's floats are, and ordered like them.
#[derive(Record, Clone, Copy, Debug)]
#[record(transparent)]
pub(crate) struct FloatKey(pub(crate) f64);

impl PartialEq for FloatKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for FloatKey {}

impl PartialOrd for FloatKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FloatKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.partial_cmp(&other.0).unwrap_or_else(|| self.0.total_cmp(&other.0))
    }
}

impl Hash for FloatKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Zero has two spellings and one hash.
        let value = if self.0 == 0.0 { 0.0 } else { self.0 };
        value.to_bits().hash(state);
    }
}

// A value of any type by which a dictionary is keyed.
#[derive(Record, Clone, Debug)]
#[record(transparent)]
pub(crate) struct AnyKey(Value);

impl PartialEq for AnyKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for AnyKey {}

impl PartialOrd for AnyKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AnyKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for AnyKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Numbers of different kinds can be equal; all else differs by kind at least.
        let kind = match self.0.kind() {
            Kind::Float | Kind::Decimal => Kind::Int,
            kind => kind,
        };
        kind.hash(state);
    }
}

// `Literal[True]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct True;

impl Describe for True {
    const KINDS: Kinds = Kinds::of(Kind::Bool);
    fn shape() -> Shape {
        Shape::Bool
    }
}

impl Encode for True {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.bool(true)
    }
}

impl<'de> Decode<'de> for True {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.token()? {
            Token::Bool(true) => Ok(Self),
            Token::Bool(false) => Err(Error::custom("Invalid enum value False")),
            token => Err(token.mismatch(Self::KINDS)),
        }
    }
}

// `Tuple[()]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct EmptyTuple;

impl Describe for EmptyTuple {
    const KINDS: Kinds = Kinds::of(Kind::Array);
    fn shape() -> Shape {
        Shape::Tuple(&[])
    }
}

impl Encode for EmptyTuple {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        [(); 0].encode(encoder)
    }
}

impl<'de> Decode<'de> for EmptyTuple {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        <[(); 0]>::decode(decoder).map(|_| Self)
    }
}
