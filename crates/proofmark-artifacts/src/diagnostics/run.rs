//! The steps of a run.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// The run, or one statement of it, began or ended.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "run_event.v1")]
pub struct RunEvent {
    /// When it happened. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// What happened.
    pub phase: RunPhase,
    /// The statement it happened to.
    #[field(absent = "it happened to the whole run")]
    pub statement: Maybe<u32>,
    /// Rows of the result.
    #[field(absent = "there is no result")]
    pub rows: Maybe<u64>,
    /// Wall time since the beginning of what ended. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "nothing ended")]
    pub elapsed_ns: Maybe<u64>,
    /// What went wrong. Volatile: messages hold paths.
    #[field(volatile = "path", absent = "nothing went wrong")]
    pub message: Maybe<String>,
}

/// A step of a run.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum RunPhase {
    /// The run, or the statement, began.
    Started,
    /// The statement was planned.
    Planned,
    /// It ended well.
    Finished,
    /// It failed.
    Failed,
    /// It was stopped.
    Cancelled,
}
