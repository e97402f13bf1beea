//! The functions that a statement calls.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// A statement calls a function, and the function was looked up.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "udf_validation_event.v1")]
pub struct UdfValidationEvent {
    /// When it was looked up. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The statement's position in the run.
    pub statement: u32,
    /// The function's own name.
    #[field(min_len = 1)]
    pub function: String,
    /// What it takes and gives.
    pub kind: FunctionKind,
    /// Whether it gives the same for the same arguments.
    pub volatility: FunctionVolatility,
    /// Whether the session's registry still has it under that name, and it is the one that the plan calls.
    pub registered: bool,
    /// How often the plan calls it.
    pub calls: u64,
}

/// What a function takes and gives.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum FunctionKind {
    /// A value for a row.
    Scalar,
    /// A value for many rows.
    Aggregate,
    /// A value for a row among others.
    Window,
    /// A value for a row, from other functions.
    HigherOrder,
}

/// Whether a function gives the same for the same arguments.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum FunctionVolatility {
    /// Always.
    Immutable,
    /// Within one statement, such as `now()`.
    Stable,
    /// Not at all, such as `random()`.
    Volatile,
}
