//! What happened during a run, as a list of typed events.

mod cache;
mod event;
mod explain;
mod feature;
mod function;
mod incremental;
pub mod intake;
mod memory;
mod object_store;
mod parse_error;
mod plan;
mod prepared;
mod pruning;
mod run;
mod schema_validation;

use proofmark::Record;

pub use cache::CacheStateEvent;
pub use explain::{ExplainEvent, ExplainOperator};
pub use feature::{FeatureState, FeatureStateEvent};
pub use function::{FunctionKind, FunctionVolatility, UdfValidationEvent};
pub use incremental::{ChangeCounts, IncrementalEvent};
pub use memory::{MemoryConsumer, MemoryEvent};
pub use object_store::ObjectStoreEvent;
pub use parse_error::ParseErrorEvent;
pub use plan::{PlanEvent, PlanPhase, RuleChange};
pub use prepared::{ParameterRecord, PreparedAction, PreparedStatementEvent};
pub use pruning::FilePruningEvent;
pub use run::{RunEvent, RunPhase};
pub use schema_validation::{
    ColumnChange, ColumnDifference, ColumnDrift, DriftLevel, ReadVerdict, SchemaValidationEvent,
};

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
    /// A plan was made.
    Plan(PlanEvent),
    /// A plan has run.
    Explain(ExplainEvent),
    /// A statement was prepared, executed or dropped.
    Prepared(PreparedStatementEvent),
    /// A text was not SQL.
    ParseError(ParseErrorEvent),
    /// A statement calls a function.
    UdfValidation(UdfValidationEvent),
    /// Files of a table were compared with its schema.
    SchemaValidation(SchemaValidationEvent),
    /// A scan skipped what it need not read.
    FilePruning(FilePruningEvent),
    /// A statement's operators reserved memory.
    Memory(MemoryEvent),
    /// A cache was looked at.
    CacheState(CacheStateEvent),
    /// An object store was used.
    ObjectStore(ObjectStoreEvent),
    /// A capability is on or off.
    FeatureState(FeatureStateEvent),
    /// Changes of a table were read from its cursor on.
    Incremental(IncrementalEvent),
}
