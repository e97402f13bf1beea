//! All that is recorded of a run, read once.

use proofmark::Decode;
use proofmark_artifacts::verify::{VerifyReport, verify_run};
use proofmark_artifacts::{
    Artifact, AstArtifact, AstOmission, Bundle, BundleEntry, BundleIndex, Codec, DiagnosticsArtifact,
    Manifest, PlanArtifact, Repro, RuntimeProfileSnapshot, StatementRecord, StoreError, Stored,
    TelemetryArtifact, record_type,
};

use crate::against::Against;
use crate::drift::Drift;
use crate::history::History;

/// A run as its artifacts tell it. What is missing, damaged or not read is missing here; [`Document`] says why.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
/// use proofmark_report::Recorded;
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let run = store.begin()?.commit(RunSummary::new(RunStatus::Failed, jiff::Timestamp::now()))?;
/// let recorded = Recorded::read(&store.bundle(&run.index.run_id)?);
/// assert_eq!(recorded.index.summary.status, RunStatus::Failed);
/// assert!(recorded.documents.is_empty() && !recorded.is_damaged());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Recorded {
    /// The index of the bundle.
    pub index: BundleIndex,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) plan: Option<PlanArtifact>,
    pub(crate) syntax: Option<Syntax>,
    pub(crate) profile: Option<RuntimeProfileSnapshot>,
    pub(crate) telemetry: Option<TelemetryArtifact>,
    pub(crate) diagnostics: Option<DiagnosticsArtifact>,
    pub(crate) repro: Option<Repro>,
    /// Every artifact of the bundle, in the order of the index.
    pub documents: Vec<Document>,
    pub(crate) history: History,
    pub(crate) against: Option<Against>,
    pub(crate) drift: Option<Drift>,
    pub(crate) verified: VerifyReport,
}

/// The statements of a run as the parser understood them; their trees are in the artifact.
pub(crate) struct Syntax {
    pub(crate) dialect: String,
    pub(crate) parser: String,
    pub(crate) statements: Vec<StatementSyntax>,
}

/// One statement as the parser understood it.
pub(crate) struct StatementSyntax {
    pub(crate) statement: u32,
    pub(crate) normalized_sql: String,
    pub(crate) normalized_sha256: String,
    pub(crate) omitted: Option<AstOmission>,
}

/// One artifact of the bundle, whatever its type.
pub struct Document {
    /// Its entry in the index.
    pub entry: BundleEntry,
    /// What became of it.
    pub state: DocumentState,
}

/// Whether an artifact could be read.
pub enum DocumentState {
    /// Its digest is the recorded one, and it is a record of its type; here as JSON.
    Verified(Vec<u8>),
    /// Its digest is the recorded one, but this program does not know its type.
    UnknownType,
    /// Its digest is the recorded one, but the type that this program has of it does not read it; why.
    Unread(String),
    /// It is not what was written; why.
    Damaged(String),
}

impl Recorded {
    /// Reads and verifies every artifact of a bundle.
    pub fn read(bundle: &Bundle) -> Self {
        let index = bundle.index().clone();
        let files: Vec<_> = index.artifacts.iter().map(|entry| (entry, bundle.read(&entry.name))).collect();
        let file = |name: &str| {
            files.iter().find(|(entry, _)| entry.name == name).and_then(|(_, stored)| stored.as_ref().ok())
        };
        Self {
            manifest: decoded(file("manifest")),
            plan: decoded(file("plan")),
            syntax: file("ast").and_then(syntax),
            profile: decoded(file("profile")),
            telemetry: decoded(file("telemetry")),
            diagnostics: decoded(file("diagnostics")),
            repro: decoded(file("repro")),
            documents: files.iter().map(|(entry, stored)| document(entry, stored.as_ref())).collect(),
            history: History::default(),
            against: None,
            drift: None,
            verified: verify_run(bundle),
            index,
        }
    }

    /// The same run beside others.
    #[must_use]
    pub fn with_history(self, history: History) -> Self {
        Self { history, ..self }
    }

    /// The same run against one other.
    #[must_use]
    pub fn with_against(self, against: Against) -> Self {
        Self { against: Some(against), ..self }
    }

    /// The same run with what is known of the drift of its types. To that belong the artifacts that were not read.
    #[must_use]
    pub fn with_drift(self, mut drift: Drift) -> Self {
        for (name, why) in self.unread() {
            if drift.unread.iter().all(|(known, _)| known != name) {
                drift.unread.push((name.to_owned(), why.to_owned()));
            }
        }
        Self { drift: Some(drift), ..self }
    }

    /// Artifacts that are what was written, and are not read; and why.
    pub fn unread(&self) -> impl Iterator<Item = (&str, &str)> {
        self.documents.iter().filter_map(|document| match &document.state {
            DocumentState::Unread(why) => Some((document.entry.name.as_str(), why.as_str())),
            _ => None,
        })
    }

    /// Whether an artifact of the bundle is not what was written.
    pub fn is_damaged(&self) -> bool {
        self.documents.iter().any(|document| matches!(document.state, DocumentState::Damaged(_)))
    }

    /// A statement, and where in the manifest it stands: other artifacts refer to it by the index it carries.
    pub(crate) fn statement(&self, index: u32) -> Option<(usize, &StatementRecord)> {
        let statements = &self.manifest.as_ref()?.statements;
        statements.iter().enumerate().find(|(_, statement)| statement.index == index)
    }
}

fn decoded<T: Artifact + for<'de> Decode<'de>>(stored: Option<&Stored>) -> Option<T> {
    stored?.decode().ok()
}

fn syntax(stored: &Stored) -> Option<Syntax> {
    let ast: AstArtifact<'_> = stored.decode().ok()?;
    let statements = ast.statements.into_iter().map(|it| StatementSyntax {
        statement: it.statement,
        normalized_sql: it.normalized_sql,
        normalized_sha256: it.normalized_sha256.to_string(),
        omitted: it.omitted.into_option(),
    });
    Some(Syntax { dialect: ast.dialect, parser: ast.parser, statements: statements.collect() })
}

fn document(entry: &BundleEntry, stored: Result<&Stored, &StoreError>) -> Document {
    let state = match stored {
        Err(error) => DocumentState::Damaged(error.to_string()),
        Ok(stored) => as_json(stored),
    };
    Document { entry: entry.clone(), state }
}

fn as_json(stored: &Stored) -> DocumentState {
    let entry = &stored.entry;
    let Some(row) = record_type(&format!("{}.v{}", entry.kind, entry.version)) else {
        return DocumentState::UnknownType;
    };
    match row.recode(&stored.bytes, entry.codec, Codec::Json) {
        Ok(json) => DocumentState::Verified(json),
        Err(error) => DocumentState::Unread(error.to_string()),
    }
}
