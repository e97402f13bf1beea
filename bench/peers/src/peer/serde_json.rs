//! serde_json with its default features: its floats are then fast, and one in ten is a step off.

use serde::{Deserialize, Serialize};

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

pub struct SerdeJson;

impl Peer for SerdeJson {
    const NAME: &'static str = "serde_json";
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for SerdeJson {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        serde_json::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for SerdeJson {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        serde_json::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for SerdeJson {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| serde_json::to_writer(out, value))
    }
}
