//! Sequences without duplicates. A duplicate on the wire counts once.

use std::{
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
};

use super::list::encode_items;
use crate::{Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Order, Result, Segment, Shape};

impl<T: Describe> Describe for BTreeSet<T> {
    const KINDS: Kinds = Kinds::of(Kind::Array);
    fn shape() -> Shape {
        Shape::Set(T::shape)
    }
}

impl<T: Encode> Encode for BTreeSet<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encode_items(self.len(), self, encoder)
    }
}

impl<'de, T: Decode<'de> + Ord> Decode<'de> for BTreeSet<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let mut set = Self::new();
        decode_into(decoder, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}

impl<T: Describe, S> Describe for HashSet<T, S> {
    const KINDS: Kinds = Kinds::of(Kind::Array);
    fn shape() -> Shape {
        Shape::Set(T::shape)
    }
}

impl<T: Encode + Ord, S> Encode for HashSet<T, S> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        if encoder.order() == Order::Declared {
            return encode_items(self.len(), self, encoder);
        }
        let mut items = Vec::from_iter(self);
        items.sort_unstable();
        encode_items(items.len(), items, encoder)
    }
}

impl<'de, T: Decode<'de> + Eq + Hash, S: BuildHasher + Default> Decode<'de> for HashSet<T, S> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let mut set = Self::default();
        decode_into(decoder, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}

fn decode_into<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    mut insert: impl FnMut(T),
) -> Result<()> {
    let mut seq = decoder.seq_start()?;
    let mut index = 0;
    while decoder.seq_next(&mut seq)? {
        match T::decode(decoder) {
            Ok(item) => insert(item),
            Err(error) if D::COLLECTS => decoder.seq_fault(&mut seq, error, index)?,
            Err(error) => return Err(error.at(Segment::Index(index))),
        }
        index += 1;
    }
    Ok(())
}
