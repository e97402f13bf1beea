//! Records a DataFusion run as a bundle of proofmark artifacts.

mod ast;
mod bundle;
mod cancel;
mod damage;
mod dataset;
mod error;
mod execute;
mod git;
mod journal;
mod metrics;
mod operators;
mod output;
mod parquet_file;
mod plan;
mod prepared;
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
mod table;

pub use ast::{AST_BYTES_MAX, AST_DEPTH_MAX};
pub use cancel::Cancel;
pub use error::{Error, ErrorKind, Position, Result};
pub use execute::StatementOutcome;
pub use git::git_state;
pub use parquet_file::ParquetFile;
pub use plan::{CUT_NAME, DETAIL_BYTES_MAX};
pub use recorder::{RUN_STACK_BYTES, Recorder, RunOptions, RunOutcome, Setting};
pub use repro::ENVIRONMENT_RECORDED;
pub use session::Session;
pub use settings::{Determinism, Profile};
pub use sink::{Collect, Discard, Observer, Progress, Sink, SinkOutput, StatementHead};
pub use statement::{SQL_DEPTH_MAX, Statement, StatementKind, parse_statements};
pub use table::{TableFormat, TableSpec};

/// The engine, for callers that read batches and schemas.
pub use datafusion;
/// The records that a run leaves.
pub use proofmark_artifacts as artifacts;
