//! The formats in which a record can stand.

use proofmark::Record;

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
}
