//! messagepack-serde, which writes records as maps and reads both maps and arrays.

use serde::{Deserialize, Serialize};

use super::{Decode, Encode, EncodeInto, Peer, as_text, fill};

pub struct MessagepackSerde;

impl Peer for MessagepackSerde {
    const NAME: &'static str = "messagepack-serde";
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for MessagepackSerde {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        messagepack_serde::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for MessagepackSerde {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        messagepack_serde::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for MessagepackSerde {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        fill(out, |out| messagepack_serde::to_slice(value, out))
    }
}
