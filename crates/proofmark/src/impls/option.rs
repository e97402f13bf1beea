//! Values that may be null, and fields that may be absent.

use crate::{
    Bound, Decode, Decoder, Describe, Encode, Encoder, Key, Kind, Kinds, Maybe, Result, Shape,
    bound::Bounded, error::Error, flatten::Flat, key::Tags, lenient,
};

impl<T: Describe> Describe for Option<T> {
    const KINDS: Kinds = T::KINDS.with(Kind::Null);
    const TAGS: Tags = T::TAGS;
    const FLAT: Flat = Flat::Optional(&T::FLAT);
    fn shape() -> Shape {
        Shape::Optional(T::shape)
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Some(value) => value.encode(encoder),
            None => encoder.null(),
        }
    }

    #[inline(always)]
    fn encode_field<E: Encoder>(
        &self,
        record: &mut E::Record,
        key: &'static Key,
        encoder: &mut E,
    ) -> Result<()> {
        match self {
            Some(value) => value.encode_field(record, key, encoder),
            None => encoder.null_field(record, key),
        }
    }

    const BOUND: Bound = T::BOUND;

    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        match self {
            Some(value) => value.encode_bounded(out),
            None => out.null(),
        }
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        if decoder.take_null()? || (decoder.is_lenient() && lenient::takes_null_text::<T, D>(decoder)?) {
            return Ok(None);
        }
        match T::decode(decoder) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error.or_expected(Kinds::of(Kind::Null))),
        }
    }
}

impl<T: Describe> Describe for Maybe<T> {
    const KINDS: Kinds = T::KINDS;
    const TAGS: Tags = T::TAGS;
    const MAY_BE_ABSENT: bool = true;
    const FLAT: Flat = Flat::Optional(&T::FLAT);
    fn shape() -> Shape {
        Shape::Maybe(T::shape)
    }
}

impl<T: Encode> Encode for Maybe<T> {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        match self {
            Self::Set(value) => value.encode(encoder),
            Self::Unset => Err(unset()),
        }
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        self.is_unset()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Maybe<T> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        T::decode(decoder).map(Self::Set)
    }

    #[inline(always)]
    fn absent() -> Option<Self> {
        Some(Self::Unset)
    }
}

#[cold]
fn unset() -> Error {
    Error::unsupported("An unset value can stand in a record field only")
}
