//! flexon: serde's derives over a vectorised parser, which can also unescape text in place.

use serde::{Deserialize, Serialize};

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

pub struct Flexon;

impl Peer for Flexon {
    const NAME: &'static str = "flexon";
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for Flexon {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        flexon::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for Flexon {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        flexon::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for Flexon {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| flexon::to_writer(out, value))
    }
}

/// Text with escapes is unescaped in the input, and so can be borrowed as well.
pub struct FlexonInPlace;

impl Peer for FlexonInPlace {
    const NAME: &'static str = "flexon in place";
    const SPOILS_INPUT: bool = true;
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for FlexonInPlace {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        flexon::from_mut_slice(input).map_err(as_text)
    }
}
