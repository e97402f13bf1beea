//! rmp-serde, which writes records as maps or as arrays and reads both.

use rmp_serde::Serializer;
use serde::{Deserialize, Serialize};

use super::{Decode, Encode, EncodeInto, Peer, append, as_text};

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
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        rmp_serde::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for RmpNamed {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        rmp_serde::to_vec_named(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for RmpNamed {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| value.serialize(&mut Serializer::new(out).with_struct_map()))
    }
}

impl<'de, T: Deserialize<'de>> Decode<'de, T> for RmpPositional {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        rmp_serde::from_slice(input).map_err(as_text)
    }
}

impl<T: Serialize> Encode<T> for RmpPositional {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        rmp_serde::to_vec(value).map_err(as_text)
    }
}

impl<T: Serialize> EncodeInto<T> for RmpPositional {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        append(out, |out| value.serialize(&mut Serializer::new(out)))
    }
}
