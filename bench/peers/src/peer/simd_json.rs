//! simd-json under serde: it finds all structure first, in buffers that are kept, then unescapes in place.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use simd_json::Buffers;

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

thread_local! {
    pub(super) static BUFFERS: RefCell<Buffers> = RefCell::default();
}

pub struct SimdJson;

impl Peer for SimdJson {
    const NAME: &'static str = "simd-json";
    const SPOILS_INPUT: bool = true;
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for SimdJson {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        BUFFERS
            .with_borrow_mut(|buffers| simd_json::serde::from_slice_with_buffers(input, buffers))
            .map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for SimdJson {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        simd_json::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for SimdJson {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| simd_json::to_writer(out, value))
    }
}
