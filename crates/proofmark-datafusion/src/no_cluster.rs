//! What a build without Ballista says of clusters.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::execution::{SessionState, TaskContext};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::metrics::MetricsSet;
use proofmark_artifacts::{OperatorNode, StageRecord};

use crate::engine::ClusterAddress;
use crate::error::{Error, ErrorKind, Result};

/// No statement runs on a cluster.
pub(crate) enum Remote {}

impl Remote {
    #[expect(clippy::unused_async, reason = "the twin waits for the cluster")]
    pub(crate) async fn plan(_: &ClusterAddress, _: &SessionState, _: &LogicalPlan) -> Result<Self> {
        Err(Error::new(ErrorKind::Unsupported, "this build does not run on clusters")
            .with_help("build with `--features ballista`"))
    }

    pub(crate) fn executable(&self) -> (Arc<dyn ExecutionPlan>, Arc<TaskContext>) {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "the twin waits for the cluster")]
    pub(crate) async fn figures(&self) -> Result<Figures> {
        match *self {}
    }
}

/// Nothing was counted elsewhere.
#[derive(Default)]
pub(crate) struct Figures(());

impl Figures {
    pub(crate) fn paired(&self, _: &OperatorNode) -> BTreeMap<u32, MetricsSet> {
        BTreeMap::new()
    }

    pub(crate) fn into_records(self) -> Vec<StageRecord> {
        Vec::new()
    }
}
