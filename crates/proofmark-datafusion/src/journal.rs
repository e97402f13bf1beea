//! What is written down while a run goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::execution::SessionState;
use jiff::Timestamp;
use proofmark_artifacts::compare::PlanStep;
use proofmark_artifacts::diagnostics::{
    ExplainEvent, ExplainOperator, IncrementalEvent, MemoryEvent, ParseErrorEvent, RunEvent, RunPhase,
};
use proofmark_artifacts::{
    DiagnosticEvent, Failure, FailureStage, LineageEdge, Maybe, OperatorNode, OutputRecord, RunStatus,
    ScanTelemetry, StatementPlan, StatementRecord,
};

use crate::error::Error;
use crate::kind::returns_rows;
use crate::memo::Memo;
use crate::observe::look::Looks;
use crate::observe::{caches, features, pruning};
use crate::outcome::StatementOutcome;
use crate::output;
use crate::prepared::Prepared;
use crate::scan::Scans;
use crate::schema::fingerprint;
use crate::session::Session;
use crate::sink::{Landing, SinkOutput};
use crate::statement::{Form, Statement};
use crate::trace::Trace;

/// The run so far, in records.
#[derive(Default)]
pub(crate) struct Journal {
    pub(crate) events: Vec<DiagnosticEvent>,
    pub(crate) statements: Vec<StatementRecord>,
    plans: Vec<StatementPlan>,
    pub(crate) scans: Vec<ScanTelemetry>,
    pub(crate) outputs: Vec<OutputRecord>,
    pub(crate) lineage: Vec<LineageEdge>,
    /// Schema of the last query that ended well: the run's result.
    pub(crate) result_schema: Option<SchemaRef>,
    looks: Looks,
    prepared: Prepared,
    memo: Memo,
    /// Tables whose files have been judged.
    judged: BTreeSet<String>,
}

/// A statement that has ended, with everything that was seen of it.
pub(crate) struct Ended<'a> {
    pub(crate) index: u32,
    pub(crate) statement: &'a Statement,
    pub(crate) outcome: &'a StatementOutcome,
    pub(crate) trace: Trace,
    pub(crate) shown: Option<SinkOutput>,
    pub(crate) state: &'a SessionState,
    pub(crate) memory: MemoryEvent,
}

impl Journal {
    pub(crate) fn new(memo: Memo) -> Self {
        Self { memo, ..Self::default() }
    }

    /// Something happened to the run, or to one statement of it.
    pub(crate) fn event(&mut self, phase: RunPhase, statement: Option<u32>) {
        self.push(RunEvent {
            event_time: Maybe::Set(Timestamp::now()),
            phase,
            statement: maybe(statement),
            rows: Maybe::Unset,
            elapsed_ns: Maybe::Unset,
            message: Maybe::Unset,
        });
    }

    /// The run ended.
    pub(crate) fn run_ended(&mut self, status: RunStatus, elapsed: Duration, error: Option<&Error>) {
        self.push(RunEvent {
            event_time: Maybe::Set(Timestamp::now()),
            phase: phase_of(status),
            statement: Maybe::Unset,
            rows: Maybe::Unset,
            elapsed_ns: Maybe::Set(nanoseconds(elapsed)),
            message: maybe(error.map(ToString::to_string)),
        });
    }

    /// The text is not SQL.
    pub(crate) fn parse_error(&mut self, dialect: &str, sql: &str, error: &Error) {
        self.events.push(DiagnosticEvent::ParseError(ParseErrorEvent {
            event_time: Maybe::Set(Timestamp::now()),
            dialect: dialect.to_owned(),
            sql: sql.to_owned(),
            message: error.message().to_owned(),
            line: maybe(error.position().map(|position| position.line)),
            column: maybe(error.position().map(|position| position.column)),
        }));
    }

    /// The last result is where it belongs.
    pub(crate) fn landed(&mut self, landing: Landing) {
        if let (Landing::Delta(version), Some(output)) = (landing, self.outputs.last_mut()) {
            output.delta = Maybe::Set(version);
        }
    }

    /// Changes were read, and their cursors moved or not.
    pub(crate) fn increments(&mut self, events: Vec<IncrementalEvent>) {
        self.events.extend(events.into_iter().map(DiagnosticEvent::Incremental));
    }

    /// Begins to look at the plans of the last statement.
    pub(crate) fn look_at_last(&mut self) {
        self.looks.begin(&self.memo);
    }

