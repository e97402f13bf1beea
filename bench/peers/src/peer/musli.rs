//! müsli's JSON, with a derive of its own.

use musli::alloc::Global;
use musli::json;
use musli::mode::Text;
use musli::{Decode as DecodeMusli, Encode as EncodeMusli};

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

pub struct Musli;

impl Peer for Musli {
    const NAME: &'static str = "musli";
}

impl<'de, T: DecodeMusli<'de, Text, Global>> Decode<'de, T> for Musli {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        json::from_slice(input).map_err(as_text)
    }
}

impl<T: EncodeMusli<Text>> Encode<T> for Musli {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        json::to_vec(value).map_err(as_text)
    }
}

impl<T: EncodeMusli<Text>> EncodeInto<T> for Musli {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| json::encode(out, value))
    }
}
