//! What the bench is about, with its default policy.

use proofmark::{Decode as DecodeRecord, Encode as EncodeRecord, json, msgpack};

use super::{Decode, Encode, Peer, as_text};

pub struct ProofmarkJson;

pub struct ProofmarkMsgpack;

impl Peer for ProofmarkJson {
    const NAME: &'static str = "proofmark";
}

impl Peer for ProofmarkMsgpack {
    const NAME: &'static str = "proofmark";
}

impl<'de, T: DecodeRecord<'de>> Decode<'de, T> for ProofmarkJson {
    fn decode(input: &'de [u8]) -> Result<T, String> {
        json::from_slice(input).map_err(as_text)
    }
}

impl<T: EncodeRecord> Encode<T> for ProofmarkJson {
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        json::to_vec(value).map_err(as_text)
    }

    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<(), String> {
        json::encode_into(value, out).map_err(as_text)
    }
}

impl<'de, T: DecodeRecord<'de>> Decode<'de, T> for ProofmarkMsgpack {
    fn decode(input: &'de [u8]) -> Result<T, String> {
        msgpack::from_slice(input).map_err(as_text)
    }
}

impl<T: EncodeRecord> Encode<T> for ProofmarkMsgpack {
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        msgpack::to_vec(value).map_err(as_text)
    }

    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<(), String> {
        msgpack::encode_into(value, out).map_err(as_text)
    }
}
