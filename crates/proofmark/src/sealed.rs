//! Frozen records that can be cache keys.

use std::{
    cmp::Ordering,
    fmt,
    hash::{BuildHasher, Hash, Hasher, RandomState},
    ops::Deref,
    sync::{Arc, OnceLock},
};

use crate::{
    Decode, Decoder, Describe, Encode, Encoder, Kinds, Limits, Order, Result, Shape, key::Tags, msgpack,
};

/// A value that can no longer change, with its canonical bytes and their hash.
///
/// Two sealed values are equal when their canonical bytes are: the value as MessagePack with all keys sorted
/// ([`Order::Sorted`]). So a type needs no `Eq` and no `Hash` of its own to be a cache key, floats and maps in it
/// count, and `0.0` and `-0.0` are two values. The bytes and a hash of them are made once, here; comparing looks at the
/// hash first, and a clone shares both.
///
/// The hash is for tables in memory and differs from process to process. For a key that outlives the process take a
/// digest of [`Sealed::as_bytes`].
///
/// ```
/// use std::collections::HashMap;
/// use proofmark::{Record, Sealed};
///
/// #[derive(Record, Debug)]
/// struct Settings { tolerance: f64, threads: u32 }
///
/// let settings = Sealed::new(Settings { tolerance: 0.5, threads: 4 })?;
/// let cache = HashMap::from([(settings.clone(), "plan")]);
/// assert_eq!(settings.threads, 4);
/// assert_eq!(cache.get(&Sealed::new(Settings { tolerance: 0.5, threads: 4 })?), Some(&"plan"));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub struct Sealed<T>(Arc<Inner<T>>);

struct Inner<T> {
    value: T,
    bytes: Box<[u8]>,
    hash: u64,
}

impl<T: Encode> Sealed<T> {
    /// Seals a value.
    ///
    /// # Errors
    /// Fails when MessagePack cannot express the value, as an integer beyond 64 bits, or nesting is too deep.
    pub fn new(value: T) -> Result<Self> {
        Self::with_limits(value, Limits::DEFAULT)
    }

    fn with_limits(value: T, limits: Limits) -> Result<Self> {
        let bytes = msgpack::Encoder::new().order(Order::Sorted).limits(limits).to_vec(&value)?;
        let hash = hash(&bytes);
        Ok(Self(Arc::new(Inner { value, bytes: bytes.into(), hash })))
    }
}

impl<T> Sealed<T> {
    /// The canonical bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The value, if this is the only one that holds it.
    ///
    /// # Errors
    /// Gives itself back when there are clones.
    pub fn try_into_inner(self) -> Result<T, Self> {
        Arc::try_unwrap(self.0).map(|inner| inner.value).map_err(Self)
    }
}

/// The keys are random, so that no input can be made of values with one hash.
fn hash(bytes: &[u8]) -> u64 {
    static STATE: OnceLock<RandomState> = OnceLock::new();
    STATE.get_or_init(RandomState::new).hash_one(bytes)
}

impl<T> Deref for Sealed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Sealed<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.0.bytes == other.0.bytes)
    }
}

impl<T> Eq for Sealed<T> {}

impl<T> Hash for Sealed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

/// By canonical bytes: an order, but not one of meaning.
impl<T> Ord for Sealed<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.bytes.cmp(&other.0.bytes)
    }
}

impl<T> PartialOrd for Sealed<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: fmt::Debug> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.value.fmt(f)
    }
}

impl<T: Describe> Describe for Sealed<T> {
    const KINDS: Kinds = T::KINDS;
    const TAGS: Tags = T::TAGS;
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Encode> Encode for Sealed<T> {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
        self.0.value.encode(encoder)
    }
}

impl<'de, T: Decode<'de> + Encode> Decode<'de> for Sealed<T> {
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self> {
        let value = T::decode(decoder)?;
        Self::with_limits(value, *decoder.limits())
    }
}