    /// The plans of all statements, what each rule changed, and what could not be seen of them.
    pub(crate) fn take_plans(&mut self) -> (Vec<StatementPlan>, Vec<PlanStep>, Vec<Error>) {
        let (looks, errors) = self.looks.finish();
        let (mut plans, mut steps) = (std::mem::take(&mut self.plans), Vec::new());
        for (statement, look) in looks {
            if let Some(plan) = plans.iter_mut().find(|plan| plan.statement == statement) {
                (plan.logical, plan.optimized) = (maybe(look.logical), maybe(look.optimized));
                plan.optimized_sha256 = maybe(look.optimized_sha256);
            }
            steps.extend(look.steps.into_iter().map(|step| PlanStep { statement, ..step }));
        }
        (plans, steps, errors)
    }

    /// A statement ended, well or not.
    pub(crate) fn statement_ended(&mut self, ended: Ended<'_>) {
        let Ended { index, statement, outcome, mut trace, shown, state, memory } = ended;
        if let Some(event) = self.prepared.event(index, statement, trace.logical.as_ref()) {
            self.events.push(DiagnosticEvent::Prepared(event));
        }
        if let Some(planned_at) = trace.planned_at {
            self.push(planned(index, planned_at));
            self.events.push(DiagnosticEvent::Plan(trace.rules.event(index, planned_at)));
        }
        let functions = std::mem::take(&mut trace.functions).into_events(index);
        self.events.extend(functions.map(DiagnosticEvent::UdfValidation));
        if let Some(operators) = &trace.operators {
            self.events.push(DiagnosticEvent::Explain(explain(index, outcome, operators.root())));
        }
        self.push(statement_event(index, outcome));
        if outcome.status == RunStatus::Ok
            && let Some((output, edge)) = output::of(index, statement, outcome, &trace, shown, state)
        {
            self.outputs.push(output);
            self.lineage.push(edge);
        }
        if outcome.status == RunStatus::Ok && returns_rows(statement.kind) {
            self.result_schema = outcome.schema.clone();
        }
        self.statements.push(statement_record(index, statement, outcome, &trace));
        if let Some(plan) = statement_plan(index, &trace) {
            self.plans.push(plan);
        }
        self.events.push(DiagnosticEvent::Memory(memory));
        if let Some(scans) = trace.scans.take() {
            self.scanned(scans);
        }
        match trace.look.take() {
            Some(look) => self.looks.push(index, look),
            None => self.looks.keep(index, trace.planned()),
        }
    }

    /// The files of a table are judged once, when it is read first.
    fn scanned(&mut self, scans: Scans) {
        let (scans, schemas) = scans.into_parts();
        self.events.extend(pruning::events(&scans).into_iter().map(DiagnosticEvent::FilePruning));
        self.scans.extend(scans);
        for event in schemas {
            if self.judged.insert(event.dataset.clone()) {
                self.events.push(DiagnosticEvent::SchemaValidation(event));
            }
        }
    }

    /// What the session did besides its statements.
    pub(crate) fn session_ended(&mut self, session: &Session) {
        let state = session.context().state_ref();
        let state = state.read();
        let caches = caches::events(state.runtime_env());
        self.events.extend(caches.into_iter().map(DiagnosticEvent::CacheState));
        self.events.extend(session.stores().events().into_iter().map(DiagnosticEvent::ObjectStore));
        let features = features::events(state.config_options());
        self.events.extend(features.into_iter().map(DiagnosticEvent::FeatureState));
    }

    /// The trees of the statements have been made, or found.
    pub(crate) fn recorded(&mut self) {
        self.events.extend(self.memo.events().map(DiagnosticEvent::CacheState));
    }

    fn push(&mut self, event: RunEvent) {
        self.events.push(DiagnosticEvent::Run(event));
    }
}

/// The failure of a run or a statement as a record.
pub(crate) fn failure(stage: FailureStage, error: &Error) -> Failure {
    let message = match error.position() {
        Some(position) => format!("{} at {position}", error.message()),
        None => error.message().to_owned(),
    };
    Failure { stage, message, help: maybe(error.help().map(str::to_owned)) }
}

pub(crate) fn maybe<T>(value: Option<T>) -> Maybe<T> {
    value.map_or(Maybe::Unset, Maybe::Set)
}

