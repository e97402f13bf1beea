//! The codecs, one file each.
//!
//! A peer says which types it can decode and encode by implementing these traits; what it cannot do, it has no row for.

use std::fmt::Display;

pub mod proofmark;
pub mod rmp_serde;
pub mod serde_json;

/// A codec under the name that tables show.
pub trait Peer {
    const NAME: &'static str;
}

/// Reads `T` from bytes; `T` may point into them.
pub trait Decode<'de, T>: Peer {
    /// # Errors
    /// What the codec says, as text.
    fn decode(input: &'de [u8]) -> Result<T, String>;
}

/// Writes `T`.
pub trait Encode<T>: Peer {
    /// Into a buffer of the codec's own choosing.
    ///
    /// # Errors
    /// What the codec says, as text.
    fn encode(value: &T) -> Result<Vec<u8>, String>;

    /// Appends to a buffer that keeps its capacity from one call to the next.
    ///
    /// # Errors
    /// What the codec says, as text.
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<(), String>;
}

/// Formats an error away from the path that is measured.
#[cold]
fn as_text(error: impl Display) -> String {
    error.to_string()
}
