//! Strict records of a data engine run, and the store that keeps them.

mod ast;
mod cursor;
pub mod diagnostics;
mod digest;
mod ext;
mod interim;
mod manifest;
mod plan;
mod profile;
mod repro;
mod telemetry;

pub use ast::{AstArtifact, AstOmission, StatementAst};
pub use cursor::CdfCursor;
pub use diagnostics::{DiagnosticEvent, DiagnosticsArtifact};
pub use digest::Digest;
pub use ext::ArrowSchema;
pub use interim::{Maybe, Raw};
pub use manifest::{
    ColumnRecord, DatasetKind, DatasetRecord, DeltaRecord, Failure, FailureStage, LineageEdge, Manifest,
    OutputRecord, PlannerRules, RunStatus, StatementRecord,
};
pub use plan::{
    Metric, OperatorMetrics, OperatorNode, PartitionScheme, Partitioning, PlanArtifact, PlanNode,
    RowEstimate, StatementPlan,
};
pub use profile::{
    DeterminismTier, EngineRecord, FunctionRegistry, RuntimeProfileSnapshot, ScanProfile, SqlPolicy,
};
pub use repro::{ConfigEntry, GitRecord, HostRecord, PlatformRecord, Repro, ToolchainRecord};
pub use telemetry::{FileHint, PruneCount, ScanPruning, ScanTelemetry, TelemetryArtifact};
