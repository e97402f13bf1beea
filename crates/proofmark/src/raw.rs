//! Values kept as the bytes they came in.

use std::borrow::Cow;

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kinds, Limits, Result, Shape, Strictness, Value, json,
    key::Tags, msgpack,
};

/// The format that bytes are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON text.
    Json,
    /// MessagePack.
    MsgPack,
}

/// A value that was checked for syntax but not decoded; it borrows the input it came from.
///
/// Written in its own format it is pasted as it is, unless its levels and those around it are more than the limit, so
/// that no reader would take them; written in the other one it is transcoded, its keys in the order in which they came. For a cache that outlives its input call [`Raw::into_owned`].
///
/// ```
/// use proofmark::{Raw, Record, json};
///
/// #[derive(Record)]
/// struct Request<'a> { kind: String, payload: Raw<'a> }
///
/// let request: Request = json::from_str(r#"{"kind":"put","payload":{"rows": 1.50}}"#)?;
/// assert_eq!(request.payload.as_bytes(), br#"{"rows": 1.50}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Raw<'a> {
    format: Format,
    /// How deep it nests: what it adds to the depth of a document that it is written into.
    levels: u32,
    bytes: Cow<'a, [u8]>,
}

impl<'a> Raw<'a> {
    /// Bytes that a reader of this crate has passed over.
    pub(crate) const fn trusted(format: Format, bytes: Cow<'a, [u8]>, levels: u32) -> Self {
        Self { format, levels, bytes }
    }

    pub(crate) const fn levels(&self) -> u32 {
        self.levels
    }

    /// Takes bytes as they are, once they are known to be one value of `format`.
    ///
    /// # Errors
    /// Fails when they are not.
    ///
    /// # Examples
    /// ```
    /// use proofmark::{Format, Raw};
    /// assert!(Raw::new(Format::Json, b"[1,2]").is_ok());
    /// assert!(Raw::new(Format::Json, b"[1,2").is_err());
    /// ```
    pub fn new(format: Format, bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self> {
        Self::with_limits(format, bytes, Limits::DEFAULT)
    }

    /// As [`Raw::new`], within other bounds.
    ///
    /// # Errors
    /// As [`Raw::new`].
    pub fn with_limits(format: Format, bytes: impl Into<Cow<'a, [u8]>>, limits: Limits) -> Result<Self> {
        let bytes = bytes.into();
        let passed: Raw<'_> = match format {
            Format::Json => json::Decoder::new().limits(limits).from_slice(&bytes)?,
            Format::MsgPack => msgpack::Decoder::new().limits(limits).from_slice(&bytes)?,
        };
        let levels = passed.levels;
        Ok(Self::trusted(format, bytes, levels))
    }

    /// Encodes `value` and keeps the bytes.
    ///
    /// # Errors
    /// Fails when the format cannot express the value.
    pub fn encode<T: Encode + ?Sized>(format: Format, value: &T) -> Result<Raw<'static>> {
        let bytes = match format {
            Format::Json => json::to_vec(value)?,
            Format::MsgPack => msgpack::to_vec(value)?,
        };
        // Passed over once more, to know its depth.
        let limits =
            Limits { input_bytes_max: usize::MAX, collection_len_max: usize::MAX, ..Limits::DEFAULT };
        Raw::with_limits(format, bytes, limits)
    }

    /// The format of the bytes.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same value with bytes of its own.
    pub fn into_owned(self) -> Raw<'static> {
        Raw { format: self.format, levels: self.levels, bytes: Cow::Owned(self.bytes.into_owned()) }
    }

    /// Decodes the value.
    ///
    /// # Errors
    /// Fails when it is not a `T`.
    pub fn decode<'de, T: Decode<'de>>(&'de self) -> Result<T> {
        self.decode_with(Limits::DEFAULT, Strictness::Strict)
    }

    /// Decodes the value with other options.
    ///
    /// # Errors
    /// As [`Raw::decode`].
    pub fn decode_with<'de, T: Decode<'de>>(&'de self, limits: Limits, strictness: Strictness) -> Result<T> {
        match self.format {
            Format::Json => {
                json::Decoder::new().limits(limits).strictness(strictness).from_slice(&self.bytes)
            }
            Format::MsgPack => {
                msgpack::Decoder::new().limits(limits).strictness(strictness).from_slice(&self.bytes)
            }
        }
    }
}

impl Describe for Raw<'_> {
    const KINDS: Kinds = Kinds::ANY;
    const TAGS: Tags = Tags::None;
    fn shape() -> Shape {
        Shape::Raw
    }
}

impl Encode for Raw<'_> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encoder.raw(self)
    }
}

impl<'de: 'a, 'a> Decode<'de> for Raw<'a> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        decoder.raw()
    }
}

/// Writes a raw value of another format.
pub(crate) fn transcode<E: Encoder>(raw: &Raw<'_>, encoder: &mut E) -> Result<()> {
    let value: Value = raw.decode_with(Limits::depth(encoder.depth_left()), Strictness::Strict)?;
    value.encode_as_it_came(encoder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    #[test]
    fn keys_keep_their_order_in_either_format_and_under_every_order() {
        let json = br#"[{"b":{"d":1,"c":2},"a":[{"f":3,"e":4}]}]"#;
        for order in [Order::Declared, Order::Deterministic, Order::Sorted] {
            let (to_msgpack, to_json) =
                (msgpack::Encoder::new().order(order), json::Encoder::new().order(order));
            let raw = Raw::new(Format::Json, json).unwrap();
            let msgpack = to_msgpack.to_vec(&raw).unwrap();
            assert_eq!(to_json.to_vec(&raw).unwrap(), json);
            let raw = Raw::new(Format::MsgPack, &msgpack[..]).unwrap();
            assert_eq!(to_msgpack.to_vec(&raw).unwrap(), msgpack);
            assert_eq!(to_json.to_vec(&raw).unwrap(), json);
        }
    }
}
