//! The Arrow schema as an extension value.

/// An Arrow schema: the bytes of one encapsulated Arrow IPC schema message.
///
/// Those are the bytes of `pyarrow.Schema.serialize()`: `ff ff ff ff`, the little-endian length of the message, the
/// message, padded to eight bytes. In MessagePack it is an extension value with code 3.
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
