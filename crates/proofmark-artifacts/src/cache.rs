//! Payloads that were made before.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use proofmark::{Encode, Raw, Sealed};

/// A bounded cache of encoded payloads by everything they were made from.
///
/// For what costs more to make than to keep: the tree of a statement, the edits of a planner. The key is a record that is
/// [`Sealed`]: two keys are one when their canonical bytes are. What was used longest ago goes first when the cache is
/// full; threads share a cache by reference.
///
/// # Examples
/// ```
/// use proofmark::{Format, Raw, Record, Sealed};
/// use proofmark_artifacts::RawCache;
///
/// #[derive(Record)]
/// struct Query { sql: String }
///
/// let cache = RawCache::new(1 << 20);
/// let key = Sealed::new(Query { sql: "select 1".to_owned() })?;
/// for _ in 0..3 {
///     let tree = cache.get_or_make(&key, || Raw::encode(Format::MsgPack, &["select", "1"]))?;
///     assert_eq!(tree.decode::<Vec<String>>()?, ["select", "1"]);
/// }
/// assert_eq!((cache.figures().hits, cache.figures().misses), (2, 1));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub struct RawCache<K> {
    bytes_max: u64,
    kept: Mutex<Kept<K>>,
}

struct Kept<K> {
    payloads: LruCache<Sealed<K>, Raw<'static>>,
    figures: CacheFigures,
}

/// What a cache holds, and how often it helped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheFigures {
    /// Payloads.
    pub entries: u64,
    /// Bytes of payloads and keys.
    pub bytes: u64,
    /// Bytes that it may hold.
    pub bytes_max: u64,
    /// Lookups that found something.
    pub hits: u64,
    /// Lookups that found nothing.
    pub misses: u64,
}

impl<K: Encode> RawCache<K> {
    /// An empty cache that holds `bytes_max` bytes of payloads and keys.
    pub fn new(bytes_max: u64) -> Self {
        let kept = Kept { payloads: LruCache::unbounded(), figures: CacheFigures::default() };
        Self { bytes_max, kept: Mutex::new(kept) }
    }

    /// The payload of `key`, from the cache or from `make`.
    ///
    /// What `make` gives is kept unless it alone is larger than the cache. Two threads that miss one key at once both
    /// make it, and the later one is kept: the lock is not held while a payload is made.
    ///
    /// # Errors
    /// Passes on what `make` fails with; nothing is kept then.
    pub fn get_or_make<E>(
        &self,
        key: &Sealed<K>,
        make: impl FnOnce() -> Result<Raw<'static>, E>,
    ) -> Result<Raw<'static>, E> {
        if let Some(found) = self.find(key) {
            return Ok(found);
        }
        let made = make()?;
        self.keep(key.clone(), made.clone());
        Ok(made)
    }

    /// What it holds, and how often it helped.
    pub fn figures(&self) -> CacheFigures {
        let kept = self.kept();
        CacheFigures { entries: kept.payloads.len() as u64, bytes_max: self.bytes_max, ..kept.figures }
    }

    fn find(&self, key: &Sealed<K>) -> Option<Raw<'static>> {
        let mut kept = self.kept();
        let found = kept.payloads.get(key).cloned();
        match found {
            Some(_) => kept.figures.hits += 1,
            None => kept.figures.misses += 1,
        }
        found
    }

    fn keep(&self, key: Sealed<K>, payload: Raw<'static>) {
        let cost = cost(&key, &payload);
        if cost > self.bytes_max {
            return;
        }
        let mut kept = self.kept();
        kept.figures.bytes += cost;
        if let Some((key, old)) = kept.payloads.push(key, payload) {
            kept.figures.bytes -= self::cost(&key, &old);
        }
        while kept.figures.bytes > self.bytes_max
            && let Some((key, old)) = kept.payloads.pop_lru()
        {
            kept.figures.bytes -= self::cost(&key, &old);
        }
    }

    /// A panic elsewhere leaves the cache whole: nothing in here fails halfway.
    fn kept(&self) -> MutexGuard<'_, Kept<K>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cost<K>(key: &Sealed<K>, payload: &Raw<'static>) -> u64 {
    (key.as_bytes().len() + payload.as_bytes().len()) as u64
}

impl<K: Encode> fmt::Debug for RawCache<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.figures().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proofmark::{Format, Record};

    use super::*;

    #[derive(Record)]
    struct Key {
        n: u32,
    }

    fn key(n: u32) -> Sealed<Key> {
        Sealed::new(Key { n }).unwrap()
    }

    /// A payload of `len` bytes in all.
    fn payload(len: usize) -> Raw<'static> {
        let text = "x".repeat(len - 2);
        Raw::encode(Format::Json, &text).unwrap()
    }

    fn ask(cache: &RawCache<Key>, n: u32, len: usize) {
        let made = cache.get_or_make(&key(n), || Ok::<_, Infallible>(payload(len))).unwrap();
        assert_eq!(made.as_bytes().len(), len);
    }

    /// Asks for each key in turn with a cache for three payloads of 100 bytes, and counts what was found.
    fn check(asked: &[u32], hits: u64) {
        let cost = key(0).as_bytes().len() as u64 + 100;
        let cache = RawCache::new(3 * cost);
        asked.iter().for_each(|n| ask(&cache, *n, 100));
        let figures = cache.figures();
        assert_eq!((figures.hits, figures.misses), (hits, asked.len() as u64 - hits), "{asked:?}");
        assert!(figures.bytes <= figures.bytes_max && figures.bytes == figures.entries * cost, "{figures:?}");
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        check(&[1, 2, 3, 1, 2, 3], 3);
        check(&[1, 2, 3, 4, 1], 0);
        check(&[1, 2, 3, 1, 4, 1], 2);
        check(&[], 0);
    }

    #[test]
    fn payload_larger_than_the_cache_is_made_and_not_kept() {
        let cache = RawCache::new(50);
        ask(&cache, 1, 100);
        ask(&cache, 1, 100);
        assert_eq!((cache.figures().entries, cache.figures().misses), (0, 2));
    }

    #[test]
    fn failure_is_passed_on_and_not_kept() {
        let cache = RawCache::new(1000);
        assert_eq!(cache.get_or_make(&key(1), || Err("no")).err(), Some("no"));
        ask(&cache, 1, 10);
        assert_eq!((cache.figures().hits, cache.figures().misses, cache.figures().entries), (0, 2, 1));
    }

    #[test]
    fn threads_share_a_cache() {
        let cache = RawCache::new(10_000);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..100).for_each(|n| ask(&cache, n % 5, 20)));
            }
        });
        let figures = cache.figures();
        assert_eq!((figures.hits + figures.misses, figures.entries), (800, 5));
        assert_eq!(figures.bytes, 5 * (key(0).as_bytes().len() as u64 + 20));
    }
}
