//! The engine's caches, looked at when the run has ended.

use datafusion::execution::cache::{Cache, CacheKey, CacheValue};
use datafusion::execution::runtime_env::RuntimeEnv;
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::CacheStateEvent;

/// One event per cache that is switched on.
pub(crate) fn events(runtime: &RuntimeEnv) -> Vec<CacheStateEvent> {
    let caches = &runtime.cache_manager;
    let mut events = vec![event("file_metadata", &*caches.get_file_metadata_cache())];
    events.extend(caches.get_file_statistic_cache().map(|cache| event("file_statistics", &*cache)));
    events.extend(caches.get_list_files_cache().map(|cache| event("list_files", &*cache)));
    events
}

/// The engine counts what was found, by entry, and not what was missed.
fn event<K: CacheKey, V: CacheValue>(name: &str, cache: &dyn Cache<K, V>) -> CacheStateEvent {
    let entries = cache.list_entries();
    CacheStateEvent {
        event_time: Maybe::Set(Timestamp::now()),
        cache: name.to_owned(),
        entries: entries.len() as u64,
        bytes: Maybe::Set(entries.values().map(|entry| entry.size_bytes as u64).sum()),
        bytes_max: Maybe::Set(cache.cache_limit() as u64),
        hits: Maybe::Set(entries.values().map(|entry| entry.hits as u64).sum()),
        misses: Maybe::Unset,
    }
}
