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
    /// Statement, normalised SQL and its digest, of each syntax tree.
    pub(super) asts: Vec<(u32, String, Digest)>,
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

fn asts(bundle: &Bundle) -> Vec<(u32, String, Digest)> {
    let Ok(stored) = bundle.read(AstArtifact::NAME) else { return Vec::new() };
    let Ok(ast) = stored.decode::<AstArtifact<'_>>() else { return Vec::new() };
    let facts = ast.statements.into_iter();
    facts.map(|statement| (statement.statement, statement.normalized_sql, statement.policy_sha256)).collect()
}
