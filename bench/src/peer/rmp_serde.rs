//! rmp-serde, which writes records as maps or as arrays and reads both.

use rmp_serde::Serializer;
use serde::{Deserialize, Serialize};

use super::{Decode, Encode, Peer, as_text};

/// Records as maps.
pub struct RmpNamed;

/// Records as arrays.
pub struct RmpPositional;

impl Peer for RmpNamed {
    const NAME: &'static str = "rmp-serde";
}

impl Peer for RmpPositional {
    const NAME: &'static str = "rmp-serde";
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for RmpNamed {
    fn decode(input: &'de [u8]) -> Result<T, String> {
        rmp_serde::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for RmpNamed {
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        rmp_serde::to_vec_named(value).map_err(as_text)
    }

    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<(), String> {
        value.serialize(&mut Serializer::new(out).with_struct_map()).map_err(as_text)
    }
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for RmpPositional {
    fn decode(input: &'de [u8]) -> Result<T, String> {
        rmp_serde::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for RmpPositional {
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        rmp_serde::to_vec(value).map_err(as_text)
    }

    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<(), String> {
        value.serialize(&mut Serializer::new(out)).map_err(as_text)
    }
}
