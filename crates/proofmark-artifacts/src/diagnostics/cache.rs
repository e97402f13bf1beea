//! The engine's caches.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// What a cache held when the run ended, and how often it helped.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "cache_state_event.v1")]
pub struct CacheStateEvent {
    /// When it was looked at. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// Which cache: of the engine `file_metadata`, `file_statistics`, `list_files`; of the recorder `plan_edits` and
    /// `syntax_trees`.
    #[field(min_len = 1)]
    pub cache: String,
    /// Its entries. Volatile: a process that made another run before holds more.
    #[field(volatile = "race")]
    pub entries: u64,
    /// What they take. Volatile: as the entries.
    #[field(volatile = "race", absent = "the cache does not say")]
    pub bytes: Maybe<u64>,
    /// What they may take.
    #[field(absent = "the cache has no limit")]
    pub bytes_max: Maybe<u64>,
    /// Lookups that found something. Volatile: as the entries.
    #[field(volatile = "race", absent = "the cache does not count")]
    pub hits: Maybe<u64>,
    /// Lookups that found nothing. Volatile: as the entries.
    #[field(volatile = "race", absent = "the cache does not count")]
    pub misses: Maybe<u64>,
}
