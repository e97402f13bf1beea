//! One statement: planned, run, its rows streamed to the sink.

use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{SchemaRef, UInt64Type};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::{SessionState, TaskContext};
use datafusion::logical_expr::{DdlStatement, LogicalPlan};
use datafusion::physical_plan::ExecutionPlan;
use jiff::Timestamp;
use proofmark_artifacts::policy::{SqlPolicy, StatementKind};
use proofmark_artifacts::{FailureStage, RunStatus};
use tokio::sync::mpsc;

use crate::cancel::Cancel;
use crate::cluster::{Figures, Remote};
use crate::dataset::Datasets;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::external::{check_locations, in_its_table};
use crate::kind::counts_rows;
use crate::memo::Memo;
use crate::observe::functions::Functions;
use crate::operators::Operators;
use crate::outcome::StatementOutcome;
use crate::plan_bytes;
use crate::policy::{judge_plan, judge_text};
use crate::scan::Scans;
use crate::session::Session;
use crate::sink::{Observer, Progress, Sink, StatementHead};
use crate::statement::{Form, Statement};
use crate::substrait;
use crate::task::{finish, spawn};
use crate::trace::Trace;

/// Time between two calls of [`Observer::progress`].
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// Everything a statement needs to run.
pub(crate) struct Executor<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) engine: &'a Engine,
    pub(crate) policy: &'a SqlPolicy,
    pub(crate) cancel: &'a Cancel,
    pub(crate) sink: &'a mut dyn Sink,
    pub(crate) observer: &'a mut dyn Observer,
    pub(crate) datasets: &'a mut Datasets,
    pub(crate) memo: &'a Memo,
}

/// What a statement returned.
#[derive(Default)]
struct Rows {
    rows: Option<u64>,
    bytes: Option<u64>,
    schema: Option<SchemaRef>,
}

type Staged<T> = Result<T, (FailureStage, Error)>;

