//! The Arrow schema as an extension value.

use proofmark::{Decode, Decoder, Describe, Encode, Encoder, Error, Ext, Kind, Kinds, Result, Shape};

/// The extension code of an Arrow schema.
const ARROW_SCHEMA: i8 = 3;

/// An Arrow schema: the bytes of one encapsulated Arrow IPC schema message.
///
/// Those are the bytes of `pyarrow.Schema.serialize()`: `ff ff ff ff`, the little-endian length of the message, the
/// message, padded to eight bytes. In MessagePack they are an extension value with code 3, in JSON base64 text.
///
/// Never compare two schemas by these bytes: writers in different languages lay out the same schema differently. The
/// `schema_fingerprint` beside it is made for that.
///
/// # Examples
/// ```
/// use proofmark_artifacts::ArrowSchema;
///
/// let message = [&[0xff; 4][..], &8_u32.to_le_bytes(), &[0; 8]].concat();
/// assert!(ArrowSchema::new(message).is_some());
/// assert!(ArrowSchema::new(b"not a message".to_vec()).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArrowSchema(Vec<u8>);

impl ArrowSchema {
    /// A schema from its message bytes; `None` when they are not one encapsulated message.
    pub fn new(message: Vec<u8>) -> Option<Self> {
        is_message(&message).then_some(Self(message))
    }

    /// The message bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The message bytes, owned.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Whether `bytes` is a continuation marker, a length, and exactly that many bytes.
fn is_message(bytes: &[u8]) -> bool {
    let Some((marker, rest)) = bytes.split_first_chunk::<4>() else { return false };
    let Some((length, body)) = rest.split_first_chunk::<4>() else { return false };
    *marker == [0xff; 4] && !body.is_empty() && u32::from_le_bytes(*length) as usize == body.len()
}

impl Describe for ArrowSchema {
    const KINDS: Kinds = Kinds::of(Kind::Ext);

    fn shape() -> Shape {
        Shape::Ext { code: Some(ARROW_SCHEMA) }
    }
}

impl Encode for ArrowSchema {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        // A format without extension values refuses before it writes anything.
        encoder.ext(&Ext::new(ARROW_SCHEMA, self.as_bytes())).or_else(|_| encoder.bytes(self.as_bytes()))
    }
}

impl<'de> Decode<'de> for ArrowSchema {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let message = if decoder.peek()? == Kind::Str {
            decoder.bytes()?.into_owned()
        } else {
            payload(Ext::decode(decoder)?)?
        };
        Self::new(message).ok_or_else(|| Error::format("Invalid Arrow schema message"))
    }
}

fn payload(ext: Ext) -> Result<Vec<u8>> {
    if ext.code() == ARROW_SCHEMA {
        return Ok(ext.into_data());
    }
    Err(Error::custom(format_args!("Expected `ext` with code {ARROW_SCHEMA}, got code {}", ext.code())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Codec;

    fn message() -> Vec<u8> {
        [&[0xff; 4][..], &8_u32.to_le_bytes(), &[7; 8]].concat()
    }

    #[test]
    fn a_schema_is_an_extension_in_messagepack_and_base64_in_json() {
        let schema = ArrowSchema::new(message()).unwrap();
        let msgpack = Codec::MessagePack.encode(&schema).unwrap();
        assert_eq!(msgpack, [&[0xd8, 3][..], &message()].concat());
        let json = Codec::Json.encode(&schema).unwrap();
        assert_eq!(json, b"\"/////wgAAAAHBwcHBwcHBw==\"\n");
        assert_eq!(Codec::MessagePack.decode::<ArrowSchema>(&msgpack).unwrap(), schema);
        assert_eq!(Codec::Json.decode::<ArrowSchema>(&json).unwrap(), schema);
    }

    #[test]
    fn other_bytes_and_other_codes_are_refused() {
        let long = [&message()[..], &[0]].concat();
        for bytes in [&[][..], &[0xff; 8], &message()[..15], &long, &message()[1..]] {
            assert_eq!(ArrowSchema::new(bytes.to_vec()), None);
        }
        let refused = |bytes: &[u8]| Codec::MessagePack.decode::<ArrowSchema>(bytes).unwrap_err().to_string();
        let other_code = [&[0xd8, 4][..], &message()].concat();
        assert_eq!(refused(&other_code), "Expected `ext` with code 3, got code 4");
        assert_eq!(
            refused(&[0xd8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            "Invalid Arrow schema message"
        );
        let bin = [&[0xc4, 16][..], &message()].concat();
        assert_eq!(refused(&bin), "Expected `ext`, got `bytes`");
    }
}
