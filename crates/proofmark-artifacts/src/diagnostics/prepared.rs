//! Prepared statements.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// A statement was prepared, executed or dropped.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "prepared_statement_event.v1")]
pub struct PreparedStatementEvent {
    /// When it happened. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The position in the run of the statement that did it.
    pub statement: u32,
    /// What was done.
    pub action: PreparedAction,
    /// Name of the prepared statement.
    #[field(min_len = 1)]
    pub name: String,
    /// The text that was prepared.
    #[field(absent = "this event prepares nothing")]
    pub sql: Maybe<String>,
    /// Its parameters, in order.
    #[field(default)]
    pub parameters: Vec<ParameterRecord>,
}

/// What was done with a prepared statement.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum PreparedAction {
    /// It was given a name.
    Prepare,
    /// It was run with values.
    Execute,
    /// Its name was dropped.
    Deallocate,
}

/// One parameter of a prepared statement.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ParameterRecord {
    /// Its name: `$1`, `$limit`.
    #[field(min_len = 1)]
    pub name: String,
    /// Its Arrow type.
    #[field(absent = "neither declared nor inferred")]
    pub data_type: Maybe<String>,
    /// The value it was executed with, as SQL text.
    #[field(absent = "this event executes nothing")]
    pub value: Maybe<String>,
}
