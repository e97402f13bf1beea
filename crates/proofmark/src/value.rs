//! Values of any type.

use crate::scalar::{DateTime, Decimal, Time};
use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Ext, Kind, Kinds, Result, Segment, Shape, decode::Token,
};

/// A value of any type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// An integer beyond `i64`.
    UInt(u64),
    /// A float.
    Float(f64),
    /// Text.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A sequence.
    Array(Vec<Self>),
    /// A map, in wire order.
    Map(Vec<(Self, Self)>),
    /// An extension value.
    Ext(Box<Ext>),
    /// A value of a type that has no wire form of its own.
    Native(Box<Native>),
}

/// A value of a type that has no wire form of its own, kept as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Native {
    /// An integer beyond 64 bits, as its digits.
    BigInt(String),
    /// A date with a time.
    DateTime(DateTime),
    /// A calendar date.
    Date(jiff::civil::Date),
    /// A time of day.
    Time(Time),
    /// A span of time.
    Duration(jiff::SignedDuration),
    /// A UUID.
    Uuid(uuid::Uuid),
    /// An exact decimal.
    Decimal(Decimal),
}

impl Native {
    /// The kind of this value.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::BigInt(_) => Kind::Int,
            Self::DateTime(_) => Kind::DateTime,
            Self::Date(_) => Kind::Date,
            Self::Time(_) => Kind::Time,
            Self::Duration(_) => Kind::Duration,
            Self::Uuid(_) => Kind::Uuid,
            Self::Decimal(_) => Kind::Decimal,
        }
    }
}

impl Describe for Value {
    const KINDS: Kinds = Kinds::ANY;
    fn shape() -> Shape {
        Shape::Any
    }
}

impl Encode for Value {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::Null => encoder.null(),
            Self::Bool(value) => encoder.bool(*value),
            Self::Int(value) => encoder.i64(*value),
            Self::UInt(value) => encoder.u64(*value),
            Self::Float(value) => encoder.f64(*value),
            Self::Str(text) => encoder.str(text),
            Self::Bytes(bytes) => encoder.bytes(bytes),
            Self::Array(items) => items.encode(encoder),
            Self::Map(entries) => encode_map(entries, encoder),
            Self::Ext(ext) => encoder.ext(ext),
            Self::Native(native) => match &**native {
                Native::BigInt(digits) => encoder.big_int(digits),
                Native::DateTime(value) => encoder.datetime(value),
                Native::Date(value) => encoder.date(*value),
                Native::Time(value) => encoder.time(value),
                Native::Duration(value) => encoder.duration(*value),
                Native::Uuid(value) => encoder.uuid(*value),
                Native::Decimal(value) => encoder.decimal(value),
            },
        }
    }
}

fn encode_map<E: Encoder>(entries: &[(Value, Value)], encoder: &mut E) -> Result<()> {
    let mut map = encoder.map_start(entries.len())?;
    for (key, value) in entries {
        encoder.map_key(&mut map, key)?;
        value.encode(encoder)?;
    }
    encoder.map_end(map)
}

impl<'de> Decode<'de> for Value {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        Ok(match decoder.token()? {
            Token::Null => Self::Null,
            Token::Bool(value) => Self::Bool(value),
            Token::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => Self::Int(value),
                (_, Ok(value)) => Self::UInt(value),
                _ => Self::Native(Box::new(Native::BigInt(value.to_string()))),
            },
            Token::BigInt(digits) => Self::Native(Box::new(Native::BigInt(digits.into_owned()))),
            Token::Float(value, _) => Self::Float(value),
            Token::Str(text) => Self::Str(text.into_owned()),
            Token::Bytes(bytes) => Self::Bytes(bytes.into_owned()),
            Token::Ext(code, data) => Self::Ext(Box::new(Ext::new(code, data))),
            Token::Native(native) => Self::Native(Box::new(native.clone())),
            Token::Array => Self::Array(Vec::decode(decoder)?),
            Token::Object => {
                let mut entries = Vec::new();
                let mut map = decoder.map_start()?;
                while let Some(key) = decoder.map_key(&mut map)? {
                    let value = Self::decode(decoder).map_err(|error| error.at(Segment::Value))?;
                    entries.push((key, value));
                    decoder.map_next(&mut map)?;
                }
                Self::Map(entries)
            }
        })
    }
}
