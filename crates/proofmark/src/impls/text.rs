//! Text.

use std::borrow::Cow;

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Key, Kind, Kinds, Result, Shape, constraint::Constraints,
    error::Error, shape::NewtypeShape,
};

macro_rules! text {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Describe for $type {
            const KINDS: Kinds = Kinds::of(Kind::Str);
            fn shape() -> Shape {
                Shape::Str
            }
        }

        impl<$($generics)*> Encode for $type {
            #[inline]
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                encoder.str(self)
            }

            #[inline(always)]
            fn encode_field<E: Encoder>(
                &self,
                record: &mut E::Record,
                key: &'static Key,
                encoder: &mut E,
            ) -> Result<()> {
                encoder.str_field(record, key, self)
            }
        }
    )*};
}
text! {
    [] str;
    [] String;
    ['a] Cow<'a, str>;
}

impl<'de> Decode<'de> for String {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.string()
    }
}

impl<'de: 'a, 'a> Decode<'de> for Cow<'a, str> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.str()
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a str {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.str()? {
            Cow::Borrowed(text) => Ok(text),
            Cow::Owned(_) => Err(Error::format("Text with escapes cannot be borrowed")),
        }
    }
}

/// A character is text of length one.
static CHAR: NewtypeShape = NewtypeShape {
    name: "char",
    type_name: std::any::type_name::<char>,
    doc: "",
    inner: str::shape,
    constraints: Constraints { min_len: Some(1), max_len: Some(1), ..Constraints::NONE },
};

impl Describe for char {
    const KINDS: Kinds = Kinds::of(Kind::Str);
    fn shape() -> Shape {
        Shape::Newtype(&CHAR)
    }
}

impl Encode for char {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.str(self.encode_utf8(&mut [0; 4]))
    }
}

impl<'de> Decode<'de> for char {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let text = decoder.str()?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(Error::constraint("Expected `str` of length 1")),
        }
    }
}
