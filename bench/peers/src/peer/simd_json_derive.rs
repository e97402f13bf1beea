//! simd-json-derive: the parser of simd-json, and a derive of its own instead of serde's.

use simd_json_derive::{Deserialize, Serialize};

use super::simd_json::BUFFERS;
use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

pub struct SimdJsonDerive;

impl Peer for SimdJsonDerive {
    const NAME: &'static str = "simd-json-derive";
    const SPOILS_INPUT: bool = true;
}

impl<'de, T: Deserialize<'de> + 'de> Decode<'de, T> for SimdJsonDerive {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        BUFFERS.with_borrow_mut(|buffers| T::from_slice_with_buffers(input, buffers)).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for SimdJsonDerive {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        value.json_vec().map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for SimdJsonDerive {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| value.json_write(out))
    }
}
