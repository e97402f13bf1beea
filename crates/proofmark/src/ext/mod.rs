//! MessagePack extension values: bytes with a code that tells what they mean.
//!
//! [`Ext`] is any of them, as it came. A type with a code of its own implements [`ExtType`] and calls
//! [`ext_type!`](crate::ext_type). [`registry`] is the one table of the codes that have a meaning here.

mod registry;
mod typed;

#[doc(hidden)]
pub use self::{
    registry::assert_code,
    typed::{decode_typed, encode_typed, kinds, other_code, shape},
};
pub use self::{
    registry::{ARROW_SCHEMA, Code, TIMESTAMP, is_free, lookup, registry},
    typed::{Base64, ExtType, NoText, TextForm, View},
};
use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Result, Shape, decode::Token, error::Error,
};

/// An extension value: a code and bytes whose meaning the code tells.
///
/// It is kept bit for bit. JSON has no extension values and refuses it.
///
/// ```
/// use proofmark::{Ext, msgpack};
/// let ext: Ext = msgpack::from_slice(b"\xd4\x05\xff")?;
/// assert_eq!((ext.code(), ext.data()), (5, &[0xff][..]));
/// assert!(proofmark::json::to_vec(&ext).is_err());
/// # Ok::<(), proofmark::Error>(())
/// ```
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
        Shape::Ext { code: None, text: None }
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
