//! A run from its SQL text to its bundle.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use proofmark_artifacts::profile::RuntimeProfile;
use proofmark_artifacts::{Committed, ConfigEntry, FailureStage, RunId, RunStatus, RunStore, RunWriter};

use crate::bundle::{Record, save};
use crate::cancel::Cancel;
use crate::cursors::Cursors;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::memo::Memo;
use crate::outcome::StatementOutcome;
use crate::program::Program;
use crate::repro::Surroundings;
use crate::run::{Run, panicked};
use crate::settings::{PROFILE_DEFAULT, built_in_profile};
use crate::sink::{Observer, Sink};
use crate::table::TableSpec;

/// Stack of the threads that a run uses.
///
/// Plans are trees, and the engine walks them by recursion; 2 MiB, the default of worker threads, is
/// too little for a sum of a few hundred terms. The memory is reserved, and used only when needed.
pub const RUN_STACK_BYTES: usize = 64 << 20;

/// What to run with, and where to keep the record.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The directory of run bundles.
    pub runs: PathBuf,
    /// Where the statements run.
    pub engine: Engine,
    /// The engine's settings, and which statements may run.
    pub profile: Arc<RuntimeProfile>,
    /// Files to register as tables before the first statement.
    pub tables: Vec<TableSpec>,
    /// Single settings, applied after the profile.
    pub settings: Vec<Setting>,
    /// The file the SQL comes from, as a label.
    pub pipeline: Option<PathBuf>,
    /// The run whose work this one does once more.
    pub replay_of: Option<RunId>,
    /// Parameters to record.
    pub params: BTreeMap<String, String>,
    /// What runs of this process need not make twice.
    pub memo: Memo,
    /// Read the changes of Delta tables from their cursors on.
    pub incremental: Option<Incremental>,
}

/// How a run reads what changed since the last one.
///
/// For a Delta table that is registered as `orders`, the statements read `orders_changes`: the rows that were inserted,
/// updated and deleted after the cursor, with `_change_type`, `_commit_version` and `_commit_timestamp`.
#[derive(Clone, Debug)]
pub struct Incremental {
    /// Where the cursors are.
    pub cursors: Cursors,
    /// Whose position it is: each consumer has a cursor of its own per table.
    pub consumer: String,
}

/// One engine setting that somebody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The engine's name for it.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Where it was given: `command line`, `environment`, `file`.
    pub origin: String,
}

impl RunOptions {
    /// Default settings, no tables, and bundles in `runs`.
    pub fn new(runs: impl Into<PathBuf>) -> Self {
        Self {
            runs: runs.into(),
            engine: Engine::Local,
            profile: Arc::new(built_in_profile(PROFILE_DEFAULT).expect("the built-in profiles are whole")),
            tables: Vec::new(),
            settings: Vec::new(),
            pipeline: None,
            replay_of: None,
            params: BTreeMap::new(),
            memo: Memo::default(),
            incremental: None,
        }
    }

    /// The single settings as a record has them.
    pub(crate) fn config(&self) -> Vec<ConfigEntry> {
        let entry = |setting: &Setting| ConfigEntry {
            key: setting.key.clone(),
            value: Some(setting.value.clone()),
            origin: setting.origin.clone(),
        };
        self.settings.iter().map(entry).collect()
    }
}

/// How a run ended, and where its record is.
#[derive(Debug)]
pub struct RunOutcome {
    /// How it ended. A run whose work was done is never `Failed` because of its record.
    pub status: RunStatus,
    /// Where and why it failed.
    pub failure: Option<(FailureStage, Error)>,
    /// The statements that were started, in order.
    pub statements: Vec<StatementOutcome>,
    /// The bundle; `None` when it could not be written, and then a warning says why.
    pub bundle: Option<Committed>,
    /// What could not be recorded.
    pub warnings: Vec<String>,
}

/// Runs SQL and leaves a bundle of artifacts, whatever happens.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{Collect, Discard, Recorder, RunOptions};
/// # let runs = tempfile::tempdir()?;
///
/// let mut rows = Collect::default();
/// let outcome = Recorder::new(RunOptions::new(runs.path())).run("select 1 as one", &mut rows, &mut Discard);
///
/// assert_eq!(outcome.statements[0].rows, Some(1));
/// let bundle = outcome.bundle.expect("the record was written");
/// assert!(bundle.path.join("manifest.json").exists());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Recorder {
    options: RunOptions,
    cancel: Cancel,
}

