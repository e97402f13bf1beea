//! The formats in which a record can stand.

use proofmark::{Decode, Encode, Limits, Record, Result, json, msgpack};

/// Levels of nesting that are read and written.
pub const DEPTH_MAX: u32 = 256;

/// A format.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codec {
    /// JSON.
    #[variant(rename = "json")]
    Json,
    /// MessagePack.
    #[variant(rename = "msgpack")]
    MessagePack,
}

impl Codec {
    /// Both formats.
    pub const ALL: [Self; 2] = [Self::Json, Self::MessagePack];

    /// `json`, `msgpack`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::MessagePack => "msgpack",
        }
    }

    /// Writes a record, nested [`DEPTH_MAX`] levels deep at most.
    pub(crate) fn encode<T: Encode>(self, record: &T) -> Result<Vec<u8>> {
        match self {
            Self::Json => json::Encoder::new().limits(Limits::depth(DEPTH_MAX)).to_vec(record),
            Self::MessagePack => msgpack::Encoder::new().limits(Limits::depth(DEPTH_MAX)).to_vec(record),
        }
    }

    /// Reads a record, nested [`DEPTH_MAX`] levels deep at most.
    pub(crate) fn decode<'de, T: Decode<'de>>(self, input: &'de [u8]) -> Result<T> {
        match self {
            Self::Json => json::Decoder::new().limits(Limits::depth(DEPTH_MAX)).from_slice(input),
            Self::MessagePack => msgpack::Decoder::new().limits(Limits::depth(DEPTH_MAX)).from_slice(input),
        }
    }
}
