//! Pointers are as what they point to.

use std::{rc::Rc, sync::Arc};

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Key, Kinds, Result, Shape, flatten::Flat, key::Tags,
};

macro_rules! pointer {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)* T: Describe + ?Sized> Describe for $type {
            const KINDS: Kinds = T::KINDS;
            const TAGS: Tags = T::TAGS;
            const MAY_BE_ABSENT: bool = T::MAY_BE_ABSENT;
            const FLAT: Flat = T::FLAT;
            fn shape() -> Shape {
                T::shape()
            }
        }

        impl<$($generics)* T: Encode + ?Sized> Encode for $type {
            #[inline]
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                (**self).encode(encoder)
            }
            #[inline(always)]
            fn encode_field<E: Encoder>(
                &self,
                record: &mut E::Record,
                key: &'static Key,
                encoder: &mut E,
            ) -> Result<()> {
                (**self).encode_field(record, key, encoder)
            }
            #[inline(always)]
            fn is_absent(&self) -> bool {
                (**self).is_absent()
            }
        }
    )*};
}
pointer! {
    ['a,] &'a T;
    [] Box<T>;
    [] Rc<T>;
    [] Arc<T>;
}

macro_rules! decode_pointer {
    ($($type:ident)*) => {$(
        impl<'de, T: Decode<'de>> Decode<'de> for $type<T> {
            #[inline]
            fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
                T::decode(decoder).map(Self::new)
            }
            #[inline(always)]
            fn absent() -> Option<Self> {
                T::absent().map(Self::new)
            }
        }

        impl<'de> Decode<'de> for $type<str> {
            #[inline]
            fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
                decoder.string().map(Self::from)
            }
        }

        impl<'de, T: Decode<'de>> Decode<'de> for $type<[T]> {
            #[inline]
            fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
                T::decode_list(decoder).map(Self::from)
            }
        }
    )*};
}
decode_pointer!(Box Rc Arc);