pub(crate) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn phase_of(status: RunStatus) -> RunPhase {
    match status {
        RunStatus::Ok | RunStatus::Incomplete => RunPhase::Finished,
        RunStatus::Failed => RunPhase::Failed,
        RunStatus::Cancelled => RunPhase::Cancelled,
    }
}

fn planned(index: u32, at: Timestamp) -> RunEvent {
    RunEvent {
        event_time: Maybe::Set(at),
        phase: RunPhase::Planned,
        statement: Maybe::Set(index),
        rows: Maybe::Unset,
        elapsed_ns: Maybe::Unset,
        message: Maybe::Unset,
    }
}

fn statement_event(index: u32, outcome: &StatementOutcome) -> RunEvent {
    RunEvent {
        event_time: Maybe::Set(Timestamp::now()),
        phase: phase_of(outcome.status),
        statement: Maybe::Set(index),
        rows: maybe(outcome.rows.filter(|_| outcome.status == RunStatus::Ok)),
        elapsed_ns: Maybe::Set(nanoseconds(outcome.elapsed)),
        message: maybe(outcome.failure.as_ref().map(|(_, error)| error.to_string())),
    }
}

fn statement_record(
    index: u32,
    statement: &Statement,
    outcome: &StatementOutcome,
    trace: &Trace,
) -> StatementRecord {
    let ended_well = outcome.status == RunStatus::Ok;
    StatementRecord {
        index,
        step: maybe(statement.step.as_deref().map(str::to_owned)),
        kind: statement.kind.name().to_owned(),
        sql: statement.sql.clone(),
        substrait: match &statement.form {
            Form::Sql(_) => Maybe::Unset,
            Form::Substrait(plan) => Maybe::Set(plan.origin().clone()),
        },
        status: outcome.status,
        rows: maybe(outcome.rows.filter(|_| ended_well)),
        bytes: maybe(outcome.bytes.filter(|_| ended_well)),
        schema_fingerprint: maybe(outcome.schema.as_ref().map(|schema| fingerprint(schema))),
        elapsed_ns: Maybe::Set(nanoseconds(outcome.elapsed)),
        memory_bytes_max: Maybe::Set(outcome.memory_peak_bytes),
        spilled_bytes: maybe(trace.operators.as_ref().map(|operators| spilled(operators.root()))),
    }
}

/// Bytes that a plan wrote to disk for lack of memory.
fn spilled(node: &OperatorNode) -> u64 {
    let own = match &node.metrics {
        Maybe::Set(metrics) => match metrics.spilled_bytes {
            Maybe::Set(bytes) => bytes,
            Maybe::Unset => 0,
        },
        Maybe::Unset => 0,
    };
    own + node.children.iter().map(spilled).sum::<u64>()
}

/// What was planned, without what has to be looked at.
fn statement_plan(index: u32, trace: &Trace) -> Option<StatementPlan> {
    trace.logical.as_ref()?;
    Some(StatementPlan {
        statement: index,
        logical: Maybe::Unset,
        optimized: Maybe::Unset,
        physical: maybe(trace.operators.as_ref().map(|operators| operators.root().clone())),
        optimized_sha256: Maybe::Unset,
        substrait: maybe(trace.substrait.clone()),
        engine: maybe(trace.engine.clone()),
        stages: trace.stages.clone(),
    })
}

fn explain(index: u32, outcome: &StatementOutcome, root: &OperatorNode) -> ExplainEvent {
    let mut operators = Vec::new();
    flatten(root, 0, &mut operators);
    ExplainEvent {
        event_time: Maybe::Set(Timestamp::now()),
        statement: index,
        elapsed_ns: Maybe::Set(nanoseconds(outcome.elapsed)),
        operators,
    }
}

fn flatten(node: &OperatorNode, depth: u32, out: &mut Vec<ExplainOperator>) {
    let metrics = match &node.metrics {
        Maybe::Set(metrics) => metrics.clone(),
        Maybe::Unset => Default::default(),
    };
    let rows_estimated = match &node.rows_estimated {
        Maybe::Set(estimate) => Maybe::Set(estimate.rows),
        Maybe::Unset => Maybe::Unset,
    };
    out.push(ExplainOperator {
        index: node.index,
        depth,
        name: node.name.clone(),
        rows_estimated,
        rows_out: metrics.rows_out,
        bytes_out: metrics.bytes_out,
        elapsed_compute_ns: metrics.elapsed_compute_ns,
        spilled_bytes: metrics.spilled_bytes,
    });
    for child in &node.children {
        flatten(child, depth + 1, out);
    }
}
