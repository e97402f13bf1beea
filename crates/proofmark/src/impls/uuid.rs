//! UUIDs: text in both formats; sixteen bytes are read too.

use ::uuid::Uuid;

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, decode::Token, scalar::uuid,
    value::Native,
};

impl Describe for Uuid {
    const KINDS: Kinds = Kinds::of(Kind::Uuid);
    fn shape() -> Shape {
        Shape::Uuid
    }
}

impl Encode for Uuid {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.uuid(*self)
    }
}

impl<'de> Decode<'de> for Uuid {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.located(|decoder| match decoder.spelt_token(Kind::Uuid)? {
            Token::Str(text) => Ok(uuid::parse(text.as_bytes())?),
            Token::Bytes(bytes) => Ok(uuid::from_bytes(&bytes)?),
            Token::Native(Native::Uuid(value)) => Ok(*value),
            token => Err(token.mismatch(Kinds::of(Kind::Uuid))),
        })
    }
}
