//! The records of a run that refer to each other.

use proofmark::Decode;

use crate::registry::Artifact;
use crate::{
    AstArtifact, Bundle, DiagnosticsArtifact, Digest, Manifest, PlanArtifact, Repro, RuntimeProfileSnapshot,
    TelemetryArtifact,
};

/// What could be read of a run. What could not is told by other checks.
pub(super) struct Records {
    pub(super) manifest: Option<Manifest>,
    pub(super) repro: Option<Repro>,
    pub(super) profile: Option<RuntimeProfileSnapshot>,
    pub(super) plan: Option<PlanArtifact>,
    pub(super) telemetry: Option<TelemetryArtifact>,
    pub(super) diagnostics: Option<DiagnosticsArtifact>,
    pub(super) asts: Vec<Syntax>,
}

/// What the syntax artifact holds of a statement, but for the tree.
pub(super) struct Syntax {
    pub(super) statement: u32,
    pub(super) normalized_sql: String,
    pub(super) normalized_sha256: Digest,
    /// Digest of the plan that was given in place of SQL.
    pub(super) plan_sha256: Option<Digest>,
}

impl Records {
    pub(super) fn read(bundle: &Bundle) -> Self {
        Self {
            manifest: record(bundle),
            repro: record(bundle),
            profile: record(bundle),
            plan: record(bundle),
            telemetry: record(bundle),
            diagnostics: record(bundle),
            asts: asts(bundle),
        }
    }
}

fn record<T: Artifact + for<'de> Decode<'de>>(bundle: &Bundle) -> Option<T> {
    bundle.read(T::NAME).ok()?.decode().ok()
}

fn asts(bundle: &Bundle) -> Vec<Syntax> {
    let Ok(stored) = bundle.read(AstArtifact::NAME) else { return Vec::new() };
    let Ok(ast) = stored.decode::<AstArtifact<'_>>() else { return Vec::new() };
    let facts = ast.statements.into_iter().map(|statement| Syntax {
        statement: statement.statement,
        normalized_sql: statement.normalized_sql,
        normalized_sha256: statement.normalized_sha256,
        plan_sha256: statement.substrait.into_option().map(|plan| Digest::of(&plan)),
    });
    facts.collect()
}
