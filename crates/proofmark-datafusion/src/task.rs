//! A plan that runs on a task of its own, and its end.

use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::error::{Error, ErrorKind, Result};

/// How long a cancelled plan may take to stop before it is left to stop by itself.
const CANCEL_GRACE: Duration = Duration::from_secs(2);

/// Runs the plan on a task of its own, so that an operator that never yields cannot hold up a
/// cancellation. The channel holds one batch: a slow sink slows the query, it does not fill memory.
pub(crate) fn spawn(
    physical: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
) -> Result<(mpsc::Receiver<RecordBatch>, JoinHandle<Result<()>>)> {
    let mut stream = execute_stream(physical, context)?;
    let (sender, receiver) = mpsc::channel(1);
    let task = tokio::spawn(async move {
        while let Some(batch) = stream.next().await {
            if sender.send(batch?).await.is_err() {
                break;
            }
        }
        Ok(())
    });
    Ok((receiver, task))
}

/// Waits for the end of the task, or ends it.
pub(crate) async fn finish(mut task: JoinHandle<Result<()>>, abort: bool) -> Result<()> {
    if abort {
        task.abort();
        // What counts is that the run was stopped; a task that does not yield ends with the process.
        tokio::select! {
            _ = &mut task => {}
            () = grace() => {}
        }
        return Ok(());
    }
    task.await.unwrap_or_else(|error| {
        Err(Error::new(ErrorKind::Internal, format!("the engine stopped unexpectedly: {error}")))
    })
}

/// Waits for [`CANCEL_GRACE`] on a thread of its own: the runtime's clock stands still when no worker yields, and an
/// operator that does not is what a run is often cancelled for.
async fn grace() {
    let (over, is_over) = oneshot::channel::<()>();
    let wait = move || {
        std::thread::sleep(CANCEL_GRACE);
        drop(over);
    };
    // Without a thread the end of the channel comes at once, and the task is not waited for.
    let _ = std::thread::Builder::new().name("proofmark-grace".to_owned()).spawn(wait);
    let _ = is_over.await;
}
