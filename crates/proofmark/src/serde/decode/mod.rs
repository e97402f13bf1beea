//! A serde deserializer over a decoder.

mod access;
mod key;
mod variant;

use std::borrow::Cow;

use ::serde::de::{self, Visitor};

use self::{
    access::{Entries, Items},
    variant::Variant,
};
use crate::{
    Decoder, Error, Kind, Kinds, Medium, Result,
    decode::Token,
    scalar::{date, duration},
    value::Native,
};

/// Reads one value of serde's data model.
pub(super) struct Deserializer<'d, D> {
    decoder: &'d mut D,
}

impl<'d, D> Deserializer<'d, D> {
    pub(super) fn new(decoder: &'d mut D) -> Self {
        Self { decoder }
    }
}

/// Hands a scalar to `visitor` as what it is.
fn visit_token<'de, V: Visitor<'de>>(token: Token<'de>, visitor: V) -> Result<V::Value> {
    match token {
        Token::Null => visitor.visit_unit(),
        Token::Bool(value) => visitor.visit_bool(value),
        Token::Int(value) => visit_int(value, visitor),
        Token::BigInt(_) => Err(Error::range("Integer value out of range")),
        Token::Float(value, _) => visitor.visit_f64(value),
        Token::Str(text) => visit_str(text, visitor),
        Token::Bytes(bytes) => visit_bytes(bytes, visitor),
        Token::Native(native) => visitor.visit_string(text_of(native)?),
        Token::Ext(..) => Err(Error::unsupported("Extension values have no place in serde's data model")),
        token @ (Token::Array | Token::Object) => Err(token.mismatch(Kinds::NONE)),
    }
}

fn visit_int<'de, V: Visitor<'de>>(value: i128, visitor: V) -> Result<V::Value> {
    match (u64::try_from(value), i64::try_from(value)) {
        (Ok(value), _) => visitor.visit_u64(value),
        (_, Ok(value)) => visitor.visit_i64(value),
        _ => visitor.visit_i128(value),
    }
}

fn visit_str<'de, V: Visitor<'de>>(text: Cow<'de, str>, visitor: V) -> Result<V::Value> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

fn visit_bytes<'de, V: Visitor<'de>>(bytes: Cow<'de, [u8]>, visitor: V) -> Result<V::Value> {
    match bytes {
        Cow::Borrowed(bytes) => visitor.visit_borrowed_bytes(bytes),
        Cow::Owned(bytes) => visitor.visit_byte_buf(bytes),
    }
}

/// The text that stands for a value in both formats.
pub(super) fn text_of(native: &Native) -> Result<String> {
    let mut out = Vec::new();
    match native {
        Native::BigInt(digits) => return Ok(digits.clone()),
        Native::DateTime(value) => value.write(&mut out),
        Native::Date(value) => date::write(*value, &mut out),
        Native::Time(value) => value.write(&mut out),
        Native::Duration(value) => duration::write(*value, &mut out),
        Native::Uuid(value) => return Ok(value.to_string()),
        Native::Decimal(value) => value.write(&mut out),
    }
    String::from_utf8(out).map_err(|error| Error::custom(error.utf8_error()))
}

macro_rules! numbers {
    ($($name:ident => $visit:ident($read:expr);)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            #[allow(clippy::redundant_closure_call)]
            visitor.$visit($read(self.decoder)?)
        }
    )*};
}

impl<'de, D: Decoder<'de>> de::Deserializer<'de> for Deserializer<'_, D> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        D::MEDIUM != Medium::Binary
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.decoder.token()? {
            Token::Array => self.deserialize_seq(visitor),
            Token::Object => self.deserialize_map(visitor),
            token => visit_token(token, visitor),
        }
    }

    numbers! {
        deserialize_bool => visit_bool(D::bool);
        deserialize_i8 => visit_i8(D::int);
        deserialize_i16 => visit_i16(D::int);
        deserialize_i32 => visit_i32(D::int);
        deserialize_i64 => visit_i64(D::int);
        deserialize_i128 => visit_i128(D::int);
        deserialize_u8 => visit_u8(D::int);
        deserialize_u16 => visit_u16(D::int);
        deserialize_u32 => visit_u32(D::int);
        deserialize_u64 => visit_u64(D::int);
        deserialize_u128 => visit_u128(D::int);
        deserialize_f32 => visit_f32(D::f32);
        deserialize_f64 => visit_f64(D::f64);
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.decoder.peek()? {
            // Only a value in memory has these kinds; in both formats they are text.
            Kind::DateTime | Kind::Date | Kind::Time | Kind::Duration | Kind::Uuid | Kind::Decimal => {
                self.deserialize_any(visitor)
            }
            _ => visit_str(self.decoder.str()?, visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    /// Bytes, or a sequence of numbers: there are types that write the one and read the other.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.decoder.peek()? {
            Kind::Array => self.deserialize_seq(visitor),
            _ => visit_bytes(self.decoder.bytes()?, visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.decoder.take_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !self.decoder.take_null()? {
            crate::lenient::null(self.decoder)?;
        }
        visitor.visit_unit()
    }

    /// Null, or the empty sequence that machines write for it.
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        if self.decoder.peek()? != Kind::Array {
            return self.deserialize_unit(visitor);
        }
        let mut seq = self.decoder.seq_start()?;
        if self.decoder.seq_next(&mut seq)? {
            return Err(de::Error::invalid_length(1, &"no elements"));
        }
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let mut items = Items::open(self.decoder)?;
        let value = visitor.visit_seq(&mut items)?;
        items.close()?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if !name.is_empty() && self.decoder.peek()? == Kind::Array {
            return self.deserialize_seq(visitor);
        }
        let mut entries = Entries::open(self.decoder, fields)?;
        let value = visitor.visit_map(&mut entries)?;
        entries.close()?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(Variant::open(self.decoder, variants)?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.decoder.skip()?;
        visitor.visit_unit()
    }
}
