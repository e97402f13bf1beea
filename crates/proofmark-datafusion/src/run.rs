//! The statements of a run, one after the other.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use proofmark_artifacts::diagnostics::RunPhase;
use proofmark_artifacts::policy::StatementKind;
use proofmark_artifacts::{AstArtifact, Digest, FailureStage, FunctionRegistry, RunStatus};

use crate::beside::Beside;
use crate::cancel::Cancel;
use crate::dataset::Datasets;
use crate::delta::Increments;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::Executor;
use crate::journal::{Ended, Journal};
use crate::outcome::StatementOutcome;
use crate::program::Program;
use crate::recorder::RunOptions;
use crate::session::Session;
use crate::sink::{Observer, Sink, StatementHead};
use crate::statement::Statement;
use crate::table::{register, without_statistics};
use crate::trace::Trace;
use crate::{ast, snapshot};

/// A run in progress: what it needs, and what has been seen of it.
pub(crate) struct Run<'a> {
    options: &'a RunOptions,
    cancel: &'a Cancel,
    pub(crate) program: &'a Program,
    pub(crate) session: Option<Session>,
    pub(crate) dialect: String,
    pub(crate) statements: Arc<[Statement]>,
    /// The syntax of the statements, in the making.
    syntax: Option<Beside<AstArtifact<'static>>>,
    /// The functions of the session as it began, in the making.
    functions: Option<Beside<FunctionRegistry>>,
    pub(crate) journal: Journal,
    pub(crate) datasets: Datasets,
    /// Id of the run, if it is recorded.
    pub(crate) id: Option<String>,
    increments: Increments,
    outcomes: Vec<StatementOutcome>,
    warnings: Vec<String>,
}

type Staged<T> = Result<T, (FailureStage, Error)>;

