//! MessagePack extension values, and the one table of their codes.

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, decode::Token, error::Error,
};

/// The code of instants, fixed by MessagePack itself.
pub const TIMESTAMP: i8 = -1;

/// An extension value: a code and bytes whose meaning the code tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ext {
    code: i8,
    data: Vec<u8>,
}

impl Ext {
    /// A value of this code.
    pub fn new(code: i8, data: impl Into<Vec<u8>>) -> Self {
        Self { code, data: data.into() }
    }

    /// The code.
    pub const fn code(&self) -> i8 {
        self.code
    }

    /// The bytes.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The bytes, without a copy.
    pub fn into_data(self) -> Vec<u8> {
        self.data
    }
}

impl Describe for Ext {
    const KINDS: Kinds = Kinds::of(Kind::Ext);
    fn shape() -> Shape {
        Shape::Ext { code: None }
    }
}

impl Encode for Ext {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.ext(self)
    }
}

impl<'de> Decode<'de> for Ext {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        match decoder.token()? {
            Token::Ext(code, data) => Ok(Self::new(code, data)),
            token => Err(token.mismatch(Kinds::of(Kind::Ext))),
        }
    }
}

/// Extension values have no form in JSON.
#[cold]
pub(crate) fn encode_in_text<E: Encoder>(_: &Ext, _: &mut E) -> Result<()> {
    Err(Error::unsupported("Encoding objects of type Ext is unsupported"))
}
