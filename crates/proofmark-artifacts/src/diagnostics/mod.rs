//! What happened during a run, as a list of typed events.

mod explain;
mod parse_error;
mod prepared;
mod run;

use proofmark::Record;

pub use explain::{ExplainEvent, ExplainOperator};
pub use parse_error::ParseErrorEvent;
pub use prepared::{ParameterRecord, PreparedAction, PreparedStatementEvent};
pub use run::{RunEvent, RunPhase};

/// The events of a run.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "diagnostics.v1")]
pub struct DiagnosticsArtifact {
    /// The events, in the order in which they happened.
    pub events: Vec<DiagnosticEvent>,
}

/// One event; its type is in its tag.
#[derive(Record, Clone, Debug, PartialEq)]
pub enum DiagnosticEvent {
    /// The run or a statement began or ended.
    Run(RunEvent),
    /// A plan was made or has run.
    Explain(ExplainEvent),
    /// A statement was prepared, executed or dropped.
    Prepared(PreparedStatementEvent),
    /// A text was not SQL.
    ParseError(ParseErrorEvent),
}
