//! Another run, which a report sets its own against.

use proofmark::Decode;
use proofmark_artifacts::compare::{CompareOptions, RunDiff, compare_runs};
use proofmark_artifacts::{Artifact, Bundle, BundleIndex, Manifest, PlanArtifact};

/// What differs between a run and another one, and what the other one recorded.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
/// use proofmark_report::{Against, Recorded, page};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// for version in [7, 9] {
///     let mut run = store.begin()?;
///     run.put(&CdfCursor::new("orders", version))?;
///     run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()))?;
/// }
/// let bundle = |name| store.bundle(&store.resolve(name)?);
/// let (old, new) = (bundle("latest~1")?, bundle("latest")?);
/// let html = page(&Recorded::read(&new).with_against(Against::between(&old, &new)));
/// assert!(html.contains("Compared with run"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Against {
    pub(crate) diff: RunDiff,
    pub(crate) index: BundleIndex,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) plan: Option<PlanArtifact>,
}

impl Against {
    /// Compares the newer run, which the report is about, with the older one.
    pub fn between(old: &Bundle, new: &Bundle) -> Self {
        Self {
            diff: compare_runs(old, new, &CompareOptions::default()),
            index: old.index().clone(),
            manifest: decoded(old, "manifest"),
            plan: decoded(old, "plan"),
        }
    }
}

/// An artifact; what cannot be read is told in the difference.
fn decoded<T: Artifact + for<'de> Decode<'de>>(bundle: &Bundle, name: &str) -> Option<T> {
    bundle.read(name).ok()?.decode().ok()
}
