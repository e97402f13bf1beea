//! msgpacker: the parts of MessagePack in a layout of its own, records as their fields with no header around them.
//!
//! So no other codec reads its bytes, and it reads only its own. A record of it says neither its length nor its kind:
//! less work than the other codecs of a row do, and less to check.

use msgpacker::{Packable, Unpackable};

use super::{Decode, Encode, EncodeInto, Peer};

pub struct Msgpacker;

impl Peer for Msgpacker {
    const NAME: &'static str = "msgpacker headerless";
}

impl<T: Unpackable<Error = msgpacker::Error>> Decode<'_, T> for Msgpacker {
    #[inline(never)]
    fn decode(input: &mut [u8]) -> Result<T, String> {
        T::unpack(input).map_err(|error| format!("{error:?}"))
    }
}

impl<T: Packable> Encode<T> for Msgpacker {
    #[inline(never)]
    fn encode(value: &T) -> Result<Vec<u8>, String> {
        Ok(value.pack_to_vec())
    }
}

impl<T: Packable> EncodeInto<T> for Msgpacker {
    #[inline(never)]
    fn encode_into(value: &T, out: &mut Vec<u8>) -> Result<usize, String> {
        out.clear();
        Ok(value.pack(out))
    }
}
