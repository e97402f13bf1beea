//! Maps. Of duplicate keys on the wire the last one counts.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use super::order::{is_named, sorted};
use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kind, Kinds, Order, Result, Segment, Shape, flatten::Flat,
};

fn encode_entries<'a, K, V, E>(
    len: usize,
    entries: impl IntoIterator<Item = (&'a K, &'a V)>,
    encoder: &mut E,
) -> Result<()>
where
    K: Encode + 'a,
    V: Encode + 'a,
    E: Encoder,
{
    let mut map = encoder.map_start(len)?;
    for (key, value) in entries {
        encoder.map_key(&mut map, key).map_err(|error| error.at(Segment::Key))?;
        value.encode(encoder).map_err(|error| error.at(Segment::Value))?;
    }
    encoder.map_end(map)
}

/// Writes entries of an unsorted map, sorted unless the order is the map's own.
fn encode_unsorted<'a, K, V, E>(
    len: usize,
    entries: impl Iterator<Item = (&'a K, &'a V)>,
    encoder: &mut E,
) -> Result<()>
where
    K: Encode + Ord + 'a,
    V: Encode + 'a,
    E: Encoder,
{
    if encoder.order() == Order::Declared {
        return encode_entries(len, entries, encoder);
    }
    let (keys, values): (Vec<&K>, Vec<&V>) = entries.unzip();
    let sorted = sorted(&keys).into_iter();
    encode_entries(len, sorted.map(|index| (keys[index], values[index])), encoder)
}

fn decode_entries<'de, K, V, D>(decoder: &mut D, mut insert: impl FnMut(K, V)) -> Result<()>
where
    K: Decode<'de>,
    V: Decode<'de>,
    D: Decoder<'de>,
{
    let mut map = decoder.map_start()?;
    while let Some(key) = decoder.map_key(&mut map)? {
        match V::decode(decoder) {
            Ok(value) => insert(key, value),
            Err(error) if D::COLLECTS => decoder.map_fault(&mut map, error)?,
            Err(error) => return Err(error.at(Segment::Value)),
        }
        decoder.map_next(&mut map)?;
    }
    Ok(())
}

macro_rules! describe_map {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<K: Describe, V: Describe, $($generics)*> Describe for $type {
            const KINDS: Kinds = Kinds::of(Kind::Object);
            const FLAT: Flat = if K::KINDS.is_text() { Flat::Rest } else { Flat::None };
            fn shape() -> Shape {
                Shape::Map { key: K::shape, value: V::shape }
            }
        }
    )*};
}
describe_map! {
    [] BTreeMap<K, V>;
    [S] HashMap<K, V, S>;
}

impl<K: Encode + Ord, V: Encode> Encode for BTreeMap<K, V> {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        if is_named(K::shape()) {
            return encode_unsorted(self.len(), self.iter(), encoder);
        }
        encode_entries(self.len(), self, encoder)
    }
}

impl<'de, K: Decode<'de> + Ord, V: Decode<'de>> Decode<'de> for BTreeMap<K, V> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let mut map = Self::new();
        decode_entries(decoder, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

impl<K: Encode + Ord, V: Encode, S> Encode for HashMap<K, V, S> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encode_unsorted(self.len(), self.iter(), encoder)
    }
}

impl<'de, K: Decode<'de> + Eq + Hash, V: Decode<'de>, S: BuildHasher + Default> Decode<'de>
    for HashMap<K, V, S>
{
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let mut map = Self::default();
        decode_entries(decoder, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

#[cfg(feature = "indexmap")]
mod indexmap {
    use super::*;
    use ::indexmap::IndexMap;

    describe_map!([S] IndexMap<K, V, S>;);

    impl<K: Encode + Ord, V: Encode, S> Encode for IndexMap<K, V, S> {
        fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
            encode_unsorted(self.len(), self.iter(), encoder)
        }
    }

    impl<'de, K: Decode<'de> + Eq + Hash, V: Decode<'de>, S: BuildHasher + Default> Decode<'de>
        for IndexMap<K, V, S>
    {
        fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
            let mut map = Self::default();
            decode_entries(decoder, |key, value| {
                map.insert(key, value);
            })?;
            Ok(map)
        }
    }
}
