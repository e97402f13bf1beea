//! sonic-rs: serde's derives over a vectorised parser.

use serde::{Deserialize, Serialize};

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

pub struct SonicRs;

impl Peer for SonicRs {
    const NAME: &'static str = "sonic-rs";
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for SonicRs {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        sonic_rs::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for SonicRs {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        sonic_rs::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for SonicRs {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| sonic_rs::to_writer(out, value))
    }
}
