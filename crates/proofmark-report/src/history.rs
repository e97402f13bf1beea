//! Earlier runs of the same pipeline.

use proofmark_artifacts::{BundleIndex, Manifest, Maybe, RunId, RunListing, RunStore, StoreError};

/// Most earlier runs that are compared.
pub(crate) const EARLIER_MAX: usize = 30;
/// Most runs that are looked at to find them.
const LOOKED_AT_MAX: usize = 1_000;

/// Runs of the same pipeline in the same store, before the one that a report is about.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
/// use proofmark_report::History;
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let run = || store.begin()?.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()));
/// let (first, second) = (run()?, run()?);
/// assert_eq!(History::before(&store, &second.index)?.len(), 1);
/// assert!(History::before(&store, &first.index)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct History {
    /// The oldest first.
    pub(crate) earlier: Vec<Earlier>,
    /// Whether there are more than were read.
    pub(crate) is_cut: bool,
}

/// An earlier run.
#[derive(Debug)]
pub(crate) struct Earlier {
    pub(crate) index: BundleIndex,
    /// Rows of all results, where the manifest can be read and tells.
    pub(crate) rows: Vec<u64>,
}

impl History {
    /// The runs of a store with the title of a run, and before it.
    ///
    /// # Errors
    /// Fails when the store cannot be read. Damaged runs are passed over.
    pub fn before(store: &RunStore, index: &BundleIndex) -> Result<Self, StoreError> {
        let is_earlier = |listing: &RunListing| listing.id < index.run_id;
        let listings = store.runs()?.take(LOOKED_AT_MAX).filter(is_earlier);
        let same =
            listings.filter_map(|it| it.index.ok()).filter(|it| it.summary.title == index.summary.title);
        let mut found: Vec<_> = same.take(EARLIER_MAX + 1).collect();
        let is_cut = found.len() > EARLIER_MAX;
        found.truncate(EARLIER_MAX);
        let earlier = found.into_iter().rev().map(|index| Earlier { rows: rows(store, &index), index });
        Ok(Self { earlier: earlier.collect(), is_cut })
    }

    /// The run just before.
    pub fn latest(&self) -> Option<&RunId> {
        self.earlier.last().map(|earlier| &earlier.index.run_id)
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.earlier.len()
    }

    /// Whether this is the first run.
    pub fn is_empty(&self) -> bool {
        self.earlier.is_empty()
    }
}

fn rows(store: &RunStore, index: &BundleIndex) -> Vec<u64> {
    let manifest = store.bundle(&index.run_id).and_then(|bundle| bundle.read("manifest"));
    let manifest: Result<Manifest, _> = manifest.and_then(|stored| stored.decode());
    let known = |rows: Maybe<u64>| rows.into_option();
    manifest.map(|it| it.statements.iter().filter_map(|it| known(it.rows)).collect()).unwrap_or_default()
}
