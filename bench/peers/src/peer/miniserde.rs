//! miniserde: derives of its own that work through trait objects, for small code; text is always owned.

use miniserde::{Deserialize, Serialize, json};

use super::{Decode, Encode, Peer, as_text};

pub struct Miniserde;

impl Peer for Miniserde {
    const NAME: &'static str = "miniserde";
}

impl<T: Deserialize> Decode<'_, T> for Miniserde {
    #[inline(never)]
    fn decode(input: &mut [u8]) -> Result<T, String> {
        json::from_str(str::from_utf8(input).map_err(as_text)?).map_err(as_text)
    }
}

/// A buffer of the caller's is not among the things that it can write to.
impl<T: Serialize> Encode<T> for Miniserde {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        Ok(json::to_string(value).into_bytes())
    }
}
