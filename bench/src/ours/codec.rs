//! What the bench is about, with its default policy.

use bench_peers::peer::{Decode, Encode, EncodeInto, Peer, append, as_text};
use proofmark::{Decode as DecodeRecord, Encode as EncodeRecord, json, msgpack};

pub struct Json;

pub struct Msgpack;

impl Peer for Json {
    const NAME: &'static str = "proofmark";
}

impl Peer for Msgpack {
    const NAME: &'static str = "proofmark";
}

impl<'de, T: DecodeRecord<'de>> Decode<'de, T> for Json {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        json::from_slice(input).map_err(as_text)
    }
}

impl<T: EncodeRecord> Encode<T> for Json {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        json::to_vec(value).map_err(as_text)
    }
}

impl<T: EncodeRecord> EncodeInto<T> for Json {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| json::encode_into(value, out))
    }
}

impl<'de, T: DecodeRecord<'de>> Decode<'de, T> for Msgpack {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        msgpack::from_slice(input).map_err(as_text)
    }
}

impl<T: EncodeRecord> Encode<T> for Msgpack {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        msgpack::to_vec(value).map_err(as_text)
    }
}

impl<T: EncodeRecord> EncodeInto<T> for Msgpack {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| msgpack::encode_into(value, out))
    }
}
