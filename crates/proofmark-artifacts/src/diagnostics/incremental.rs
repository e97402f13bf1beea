//! Runs over what changed since the last one.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// The changes of one table were read from its cursor on, and the cursor moved or not.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "incremental_event.v1")]
pub struct IncrementalEvent {
    /// When the range was settled. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// Name of the table in SQL.
    #[field(min_len = 1)]
    pub dataset: String,
    /// Name of its cursor: two pipelines that read one table have a cursor each.
    #[field(min_len = 1)]
    pub cursor: String,
    /// Id of the table.
    #[field(absent = "the table has no id")]
    pub table_id: Maybe<String>,
    /// Version the cursor stood at.
    #[field(absent = "the table had not been processed before")]
    pub before: Maybe<u64>,
    /// Version up to which the sink already held the changes: an earlier run ended after its commit there and before
    /// it moved the cursor.
    #[field(absent = "the sink held nothing beyond the cursor, or cannot tell")]
    pub landed: Maybe<u64>,
    /// First version whose changes were read.
    #[field(absent = "there was nothing new")]
    pub first: Maybe<u64>,
    /// Last version that this run accounts for.
    pub last: u64,
    /// What had changed.
    #[field(default)]
    pub changes: ChangeCounts,
    /// Whether the cursor now stands at `last`.
    pub moved: bool,
}

/// Rows of a change feed, by what happened to them.
#[derive(Record, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// Rows that are new.
    #[field(default)]
    pub inserted: u64,
    /// Rows that have other values.
    #[field(default)]
    pub updated: u64,
    /// Rows that are gone.
    #[field(default)]
    pub deleted: u64,
}
