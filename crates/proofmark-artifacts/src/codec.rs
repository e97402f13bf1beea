//! The two formats records are stored in.

use proofmark::{Decode, Encode, Format, Limits, Raw, Record, Result, json, msgpack};

/// Levels of nesting that are written and read: [`PLAN_DEPTH_MAX`](crate::PLAN_DEPTH_MAX) operators at two levels
/// each, and the record around them.
pub const DEPTH_MAX: u32 = 256;

pub(crate) const LIMITS: Limits = Limits::depth(DEPTH_MAX);

/// The format of a stored record.
///
/// # Examples
/// ```
/// use proofmark_artifacts::Codec;
///
/// let bytes = Codec::MessagePack.encode(&[1_u32, 2])?;
/// assert_eq!(bytes, [0x92, 1, 2]);
/// assert_eq!(Codec::MessagePack.decode::<Vec<u32>>(&bytes)?, [1, 2]);
/// assert_eq!(Codec::of_file("plan.json"), Some(Codec::Json));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// For what people read.
    #[variant(rename = "json")]
    Json,
    /// For what programs read: syntax trees, events, telemetry.
    #[variant(rename = "msgpack")]
    MessagePack,
}

impl Codec {
    /// The ending of file names, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::MessagePack => "msgpack",
        }
    }

    /// The codec that a file's name tells.
    pub fn of_file(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1 {
            "json" => Some(Self::Json),
            "msgpack" => Some(Self::MessagePack),
            _ => None,
        }
    }

    /// Writes a record: JSON with one entry per line and a line's end, MessagePack as it is.
    ///
    /// # Errors
    /// Fails when the codec cannot express the record, or it is nested more than [`DEPTH_MAX`] levels deep.
    pub fn encode<T: Encode + ?Sized>(self, record: &T) -> Result<Vec<u8>> {
        match self {
            Self::Json => {
                let compact = json::Encoder::new().limits(LIMITS).to_vec(record)?;
                let mut pretty = json::format_with_limits(&compact, json::Indent::Spaces(2), LIMITS)?;
                pretty.push(b'\n');
                Ok(pretty)
            }
            Self::MessagePack => msgpack::Encoder::new().limits(LIMITS).to_vec(record),
        }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// Fails when `input` is malformed, not this type, or nested more than [`DEPTH_MAX`] levels deep.
    pub fn decode<'de, T: Decode<'de>>(self, input: &'de [u8]) -> Result<T> {
        match self {
            Self::Json => json::Decoder::new().limits(LIMITS).from_slice(input),
            Self::MessagePack => msgpack::Decoder::new().limits(LIMITS).from_slice(input),
        }
    }

    /// A record in this format as an undecoded value.
    pub(crate) fn raw(self, record: Vec<u8>) -> Result<Raw<'static>> {
        let format = match self {
            Self::Json => Format::Json,
            Self::MessagePack => Format::MsgPack,
        };
        Raw::with_limits(format, record, LIMITS)
    }
}
