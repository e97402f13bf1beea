//! What was asked of an object store.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// The requests that a run made of one object store, the local file system included.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "object_store_event.v1")]
pub struct ObjectStoreEvent {
    /// When the run ended. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// Its root: `file:///`, `s3://bucket/`. Volatile: the same data may lie elsewhere.
    #[field(volatile = "path", min_len = 1)]
    pub url: String,
    /// Reads of an object, or of parts of it. Volatile: what is cached is not asked for again.
    #[field(volatile = "race", default)]
    pub gets: u64,
    /// Bytes that were read. Volatile: as the reads.
    #[field(volatile = "race", default)]
    pub bytes_read: u64,
    /// Questions for size and time of an object. Volatile: as the reads.
    #[field(volatile = "race", default)]
    pub heads: u64,
    /// Listings. Volatile: as the reads.
    #[field(volatile = "race", default)]
    pub lists: u64,
    /// Writes. Volatile: writers cut their output differently.
    #[field(volatile = "race", default)]
    pub puts: u64,
    /// Bytes that were written. Volatile: as the writes.
    #[field(volatile = "race", default)]
    pub bytes_written: u64,
    /// Removals. Volatile: as the writes.
    #[field(volatile = "race", default)]
    pub deletes: u64,
    /// Requests that failed. Volatile: a network has bad days.
    #[field(volatile = "race", default)]
    pub errors: u64,
}