impl Executor<'_> {
    /// Runs one statement to its end, whatever the end is, and leaves what it saw in `trace`.
    pub(crate) async fn statement(
        &mut self,
        head: StatementHead<'_>,
        statement: &Statement,
        trace: &mut Trace,
    ) -> StatementOutcome {
        self.observer.started(&head);
        self.session.begin_statement();
        let begin = Instant::now();
        let mut found = Rows::default();
        let mut figures = Figures::default();
        let ended = self.run(head, statement, trace, &mut found, &mut figures).await;
        let memory_peak_bytes = self.session.statement_peak_bytes();
        trace.finish(&figures);
        trace.stages = figures.into_records();
        let outcome = StatementOutcome {
            status: status_of(&ended),
            rows: found.rows,
            bytes: found.bytes,
            schema: found.schema,
            elapsed: begin.elapsed(),
            memory_peak_bytes,
            failure: ended.err(),
        };
        self.observer.finished(&head, &outcome);
        outcome
    }

    async fn run(
        &mut self,
        head: StatementHead<'_>,
        statement: &Statement,
        trace: &mut Trace,
        found: &mut Rows,
        figures: &mut Figures,
    ) -> Staged<()> {
        let in_plan = |error: Error| (FailureStage::Plan, error.or_position(statement.position));
        judge_text(self.policy, statement).map_err(in_plan)?;
        check_locations(statement)
            .map_err(|error| (FailureStage::Input, error.or_position(statement.position)))?;
        let state = self.session.context().state();
        let logical = self.logical(&state, statement).await.map_err(in_plan)?;
        judge_plan(self.policy, statement, &logical, &state).map_err(in_plan)?;
        let does = Does::of(&logical);
        trace.optimized = does.input().and_then(|input| state.optimize(input).ok());
        trace.logical = Some(logical.clone());
        let context = self.session.context().clone();
        self.datasets.see_dropped(&state, &logical).await;
        let done = self.guard(context.execute_logical_plan(logical)).await;
        let frame = done.map_err(|error| match does {
            Does::Rows => in_plan(error),
            Does::Catalog { .. } => {
                (stage_of(statement.kind), in_its_table(error, statement).or_position(statement.position))
            }
        })?;
        let (state, plan) = frame.into_parts();
        if let (Does::Catalog { .. }, LogicalPlan::EmptyRelation(_)) = (&does, &plan) {
            return self.session.watch_memory().map_err(|error| (FailureStage::Execute, error));
        }
        let physical = self.physical(&head, &state, &plan, trace).await.map_err(in_plan)?;
        let remote = self.remote(&state, &plan).await.map_err(in_plan)?;
        let (executed, task) =
            remote.as_ref().map_or_else(|| (physical, state.task_ctx()), Remote::executable);
        let streamed = self.stream(head, executed, task, trace, found).await;
        if let Some(remote) = &remote {
            match remote.figures().await {
                Ok(found) => *figures = found,
                // A job whose figures cannot be had was run all the same.
                Err(error) => {
                    trace.notes.push(format!("statement {}: no figures of the cluster: {error}", head.index))
                }
            }
        }
        streamed.map_err(|(stage, error)| (stage, trace.blame(error).or_position(statement.position)))
    }

    async fn logical(&self, state: &SessionState, statement: &Statement) -> Result<LogicalPlan> {
        match &statement.form {
            Form::Sql(parsed) => self.guard(state.statement_to_plan(parsed.clone())).await,
            Form::Substrait(plan) => self.guard(substrait::logical(plan, state)).await,
        }
    }

    /// Plans afresh for each execution: the engine's operators run once.
    async fn physical(
        &mut self,
        head: &StatementHead<'_>,
        state: &SessionState,
        plan: &LogicalPlan,
        trace: &mut Trace,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        trace.logical = Some(plan.clone());
        let optimized = trace.rules.optimize(plan, state)?;
        trace.optimized = Some(optimized.clone());
        trace.functions = Functions::of(plan, state);
        let physical = self.guard(trace.rules.physical(&optimized, state)).await?;
        // Text and estimates are taken before the run: filters found while running change both.
        let operators = Operators::capture(&physical);
        (trace.substrait, trace.engine) =
            (plan_bytes::substrait(&optimized, state), plan_bytes::engine(&physical));
        let runtime = state.runtime_env();
        trace.scans = Some(Scans::capture(head.index as u32, &physical, operators.root(), runtime).await);
        trace.operators = Some(operators);
        trace.planned_at = Some(Timestamp::now());
        if head.index + 1 == head.count {
            // No other statement is planned while this could be done.
            trace.look = Some(trace.planned().look(self.memo));
        }
        self.datasets.see_plan(state, plan).await;
        self.datasets.see_plan(state, &optimized).await;
        Ok(physical)
    }

    /// The statement on the cluster, if that is where it runs.
    async fn remote(&self, state: &SessionState, plan: &LogicalPlan) -> Result<Option<Remote>> {
        match self.engine {
            Engine::Local => Ok(None),
            Engine::Ballista(address) => Ok(Some(Remote::plan(address, state, plan).await?)),
        }
    }

    async fn stream(
        &mut self,
        head: StatementHead<'_>,
        physical: Arc<dyn ExecutionPlan>,
        task: Arc<TaskContext>,
        trace: &Trace,
        found: &mut Rows,
    ) -> Staged<()> {
        let schema = physical.schema();
        found.schema = Some(schema.clone());
        (found.rows, found.bytes) = (Some(0), Some(0));
        self.sink.begin(&head, &schema).map_err(in_output)?;
        let (mut batches, task) = spawn(physical, task).map_err(in_execution)?;
        let received = self.receive(head, &mut batches, trace, found).await;
        drop(batches);
        let ended = finish(task, received.is_err()).await;
        received?;
        ended.map_err(in_execution)?;
        self.sink.end().map_err(in_output)
    }

    /// Hands batches to the sink until there are none, the sink fails, or the run is cancelled.
    async fn receive(
        &mut self,
        head: StatementHead<'_>,
        batches: &mut mpsc::Receiver<RecordBatch>,
        trace: &Trace,
        found: &mut Rows,
    ) -> Staged<()> {
        let begin = Instant::now();
        let mut ticks = tokio::time::interval_at((begin + PROGRESS_INTERVAL).into(), PROGRESS_INTERVAL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err((FailureStage::Execute, Error::cancelled())),
                _ = ticks.tick() => {
                    let (rows_scanned, rows_to_scan) =
                        trace.operators.as_ref().map_or((0, None), Operators::scanned);
                    let rows = found.rows.unwrap_or_default();
                    let progress = Progress { elapsed: begin.elapsed(), rows, rows_scanned, rows_to_scan };
                    self.observer.progress(&head, &progress);
                }
                batch = batches.recv() => {
                    let Some(batch) = batch else { return Ok(()) };
                    self.take(head.kind, &batch, found)?;
                }
            }
        }
    }

    fn take(&mut self, kind: StatementKind, batch: &RecordBatch, found: &mut Rows) -> Staged<()> {
        let rows = written_rows(kind, batch).unwrap_or(batch.num_rows() as u64);
        *found.rows.get_or_insert(0) += rows;
        *found.bytes.get_or_insert(0) += batch.get_array_memory_size() as u64;
        self.sink.batch(batch).map_err(in_output)
    }

    /// Waits for `work`, or for the cancellation of the run.
    async fn guard<T>(&self, work: impl Future<Output = datafusion::error::Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Error::cancelled()),
            done = work => Ok(done?),
        }
    }
}