impl<'a> Run<'a> {
    pub(crate) fn new(options: &'a RunOptions, cancel: &'a Cancel, program: &'a Program) -> Self {
        Self {
            options,
            cancel,
            program,
            session: None,
            dialect: "generic".to_owned(),
            statements: Arc::new([]),
            syntax: None,
            functions: None,
            journal: Journal::new(options.memo.clone()),
            datasets: Datasets::default(),
            id: None,
            increments: Increments::default(),
            outcomes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Opens the session, reads the text, runs its statements; stops at the first failure.
    pub(crate) async fn work(&mut self, sink: &mut dyn Sink, observer: &mut dyn Observer) -> Staged<()> {
        self.journal.event(RunPhase::Started, None);
        self.open().await.map_err(|error| (FailureStage::Input, error))?;
        let parsed = self.program.statements(&self.dialect);
        let parsed = parsed.map_err(|error| {
            self.journal.parse_error(&self.dialect, self.program.sql(), &error);
            (FailureStage::Parse, error)
        })?;
        self.statements = parsed.into();
        self.syntax = Some(self.begin_syntax());
        self.begin_increments(sink).await.map_err(|error| (FailureStage::Input, error))?;
        for index in 0..self.statements.len() {
            self.statement(index, sink, observer).await?;
        }
        self.land(sink).await.map_err(|error| (FailureStage::Output, error))
    }

    async fn begin_increments(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let (Some(session), Some(options)) = (&self.session, &self.options.incremental) else {
            return Ok(());
        };
        let tables = &self.options.tables;
        self.increments = Increments::begin(session, options, tables, &self.statements, sink).await?;
        Ok(())
    }

    /// Publishes the result, and after it moves the cursors.
    ///
    /// Without changes there is nothing to publish: a result that says so would land again with each run.
    async fn land(&mut self, sink: &mut dyn Sink) -> Result<()> {
        let claims = self.increments.claims();
        if self.options.incremental.is_none() || !claims.is_empty() {
            let landing = sink.commit(&claims)?;
            self.journal.landed(landing);
        }
        if let Err(error) = self.increments.advance(self.id.as_deref()).await {
            self.warnings.push(format!("the result is in its place, and the cursor was not moved: {error}"));
        }
        Ok(())
    }

    async fn open(&mut self) -> Result<()> {
        let session = self.session.insert(Session::new(self.options.profile.clone())?);
        for setting in &self.options.settings {
            let refused = |error: Error| error.during(format_args!("cannot set `{}`", setting.key));
            session.set(&setting.key, &setting.value).map_err(refused)?;
        }
        self.dialect = dialect_of(session);
        let state = Arc::new(without_statistics(session.context().state()));
        let theirs = state.clone();
        self.functions = Some(Beside::begin(move || snapshot::functions(&theirs)));
        for table in &self.options.tables {
            register(session.context(), &state, table).await?;
        }
        Ok(())
    }

    async fn statement(
        &mut self,
        index: usize,
        sink: &mut dyn Sink,
        observer: &mut dyn Observer,
    ) -> Staged<()> {
        let Some(session) = &mut self.session else { return Ok(()) };
        if self.cancel.is_cancelled() {
            return Err((FailureStage::Execute, Error::cancelled()));
        }
        self.journal.look_at_last();
        self.journal.event(RunPhase::Started, Some(index as u32));
        let statement = &self.statements[index];
        let head = StatementHead::new(index, self.statements.len(), statement);
        let mut trace = Trace::default();
        let RunOptions { engine, profile, memo, .. } = self.options;
        let policy = &profile.sql_policy;
        let datasets = &mut self.datasets;
        let mut executor =
            Executor { session, engine, policy, cancel: self.cancel, sink, observer, datasets, memo };
        // A panic of the engine is a failed statement, and leaves a record like any other.
        let work = AssertUnwindSafe(executor.statement(head, statement, &mut trace)).catch_unwind();
        let outcome = work.await.unwrap_or_else(|panic| StatementOutcome::panicked(panicked(&*panic)));
        let shown = sink.output();
        self.warnings.append(&mut trace.notes);
        let memory = session.consumers().event(index as u32, &outcome);
        let state = session.context().state_ref();
        let state = state.read();
        let ended =
            Ended { index: index as u32, statement, outcome: &outcome, trace, shown, state: &state, memory };
        self.journal.statement_ended(ended);
        self.outcomes.push(outcome.clone());
        outcome.failure.map_or(Ok(()), Err)
    }

    /// Notes the end, and looks at the tables that no statement has read.
    pub(crate) async fn ended(
        &mut self,
        status: RunStatus,
        elapsed: Duration,
        failure: Option<&(FailureStage, Error)>,
    ) {
        self.journal.look_at_last();
        self.journal.run_ended(status, elapsed, failure.map(|(_, error)| error));
        self.journal.increments(std::mem::take(&mut self.increments).into_events());
        if let Some(session) = &self.session {
            self.datasets.see_all(&without_statistics(session.context().state())).await;
            self.journal.session_ended(session);
        }
    }

    /// The syntax of the statements; of none where the text could not be read.
    ///
    /// # Errors
    /// Fails when it could not be made.
    pub(crate) fn take_syntax(&mut self) -> Result<AstArtifact<'static>> {
        self.syntax.take().unwrap_or_else(|| self.begin_syntax()).finish()
    }

    fn begin_syntax(&self) -> Beside<AstArtifact<'static>> {
        let policy = self.options.profile.sql_policy.sha256().unwrap_or_else(|_| Digest::of(b""));
        ast::begin(&self.dialect, self.statements.clone(), policy, &self.options.memo)
    }

    /// The functions of the session: those that it began with, unless a statement changed them.
    pub(crate) fn take_functions(&mut self, session: &Session) -> FunctionRegistry {
        let changes = |kind| matches!(kind, StatementKind::CreateFunction | StatementKind::DropFunction);
        let are_known = !self.statements.iter().any(|statement| changes(statement.kind));
        let known = self.functions.take().filter(|_| are_known).and_then(|functions| functions.finish().ok());
        known.unwrap_or_else(|| snapshot::functions(&session.context().state()))
    }

    /// What went wrong after the work was done.
    pub(crate) fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }

    pub(crate) fn take_outcomes(&mut self) -> Vec<StatementOutcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// Where the statements run.
    pub(crate) fn engine(&self) -> &Engine {
        &self.options.engine
    }
}

fn dialect_of(session: &Session) -> String {
    session.context().state_ref().read().config_options().sql_parser.dialect.to_string()
}

/// A panic as an error.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    let text = text.unwrap_or_else(|| "no message".to_owned());
    Error::new(ErrorKind::Internal, format!("the engine stopped unexpectedly: {text}"))
}
