//! The same runs on a Ballista cluster.
//!
//! A statement is planned here as if it ran here, and that plan is the one that is recorded; then its logical plan goes
//! to the cluster, which cuts it into stages of its own. What the stages counted comes back to the operators they stand
//! for. So the record of a run does not depend on where it ran, but for what is volatile.

mod figures;
mod serve;

use std::sync::Arc;

use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::extension::{SessionConfigExt, SessionStateExt};
use ballista_core::serde::protobuf::GetJobMetricsParams;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use datafusion::execution::{SessionState, TaskContext};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::protobuf::LogicalPlanNode;

use crate::engine::ClusterAddress;
use crate::error::{Error, ErrorKind, Result};

pub(crate) use figures::Figures;
pub use serve::{ExecutorOptions, SchedulerOptions, executor, scheduler};

/// A statement that runs on a cluster.
pub(crate) struct Remote {
    url: String,
    plan: Arc<dyn ExecutionPlan>,
    task: Arc<TaskContext>,
}

impl Remote {
    /// Hands `plan` to the cluster at `address`; nothing runs yet.
    pub(crate) async fn plan(
        address: &ClusterAddress,
        state: &SessionState,
        plan: &LogicalPlan,
    ) -> Result<Self> {
        let url = address.http();
        let mut state = state.clone().upgrade_for_ballista(url.clone())?;
        // The planner that adapts while a job runs leaves the tasks of a lost executor lying; the one before does not.
        let config = state.config().clone().with_ballista_adaptive_query_planner(false);
        *state.config_mut() = config;
        let plan = state.create_physical_plan(plan).await?;
        Ok(Self { url, plan, task: state.task_ctx() })
    }

    pub(crate) fn executable(&self) -> (Arc<dyn ExecutionPlan>, Arc<TaskContext>) {
        (self.plan.clone(), self.task.clone())
    }

    /// What the stages of the job counted.
    ///
    /// # Errors
    /// Fails when the scheduler is gone or has forgotten the job.
    pub(crate) async fn figures(&self) -> Result<Figures> {
        let query = self.plan.downcast_ref::<DistributedQueryExec<LogicalPlanNode>>();
        let Some(job) = query.and_then(DistributedQueryExec::job_id) else {
            // A plan of constants, which the client answers itself.
            return Ok(Figures::default());
        };
        let unreachable = |error: String| {
            Error::new(ErrorKind::Io, format!("the scheduler at {} does not answer: {error}", self.url))
        };
        let client = SchedulerGrpcClient::connect(self.url.clone()).await;
        let mut client = client
            .map_err(|error| unreachable(error.to_string()))?
            .max_decoding_message_size(FIGURES_BYTES_MAX);
        let answer = client.get_job_metrics(GetJobMetricsParams { job_id: job.to_string() }).await;
        let stages = answer.map_err(|status| unreachable(status.message().to_owned()))?.into_inner().stages;
        Ok(Figures::of(stages))
    }
}

/// The largest answer that is taken from a scheduler: some thousand operators with a figure per partition each.
const FIGURES_BYTES_MAX: usize = 64 << 20;
