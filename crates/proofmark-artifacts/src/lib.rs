//! Strict records of a data engine run, and the store that keeps them.
//!
//! The records are plain types that anybody can fill, with or without an engine: [`Manifest`], [`Repro`],
//! [`RuntimeProfileSnapshot`], [`AstArtifact`], [`PlanArtifact`], [`TelemetryArtifact`], [`DiagnosticsArtifact`] and
//! [`CdfCursor`]. [`RECORDS`] lists them all. [`RunStore`] keeps those of a run together in one directory,
//! [`CursorStore`] keeps positions, and [`fingerprint`] tells whether two runs did the same work.
//!
//! ```
//! use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
//! # let dir = tempfile::tempdir()?;
//!
//! let store = RunStore::new(dir.path());
//! let mut run = store.begin()?;
//! run.put(&CdfCursor::new("orders", 7))?;
//! run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()))?;
//!
//! let latest = store.bundle(&store.resolve("latest")?)?;
//! let cursor: CdfCursor = latest.read("cdf_cursor")?.decode()?;
//! assert_eq!(cursor.last_version, 7);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ast;
mod cache;
mod codec;
pub mod compare;
mod cursor;
pub mod diagnostics;
mod digest;
pub mod display;
mod envelope;
mod ext;
mod fingerprint;
mod manifest;
pub mod options;
mod plan;
pub mod policy;
pub mod profile;
pub mod proof;
mod redact;
mod registry;
mod repro;
mod store;
mod telemetry;
pub mod verify;

pub use ast::{AstArtifact, AstOmission, StatementAst};
pub use cache::{CacheFigures, RawCache};
pub use codec::{Codec, DEPTH_MAX};
pub use cursor::{CdfCursor, CursorReset};
pub use diagnostics::{DiagnosticEvent, DiagnosticsArtifact};
pub use digest::Digest;
pub use envelope::{Envelope, WRITER};
pub use ext::ArrowSchema;
pub use fingerprint::fingerprint;
pub use manifest::{
    ColumnRecord, DatasetKind, DatasetRecord, DeltaRecord, Failure, FailureStage, LineageEdge, Manifest,
    OutputRecord, PlannerRules, RunStatus, StatementRecord, SubstraitOrigin,
};
pub use plan::{
    Metric, OperatorMetrics, OperatorNode, PLAN_DEPTH_MAX, PartitionScheme, Partitioning, PlanArtifact,
    PlanNode, RowEstimate, StageOperator, StageRecord, StatementPlan,
};
pub use policy::SqlPolicy;
pub use profile::{
    CacheLimits, DeterminismTier, EngineRecord, FunctionRegistry, Profiles, ResolvedProfile, RuntimeProfile,
    RuntimeProfileSnapshot, ScanProfile, ScanSettings,
};
// The recorder fills these in, and should not have to name another crate for it.
pub use proofmark::{Maybe, Raw};
pub use redact::{Redaction, pack_redacted};
pub use registry::{Artifact, RECORDS, RecordType, record_type};
pub use repro::{ConfigEntry, GitRecord, HostRecord, PlatformRecord, Repro, ToolchainRecord};
pub use store::{
    ARCHIVE_BYTES_MAX, ARCHIVE_UNPACKED_BYTES_MAX, ARTIFACT_BYTES_MAX, ARTIFACTS_MAX, Bundle, BundleEntry,
    BundleIndex, CURSOR_BYTES_MAX, Committed, CursorStore, INDEX_BYTES_MAX, MissingArtifact, NAME_CHARS_MAX,
    OutdatedReason, OutdatedRun, PATH_PART_BYTES_MAX, Position, Retention, RunId, RunListing, RunStore,
    RunSummary, RunWriter, StoreError, StoreErrorKind, Stored, pack, path_part,
};
#[cfg(feature = "object-store")]
pub use store::{Bucket, LISTED_OBJECTS_MAX, RemoteBundle, RemoteCursorStore, RemoteRunStore};
pub use telemetry::{FileHint, PruneCount, ScanPruning, ScanTelemetry, TelemetryArtifact};
