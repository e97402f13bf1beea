//! The Arrow schema as an extension value.

use std::borrow::Cow;

use proofmark::{
    Error, Result,
    ext::{self, Base64, ExtType},
    ext_type,
};

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

impl ExtType for ArrowSchema {
    const CODE: i8 = ext::ARROW_SCHEMA;
    const NAME: &'static str = "arrow_schema";
    type Text = Base64;

    fn payload(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.as_bytes())
    }

    fn from_payload(payload: &[u8]) -> Result<Self> {
        Self::new(payload.to_vec()).ok_or_else(|| Error::format("Invalid Arrow schema message"))
    }
}
ext_type!(ArrowSchema);

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
