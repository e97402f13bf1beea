//! A field that is read leniently in a record that is not.

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kinds, Result, Shape, Strictness,
    constraint::{Binds, Constrain, Constraints},
    key::Tags,
};

/// A value that is read leniently, whatever the decoder's strictness.
#[derive(Debug)]
pub struct AsLenient<T>(pub T);

impl<T: Describe> Describe for AsLenient<T> {
    const KINDS: Kinds = T::KINDS;
    const TAGS: Tags = T::TAGS;
    const MAY_BE_ABSENT: bool = T::MAY_BE_ABSENT;
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Encode> Encode for AsLenient<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.encode(encoder)
    }
    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for AsLenient<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let strictness = decoder.set_strictness(Strictness::Lenient);
        let value = T::decode(decoder);
        decoder.set_strictness(strictness);
        value.map(Self)
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self)
    }
}

impl<T: Constrain> Constrain for AsLenient<T> {
    const BINDS: Binds = T::BINDS;
    fn check(&self, constraints: &Constraints) -> Result<()> {
        self.0.check(constraints)
    }
}
