//! The codecs, one file each.
//!
//! A peer says which types it can decode and encode by implementing these traits; what it cannot do, it has no row for.
//!
//! No implementation is inlined: a call for a whole document costs nothing, and the check and the clock then share the
//! one copy of the code.

use std::fmt::Display;

pub mod flexon;
pub mod messagepack_serde;
pub mod miniserde;
pub mod msgpacker;
pub mod musli;
pub mod rmp_serde;
pub mod serde_json;
pub mod simd_json;
pub mod simd_json_derive;
pub mod sonic_rs;
pub mod zerompk;

/// A codec under the name that tables show.
pub trait Peer {
    const NAME: &'static str;

    /// Whether decoding overwrites the input, so that it has to be put back before the next time.
    const SPOILS_INPUT: bool = false;
}

/// Reads `T` from bytes; `T` may point into them.
pub trait Decode<'de, T>: Peer {
    /// # Errors
    /// What the codec says, as text.
    fn decode(input: &'de mut [u8]) -> Result<T, String>;
}

/// Writes `T` into a buffer of the codec's own choosing.
pub trait Encode<T>: Peer {
    /// # Errors
    /// What the codec says, as text.
    fn encode(value: &T) -> Result<Vec<u8>, String>;
}

/// Writes `T` into a buffer that is kept from one call to the next.
pub trait EncodeInto<T>: Peer {
    /// Overwrites `out` from its start, and says how many bytes were written: codecs that write to a slice leave the
    /// rest of it as it was, so that nobody pays for filling it with zeros.
    ///
    /// # Errors
    /// What the codec says, as text.
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String>;
}

/// [`EncodeInto`] for codecs that append to a vector.
///
/// # Errors
/// What the codec says, as text.
pub fn append<E: Display>(
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
) -> Result<usize, String> {
    out.clear();
    write(out).map_err(as_text)?;
    Ok(out.len())
}

/// [`EncodeInto`] for codecs that write to a slice: it grows until the value fits, which is once.
///
/// # Errors
/// What the codec says of a slice of 4 GiB, as text.
fn fill<E: Display>(
    out: &mut Vec<u8>,
    mut write: impl FnMut(&mut [u8]) -> Result<usize, E>,
) -> Result<usize, String> {
    const LENGTH_MAX: usize = 1 << 32;
    loop {
        match write(out) {
            Err(_) if out.len() < LENGTH_MAX => out.resize((out.len() * 2).max(1 << 16), 0),
            result => return result.map_err(as_text),
        }
    }
}

/// Formats an error away from the path that is measured.
#[cold]
pub fn as_text(error: impl Display) -> String {
    error.to_string()
}