impl Recorder {
    /// A recorder that has not started.
    pub fn new(options: RunOptions) -> Self {
        Self { options, cancel: Cancel::new() }
    }

    /// The token that stops the run.
    pub fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }

    /// Runs a program, such as a SQL text, to its end on threads of its own.
    pub fn run(
        self,
        program: impl Into<Program>,
        sink: &mut dyn Sink,
        observer: &mut dyn Observer,
    ) -> RunOutcome {
        let program = program.into();
        std::thread::scope(|scope| {
            let work = || match runtime() {
                Ok(runtime) => {
                    let outcome = runtime.block_on(self.run_here(&program, sink, observer));
                    // An operator that never yields outlives its cancellation; nobody waits for it.
                    runtime.shutdown_background();
                    outcome
                }
                Err(error) => RunOutcome::not_started(error),
            };
            let builder = std::thread::Builder::new().name("proofmark-run".to_owned());
            match builder.stack_size(RUN_STACK_BYTES).spawn_scoped(scope, work) {
                Ok(thread) => {
                    thread.join().unwrap_or_else(|panic| RunOutcome::not_started(panicked(&*panic)))
                }
                Err(error) => RunOutcome::not_started(Error::io("cannot start a thread", &error)),
            }
        })
    }

    /// Runs a program on the caller's runtime, which must be a multi-threaded one.
    ///
    /// The threads need [`RUN_STACK_BYTES`] of stack for generated SQL; [`Recorder::run`] sees to that.
    pub async fn run_here(
        self,
        program: &Program,
        sink: &mut dyn Sink,
        observer: &mut dyn Observer,
    ) -> RunOutcome {
        let mut warnings = Warnings { observer, texts: Vec::new() };
        let writer = warnings.begin(&self.options.runs);
        let surroundings = Surroundings::start();
        let (started_at, begin) = (Timestamp::now(), Instant::now());
        let mut run = Run::new(&self.options, &self.cancel, program);
        run.id = writer.as_ref().map(|writer| writer.id().as_str().to_owned());
        let failure = run.work(sink, warnings.observer).await.err();
        let elapsed = begin.elapsed();
        let status = status_of(failure.as_ref());
        run.take_warnings().into_iter().for_each(|text| warnings.warn(text));
        run.ended(status, elapsed, failure.as_ref()).await;
        let record = Record {
            started_at,
            elapsed,
            status,
            failure: failure.as_ref(),
            surroundings,
            options: &self.options,
            notes: warnings.texts.clone(),
        };
        let statements = run.take_outcomes();
        let bundle = writer.and_then(|writer| save(writer, record, run, &mut |text| warnings.warn(text)));
        let status = recorded_status(status, bundle.as_ref());
        RunOutcome { status, failure, statements, bundle, warnings: warnings.texts }
    }
}

impl RunOutcome {
    fn not_started(error: Error) -> Self {
        Self {
            status: RunStatus::Failed,
            failure: Some((FailureStage::Input, error)),
            statements: Vec::new(),
            bundle: None,
            warnings: Vec::new(),
        }
    }
}

/// What could not be recorded: told at once, and kept.
struct Warnings<'a> {
    observer: &'a mut dyn Observer,
    texts: Vec<String>,
}

impl Warnings<'_> {
    fn warn(&mut self, text: String) {
        self.observer.warning(&text);
        self.texts.push(text);
    }

    /// A bundle to write to; without one the run goes on all the same.
    fn begin(&mut self, runs: &std::path::Path) -> Option<RunWriter> {
        match RunStore::new(runs).begin() {
            Ok(writer) => Some(writer),
            Err(error) => {
                self.warn(format!("this run is not recorded: {error}"));
                None
            }
        }
    }
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("proofmark-worker")
        .thread_stack_size(RUN_STACK_BYTES)
        .build()
        .map_err(|error| Error::io("cannot start the runtime", &error))
}

fn status_of(failure: Option<&(FailureStage, Error)>) -> RunStatus {
    match failure {
        None => RunStatus::Ok,
        Some((_, error)) if error.kind() == ErrorKind::Cancelled => RunStatus::Cancelled,
        Some(_) => RunStatus::Failed,
    }
}

/// The status of a run whose record is written, or not.
fn recorded_status(status: RunStatus, bundle: Option<&Committed>) -> RunStatus {
    match (status, bundle) {
        (RunStatus::Ok, Some(bundle)) => bundle.index.summary.status,
        (RunStatus::Ok, None) => RunStatus::Incomplete,
        (status, _) => status,
    }
}
