//! Text.

use std::borrow::Cow;

use crate::{Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, error::Error};

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

impl Describe for char {
    const KINDS: Kinds = Kinds::of(Kind::Str);
    fn shape() -> Shape {
        Shape::Str
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
