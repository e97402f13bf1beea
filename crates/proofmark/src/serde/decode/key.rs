//! Keys of maps, which serde types read as they please.

use ::serde::de::{self, IntoDeserializer as _, Visitor};

use super::{visit_int, visit_token};
use crate::{Decode, Decoder, Describe, Error, Kind, Kinds, Medium, Result, Shape, decode::Token, lenient};

/// A key as it was met: any scalar.
pub(super) struct KeyToken<'de>(Token<'de>);

impl<'de> KeyToken<'de> {
    pub(super) fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Token::Str(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn mismatch(&self, expected: Kinds) -> Error {
        self.0.mismatch(expected)
    }

    pub(super) fn deserializer<D: Decoder<'de>>(self) -> KeyDeserializer<'de> {
        KeyDeserializer {
            token: self.0,
            is_text: D::MEDIUM == Medium::Text,
            is_readable: D::MEDIUM != Medium::Binary,
        }
    }
}

impl Describe for KeyToken<'_> {
    const KINDS: Kinds = Kinds::ANY;
    fn shape() -> Shape {
        Shape::Any
    }
}

impl<'de: 'a, 'a> Decode<'de> for KeyToken<'a> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.token()? {
            token @ (Token::Array | Token::Object) => Err(token.mismatch(Kinds::of(Kind::Str))),
            token => Ok(Self(token)),
        }
    }
}

/// Reads a type from a key.
pub(super) struct KeyDeserializer<'de> {
    token: Token<'de>,
    /// Whether text may stand for a number, as JSON has it.
    is_text: bool,
    is_readable: bool,
}

impl<'de> KeyDeserializer<'de> {
    fn int<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &self.token {
            Token::Str(text) if self.is_text => match lenient::whole_text(text).map(str::parse) {
                Some(Ok(value)) => visit_int(value, visitor),
                Some(Err(_)) => Err(Error::range("Integer value out of range")),
                None => Err(self.token.mismatch(Kinds::of(Kind::Int))),
            },
            _ => visit_token(self.token, visitor),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &self.token {
            Token::Str(text) if self.is_text => match lenient::f64_text(text) {
                Some(value) => visitor.visit_f64(value?),
                None => Err(self.token.mismatch(Kinds::of(Kind::Float))),
            },
            _ => visit_token(self.token, visitor),
        }
    }
}

macro_rules! forward {
    ($to:ident: $($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.$to(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for KeyDeserializer<'de> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        self.is_readable
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visit_token(self.token, visitor)
    }

    forward! { int:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }
    forward! { float: deserialize_f32 deserialize_f64 }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.token == Token::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.token {
            Token::Str(text) => visitor.visit_enum(text.into_deserializer()),
            token => Err(token.mismatch(Kinds::of(Kind::Str))),
        }
    }

    ::serde::forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
