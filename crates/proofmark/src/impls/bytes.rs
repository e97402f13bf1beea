//! Bytes: `bin` in MessagePack, base64 text in JSON. A list of `u8` is bytes.

use std::borrow::Cow;

use super::list::fixed;
use crate::{Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, error::Error};

impl Describe for u8 {
    const KINDS: Kinds = Kinds::of(Kind::Int);
    const LIST_KIND: Kind = Kind::Bytes;

    fn shape() -> Shape {
        Shape::Int { min: 0, max: u8::MAX as u128 }
    }

    fn list_shape() -> Shape {
        Shape::Bytes
    }

    fn array_shape(len: usize) -> Shape {
        Shape::ByteArray { len }
    }
}

impl Encode for u8 {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.u64(u64::from(*self))
    }

    #[inline]
    fn encode_list<E: Encoder>(list: &[Self], encoder: &mut E) -> Result<()> {
        encoder.bytes(list)
    }
}

impl<'de> Decode<'de> for u8 {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.int()
    }

    #[inline]
    fn decode_list<D: Decoder<'de>>(decoder: &mut D) -> Result<Vec<Self>> {
        decoder.bytes().map(Cow::into_owned)
    }

    #[inline]
    fn decode_array<D: Decoder<'de>, const N: usize>(decoder: &mut D) -> Result<[Self; N]> {
        fixed(decoder.bytes()?.into_owned())
    }
}

impl Describe for Cow<'_, [u8]> {
    const KINDS: Kinds = Kinds::of(Kind::Bytes);
    fn shape() -> Shape {
        Shape::Bytes
    }
}

impl Encode for Cow<'_, [u8]> {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.bytes(self)
    }
}

impl<'de: 'a, 'a> Decode<'de> for Cow<'a, [u8]> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.bytes()
    }
}

impl<'de: 'a, 'a> Decode<'de> for &'a [u8] {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.bytes()? {
            Cow::Borrowed(bytes) => Ok(bytes),
            Cow::Owned(_) => Err(Error::format("Bytes in JSON text cannot be borrowed")),
        }
    }
}