/// What running a logical plan does.
enum Does {
    /// It returns rows.
    Rows,
    /// It changes the catalog or the session; a query it holds is optimised and run inside the engine.
    Catalog { input: Option<Arc<LogicalPlan>> },
}

impl Does {
    fn of(plan: &LogicalPlan) -> Self {
        use datafusion::logical_expr::Statement as Act;
        match plan {
            LogicalPlan::Ddl(DdlStatement::CreateMemoryTable(create)) => {
                Self::Catalog { input: Some(create.input.clone()) }
            }
            LogicalPlan::Statement(Act::Execute(_)) => Self::Rows,
            LogicalPlan::Ddl(_) | LogicalPlan::Statement(_) => Self::Catalog { input: None },
            _ => Self::Rows,
        }
    }

    fn input(&self) -> Option<&LogicalPlan> {
        match self {
            Self::Catalog { input } => input.as_deref(),
            Self::Rows => None,
        }
    }
}

/// Registering a table reads the pipeline's input; other catalog statements do their work when they run.
fn stage_of(kind: StatementKind) -> FailureStage {
    match kind {
        StatementKind::CreateExternalTable => FailureStage::Input,
        _ => FailureStage::Execute,
    }
}

fn in_output(error: Error) -> (FailureStage, Error) {
    (FailureStage::Output, error)
}

fn in_execution(error: Error) -> (FailureStage, Error) {
    (FailureStage::Execute, error)
}

fn status_of(ended: &Staged<()>) -> RunStatus {
    match ended {
        Ok(()) => RunStatus::Ok,
        Err((_, error)) if error.kind() == ErrorKind::Cancelled => RunStatus::Cancelled,
        Err(_) => RunStatus::Failed,
    }
}

/// The count that `INSERT`, `COPY` and the like return as their only row.
fn written_rows(kind: StatementKind, batch: &RecordBatch) -> Option<u64> {
    if !counts_rows(kind) || batch.num_columns() != 1 {
        return None;
    }
    let counts = batch.column(0).as_primitive_opt::<UInt64Type>()?;
    Some(counts.iter().flatten().sum())
}
