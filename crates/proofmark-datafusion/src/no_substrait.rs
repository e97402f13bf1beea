//! What a build without Substrait says of its plans.

use datafusion::error::{DataFusionError, Result as EngineResult};
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;

use crate::error::{Error, ErrorKind, Result};
use crate::substrait_plan::{Header, SubstraitPlan};

const WHAT: &str = "this is a Substrait plan, and this build does not read them";

pub(crate) fn read(_: &[u8]) -> Result<Header> {
    Err(Error::new(ErrorKind::Unsupported, WHAT)
        .with_help("build with `--features substrait`, which needs protoc"))
}

#[expect(clippy::unused_async, reason = "the twin waits for the tables")]
pub(crate) async fn logical(_: &SubstraitPlan, _: &SessionState) -> EngineResult<LogicalPlan> {
    Err(DataFusionError::NotImplemented(WHAT.to_owned()))
}
