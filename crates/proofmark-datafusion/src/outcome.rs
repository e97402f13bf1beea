//! How one statement of a run ended.

use std::time::Duration;

use datafusion::arrow::datatypes::SchemaRef;
use proofmark_artifacts::{FailureStage, RunStatus};

use crate::error::Error;

/// How one statement ended, and what it cost.
#[derive(Clone, Debug)]
pub struct StatementOutcome {
    /// How it ended.
    pub status: RunStatus,
    /// Rows of the result; for `INSERT` and `COPY`, rows written.
    pub rows: Option<u64>,
    /// Bytes of the result in memory.
    pub bytes: Option<u64>,
    /// The result's schema.
    pub schema: Option<SchemaRef>,
    /// Wall time.
    pub elapsed: Duration,
    /// The most bytes that operators had reserved at once.
    pub memory_peak_bytes: u64,
    /// Where and why it failed.
    pub failure: Option<(FailureStage, Error)>,
}

impl StatementOutcome {
    pub(crate) fn panicked(error: Error) -> Self {
        Self {
            status: RunStatus::Failed,
            rows: None,
            bytes: None,
            schema: None,
            elapsed: Duration::ZERO,
            memory_peak_bytes: 0,
            failure: Some((FailureStage::Execute, error)),
        }
    }
}
