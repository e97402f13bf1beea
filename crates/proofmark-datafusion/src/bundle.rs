//! What was seen of a run, written as artifacts.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use jiff::Timestamp;
use proofmark_artifacts::compare::PlanDiff;
use proofmark_artifacts::{
    Artifact, AstArtifact, Committed, DiagnosticsArtifact, FailureStage, Manifest, Maybe, PlanArtifact,
    PlannerRules, RunStatus, RunSummary, RunWriter, TelemetryArtifact,
};

use crate::error::Error;
use crate::journal::{Journal, failure, maybe, nanoseconds};
use crate::recorder::RunOptions;
use crate::repro::Surroundings;
use crate::run::{Run, panicked};
use crate::session::Session;
use crate::snapshot;

/// Characters of the first statement that stand for a run without a file.
const TITLE_CHARS_MAX: usize = 80;

/// How a run went, as a whole.
pub(crate) struct Record<'a> {
    pub(crate) started_at: Timestamp,
    pub(crate) elapsed: Duration,
    pub(crate) status: RunStatus,
    pub(crate) failure: Option<&'a (FailureStage, Error)>,
    pub(crate) surroundings: Surroundings,
    pub(crate) options: &'a RunOptions,
    /// What is known to be missing, and was warned about.
    pub(crate) notes: Vec<String>,
}

/// Writes the bundle. What cannot be written is warned about and left out; nothing here fails the run.
pub(crate) fn save(
    writer: RunWriter,
    record: Record<'_>,
    run: Run<'_>,
    warn: &mut dyn FnMut(String),
) -> Option<Committed> {
    let mut notes = record.notes.clone();
    let told = notes.len();
    let written = catch_unwind(AssertUnwindSafe(|| write(writer, record, run, &mut notes)));
    let committed = written.unwrap_or_else(|panic| Err(panicked(&*panic).to_string()));
    for note in notes.drain(told..) {
        warn(note);
    }
    committed.map_err(|error| warn(format!("this run is not recorded: {error}"))).ok()
}

fn write(
    mut writer: RunWriter,
    record: Record<'_>,
    run: Run<'_>,
    notes: &mut Vec<String>,
) -> Result<Committed, String> {
    let mut summary = RunSummary {
        status: record.status,
        started_at: record.started_at,
        elapsed_ns: Maybe::Set(nanoseconds(record.elapsed)),
        title: title(record.options, run.program.sql()),
        engine: format!("datafusion {}", datafusion::DATAFUSION_VERSION),
        replay_of: record.options.replay_of.clone().into(),
    };
    let mut parts = Parts { writer: &mut writer, notes, told: 0 };
    let manifest = parts.put_all(record, run);
    summary.status = manifest.status;
    parts.begin(|| manifest);
    parts.tell_unwritten();
    writer.commit(summary).map_err(|error| error.to_string())
}

struct Parts<'a> {
    writer: &'a mut RunWriter,
    notes: &'a mut Vec<String>,
    /// How many artifacts that are missing were told of.
    told: usize,
}

impl Parts<'_> {
    /// Begins an artifact, which is made and written while the others are.
    fn begin<T: Artifact>(&mut self, make: impl FnOnce() -> T + Send + 'static) {
        if let Err(error) = self.writer.put_made(make) {
            self.notes.push(not_recorded(T::NAME, &error));
        }
    }

    /// Waits until what was begun is written, and notes what is not.
    fn tell_unwritten(&mut self) {
        let missing = self.writer.unwritten();
        let new = missing[self.told..].iter().map(|missing| not_recorded(&missing.name, &missing.reason));
        self.notes.extend(new);
        self.told = missing.len();
    }

    fn begin_profile(&mut self, run: &mut Run<'_>, session: Session) {
        let (functions, engine) = (run.take_functions(&session), run.engine().clone());
        let result = run.journal.result_schema.take();
        self.begin(move || snapshot::profile(&session, &engine, functions, result.as_deref()));
    }

    fn begin_plans(&mut self, journal: &mut Journal) {
        let (statements, steps, errors) = journal.take_plans();
        let told = |error| format!("what was planned is not recorded whole: {error}");
        self.notes.extend(errors.into_iter().map(told));
        self.begin(|| PlanArtifact { statements });
        self.begin(|| PlanDiff { steps });
    }

    /// Writes every artifact but the manifest, which is made last: it says what is missing.
    fn put_all(&mut self, record: Record<'_>, mut run: Run<'_>) -> Manifest {
        // The largest first: its digests are made while the others are written.
        self.begin_plans(&mut run.journal);
        let mut rules = PlannerRules::default();
        if let Some(session) = run.session.take() {
            rules = snapshot::rules(&session);
            self.begin_profile(&mut run, session);
        }
        match run.take_syntax() {
            Ok(artifact) => self.begin(|| artifact),
            Err(error) => self.writer.missing(AstArtifact::NAME, &error.to_string()),
        }
        let mut journal = run.journal;
        journal.recorded();
        self.begin(|| TelemetryArtifact { scans: journal.scans });
        self.begin(|| DiagnosticsArtifact { events: journal.events });
        let repro = record.surroundings.finish(record.options.config(), &record.options.tables);
        let theirs = repro.clone();
        self.begin(|| theirs);
        self.tell_unwritten();
        let status = if self.notes.is_empty() || record.status != RunStatus::Ok {
            record.status
        } else {
            RunStatus::Incomplete
        };
        let ended = record.started_at.checked_add(record.elapsed).ok();
        Manifest {
            run_id: self.writer.id().as_str().to_owned(),
            status,
            failure: maybe(record.failure.map(|(stage, error)| failure(*stage, error))),
            started_at: record.started_at,
            finished_at: maybe(ended),
            elapsed_ns: Maybe::Set(nanoseconds(record.elapsed)),
            pipeline: maybe(record.options.pipeline.as_ref().map(|path| path.to_string_lossy().into_owned())),
            replay_of: record.options.replay_of.clone().into(),
            statements: journal.statements,
            datasets: run.datasets.into_records(),
            outputs: journal.outputs,
            rules,
            lineage: journal.lineage,
            params: record.options.params.clone(),
            notes: self.notes.clone(),
            repro,
        }
    }
}

fn not_recorded(name: &str, reason: &impl fmt::Display) -> String {
    format!("`{name}` is not recorded: {reason}")
}

/// The pipeline's file name, or how its first statement begins.
fn title(options: &RunOptions, sql: &str) -> String {
    if let Some(name) = options.pipeline.as_ref().and_then(|path| path.file_name()) {
        return name.to_string_lossy().into_owned();
    }
    let words: Vec<_> = sql.split_whitespace().collect();
    words.join(" ").chars().take(TITLE_CHARS_MAX).collect()
}
