//! Sequences.

use std::collections::VecDeque;

use crate::{
    Bound, Decode, Decoder, Describe, Encode, Encoder, Kinds, Result, Segment, Shape,
    bound::Bounded,
    record::{Elements, wrong_length},
};

/// Writes a sequence element by element.
#[inline]
pub(crate) fn encode_list<T: Encode, E: Encoder>(list: &[T], encoder: &mut E) -> Result<()> {
    if const { T::BOUND.is_known() } {
        return encoder.bounded_list(list);
    }
    encode_items(list.len(), list, encoder)
}

#[inline]
pub(crate) fn encode_items<'a, T: Encode + 'a, E: Encoder>(
    len: usize,
    items: impl IntoIterator<Item = &'a T>,
    encoder: &mut E,
) -> Result<()> {
    let mut seq = encoder.seq_start(len)?;
    let start = encoder.written();
    for (index, item) in items.into_iter().enumerate() {
        encoder.seq_item(&mut seq);
        item.encode(encoder).map_err(|error| error.at(Segment::Index(index)))?;
        if index == 0 && len >= MANY {
            // The first tells how much the others take: a buffer that grows while they are written is copied each time.
            encoder.expect((encoder.written() - start).saturating_mul(len - 1));
        }
    }
    encoder.seq_end(seq)
}

/// From so many elements on, room for them is worth a thought.
const MANY: usize = 16;

/// Reads a sequence element by element.
#[inline]
pub(crate) fn decode_list<'de, T: Decode<'de>, D: Decoder<'de>>(decoder: &mut D) -> Result<Vec<T>> {
    let mut seq = decoder.seq_start()?;
    let room = capacity::<T, D>(D::seq_len(&seq), decoder);
    let mut list = Vec::with_capacity(room);
    while decoder.seq_next(&mut seq)? {
        match T::decode(decoder) {
            Ok(item) => list.push(item),
            Err(error) if D::COLLECTS => decoder.seq_fault(&mut seq, error, list.len())?,
            Err(error) => return Err(error.at(Segment::Index(list.len()))),
        }
    }
    decoder.settle(room, size_of::<T>());
    Ok(list)
}

/// Reads a sequence of exactly `N` elements; one more is not read before it is refused.
#[inline]
pub(crate) fn decode_array<'de, T: Decode<'de>, D: Decoder<'de>, const N: usize>(
    decoder: &mut D,
) -> Result<[T; N]> {
    let mut elements = Elements::start_exact(decoder, N)?;
    let room = decoder.set_aside(N, size_of::<T>());
    let mut list = Vec::with_capacity(room);
    while elements.count() < N && elements.has_next(decoder)? {
        list.extend(elements.element(decoder)?);
    }
    elements.end_exact(decoder, N)?;
    decoder.settle(room, size_of::<T>());
    fixed(list)
}

/// A list as an array.
pub(crate) fn fixed<T, const N: usize>(list: Vec<T>) -> Result<[T; N]> {
    list.try_into().map_err(|list: Vec<T>| wrong_length(N, list.len()))
}

/// Room for as many elements as the input claims, if it can be believed.
#[inline(always)]
pub(crate) fn capacity<'de, T, D: Decoder<'de>>(claimed: Option<usize>, decoder: &mut D) -> usize {
    match claimed {
        Some(len) => decoder.set_aside(len, size_of::<T>()),
        None => 0,
    }
}

macro_rules! list {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Describe for $type {
            const KINDS: Kinds = Kinds::of(T::LIST_KIND);
            fn shape() -> Shape {
                T::list_shape()
            }
        }
    )*};
}
list! {
    [T: Describe] Vec<T>;
    [T: Describe] [T];
    [T: Describe] VecDeque<T>;
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        T::encode_list(self, encoder)
    }
}

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        T::encode_list(self, encoder)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    #[inline]
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        T::decode_list(decoder)
    }
}

impl<T: Encode> Encode for VecDeque<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        encode_items(self.len(), self, encoder)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for VecDeque<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        T::decode_list(decoder).map(Self::from)
    }
}

impl<T: Describe, const N: usize> Describe for [T; N] {
    const KINDS: Kinds = Kinds::of(T::LIST_KIND);
    fn shape() -> Shape {
        T::array_shape(N)
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    const BOUND: Bound = Bound::array(&[T::BOUND; N]);

    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        out.array(N);
        self.iter().for_each(|item| item.encode_bounded(out));
    }

    #[inline]
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        T::encode_list(self, encoder)
    }
}

impl<'de, T: Decode<'de>, const N: usize> Decode<'de> for [T; N] {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        T::decode_array(decoder)
    }
}
