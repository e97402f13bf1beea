//! Plans as flat rows.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// A physical plan that has run, flattened: one row per operator, for tables and queries over many runs.
///
/// The plan artifact holds the same plan as a tree, with all figures.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "explain_event.v1")]
pub struct ExplainEvent {
    /// When the plan ended. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The statement's position in the run.
    pub statement: u32,
    /// Wall time of the execution. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "the plan was made, but did not run")]
    pub elapsed_ns: Maybe<u64>,
    /// The operators, from the root down, children in order.
    pub operators: Vec<ExplainOperator>,
}

/// One operator of an explained plan.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ExplainOperator {
    /// Position in the plan.
    pub index: u32,
    /// Distance from the root.
    pub depth: u32,
    /// What it is: `HashJoinExec`.
    #[field(min_len = 1)]
    pub name: String,
    /// Rows the planner expected.
    #[field(absent = "the planner had no estimate")]
    pub rows_estimated: Maybe<u64>,
    /// Rows it put out. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race", absent = "it did not run, or does not count")]
    pub rows_out: Maybe<u64>,
    /// Bytes it put out. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race", absent = "it did not run, or does not count")]
    pub bytes_out: Maybe<u64>,
    /// Processor time, summed over partitions. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "it did not run, or does not measure")]
    pub elapsed_compute_ns: Maybe<u64>,
    /// Bytes written to disk for lack of memory. Volatile: it depends on how partitions overlapped.
    #[field(volatile = "race", absent = "it did not run, or cannot spill")]
    pub spilled_bytes: Maybe<u64>,
}
