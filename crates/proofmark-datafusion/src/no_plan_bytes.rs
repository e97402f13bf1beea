//! What a build without protobuf forms of plans keeps of them: nothing.

use std::sync::Arc;

use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;

pub(crate) fn substrait(_: &LogicalPlan, _: &SessionState) -> Option<Vec<u8>> {
    None
}

pub(crate) fn engine(_: &Arc<dyn ExecutionPlan>) -> Option<Vec<u8>> {
    None
}
