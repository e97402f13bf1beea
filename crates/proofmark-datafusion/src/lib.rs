//! Records a DataFusion run as a bundle of proofmark artifacts.

mod ast;
mod beside;
mod bundle;
mod cancel;
#[cfg(feature = "ballista")]
pub mod cluster;
#[cfg(not(feature = "ballista"))]
#[path = "no_cluster.rs"]
mod cluster;
mod cursors;
mod damage;
mod dataset;
#[cfg(feature = "delta")]
mod delta;
#[cfg(not(feature = "delta"))]
#[path = "no_delta.rs"]
mod delta;
mod engine;
mod error;
mod execute;
mod external;
mod git;
mod journal;
mod kind;
mod memo;
mod metrics;
mod observe;
mod operators;
mod outcome;
mod output;
mod parquet_file;
mod plan;
#[cfg(feature = "plan-bytes")]
mod plan_bytes;
#[cfg(not(feature = "plan-bytes"))]
#[path = "no_plan_bytes.rs"]
mod plan_bytes;
mod policy;
mod prepared;
mod program;
mod recorder;
mod repro;
mod run;
mod scan;
mod schema;
mod session;
mod settings;
mod sink;
mod snapshot;
mod statement;
#[cfg(feature = "substrait")]
mod substrait;
#[cfg(not(feature = "substrait"))]
#[path = "no_substrait.rs"]
mod substrait;
mod substrait_plan;
mod table;
mod task;
mod trace;

pub use ast::{AST_BYTES_MAX, AST_DEPTH_MAX};
pub use cancel::Cancel;
pub use cursors::Cursors;
#[cfg(feature = "delta")]
pub use delta::{DeltaPart, DeltaSink};
pub use engine::{ClusterAddress, Engine};
pub use error::{Error, ErrorKind, Position, Result};
pub use git::git_state;
pub use memo::{MEMO_BYTES_MAX, Memo};
pub use observe::memory::MEMORY_CONSUMERS_MAX;
pub use observe::steps::RULE_PLAN_NODES_MAX;
pub use outcome::StatementOutcome;
pub use parquet_file::ParquetFile;
pub use plan::{CUT_NAME, DETAIL_BYTES_MAX, PLAN_BYTES_MAX};
pub use program::Program;
pub use recorder::{Incremental, RUN_STACK_BYTES, Recorder, RunOptions, RunOutcome, Setting};
pub use repro::ENVIRONMENT_RECORDED;
pub use session::Session;
pub use settings::{PROFILE_DEFAULT, built_in_profile, setting_names};
pub use sink::{Claim, Collect, Discard, Landing, Observer, Progress, Sink, SinkOutput, StatementHead};
pub use statement::{Form, SQL_DEPTH_MAX, Statement, parse_statements};
pub use substrait_plan::{SUBSTRAIT_BYTES_MAX, SubstraitPlan};
pub use table::{TableFormat, TableSpec};

/// The engine, for callers that read batches and schemas.
pub use datafusion;
/// The records that a run leaves.
pub use proofmark_artifacts as artifacts;
pub use proofmark_artifacts::policy::StatementKind;
