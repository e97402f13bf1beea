//! zerompk: MessagePack with a derive of its own, records as maps or as arrays as their types say.

use zerompk::{FromMessagePack, ToMessagePack};

use super::{Decode, Encode, EncodeInto, Peer, as_text, fill};

pub struct Zerompk;

impl Peer for Zerompk {
    const NAME: &'static str = "zerompk";
}

impl<'de, T: FromMessagePack<'de>> Decode<'de, T> for Zerompk {
    #[inline(never)]
    fn decode(input: &'de mut [u8]) -> Result<T, String> {
        zerompk::from_msgpack(input).map_err(as_text)
    }
}

impl<T: ToMessagePack> Encode<T> for Zerompk {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        zerompk::to_msgpack_vec(value).map_err(as_text)
    }
}

impl<T: ToMessagePack> EncodeInto<T> for Zerompk {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        fill(out, |out| zerompk::to_msgpack(value, out))
    }
}
