//! Who held how much memory.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// The memory that one statement's operators reserved.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "memory_event.v1")]
pub struct MemoryEvent {
    /// When the statement ended. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The statement's position in the run.
    pub statement: u32,
    /// The most that may be reserved.
    #[field(absent = "memory is not limited")]
    pub bytes_max: Maybe<u64>,
    /// The most that was reserved at once. Volatile: it depends on how partitions overlapped.
    #[field(volatile = "race")]
    pub bytes_peak: u64,
    /// Whether the statement failed for want of memory.
    pub exhausted: bool,
    /// Who reserved it, the largest first. Volatile: it depends on how partitions overlapped.
    #[field(volatile = "race", default)]
    pub consumers: Vec<MemoryConsumer>,
}

/// One reservation.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct MemoryConsumer {
    /// The engine's name for it: `HashJoinInput`, `GroupedHashAggregateStream[3]`.
    #[field(volatile = "race", min_len = 1)]
    pub name: String,
    /// The most it held.
    #[field(volatile = "race")]
    pub bytes_peak: u64,
    /// Whether it can give memory back by writing to disk.
    #[field(volatile = "race")]
    pub can_spill: bool,
}
