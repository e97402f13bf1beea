//! Serde types as types of ours.

use ::serde::{Deserialize, Serialize};

use super::{decode::Deserializer, encode::Serializer};
use crate::{Decode, Decoder, Describe, Encode, Encoder, Kinds, Result, Shape};

/// A serde type where one of ours is wanted.
///
/// ```
/// use proofmark::{json, serde::AsSerde};
/// let AsSerde(version): AsSerde<std::net::Ipv4Addr> = json::from_str(r#""127.0.0.1""#)?;
/// assert!(version.is_loopback());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsSerde<T>(pub T);

impl<T> AsSerde<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// A reference to a serde type where one of ours is to be written.
///
/// ```
/// use proofmark::{Order, msgpack, serde::AsSerdeRef};
/// let sorted = msgpack::Encoder::new().order(Order::Sorted);
/// assert_eq!(sorted.to_vec(&AsSerdeRef::new(&Some('a')))?, b"\xa1a");
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsSerdeRef<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> AsSerdeRef<'a, T> {
    /// Wraps a reference.
    pub const fn new(value: &'a T) -> Self {
        Self(value)
    }
}

macro_rules! describe {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        impl<$($generics)*> Describe for $type {
            const KINDS: Kinds = Kinds::ANY;
            fn shape() -> Shape {
                Shape::Opaque(std::any::type_name::<T>())
            }
        }
    )*};
}
describe! {
    [T] AsSerde<T>;
    [T: ?Sized] AsSerdeRef<'_, T>;
}

impl<T: Serialize> Encode for AsSerde<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.serialize(Serializer::new(encoder))
    }
}

impl<T: Serialize + ?Sized> Encode for AsSerdeRef<'_, T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.serialize(Serializer::new(encoder))
    }
}

impl<'de, T: Deserialize<'de>> Decode<'de> for AsSerde<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        T::deserialize(Deserializer::new(decoder)).map(Self)
    }
}
