//! The directory of all runs.

use std::io;
use std::path::{Path, PathBuf};

use super::{Bundle, BundleIndex, RunId, RunWriter, StoreError, StoreErrorKind, staging};

/// Most runs an error message lists.
const CANDIDATES_MAX: usize = 5;

/// A directory with one bundle per run.
///
/// The directory need not exist: the first run makes it.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path().join("runs"));
/// let run = store.begin()?.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
/// assert_eq!(store.resolve("latest")?, run.index.run_id);
/// assert_eq!(store.resolve(run.index.run_id.short())?, run.index.run_id);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RunStore {
    path: PathBuf,
}

/// One run in a list.
#[derive(Debug)]
pub struct RunListing {
    /// Its id.
    pub id: RunId,
    /// Its index, or what is wrong with it: a damaged run is listed, not hidden.
    pub index: Result<BundleIndex, StoreError>,
}

impl RunStore {
    /// The store in a directory. Nothing is read or written yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a run.
    ///
    /// # Errors
    /// Fails when the directory cannot be made or written to.
    pub fn begin(&self) -> Result<RunWriter, StoreError> {
        let writer = RunWriter::begin(&self.path)?;
        // What dead writers left is no reason not to record this run.
        let _ = self.sweep();
        Ok(writer)
    }

    /// Removes what writers left that surely are dead; answers what was removed.
    ///
    /// # Errors
    /// Fails when the directory cannot be read or something in it not be removed.
    pub fn sweep(&self) -> Result<Vec<PathBuf>, StoreError> {
        staging::sweep(&self.path).map_err(|error| StoreError::io("sweep", &self.path, error))
    }

    /// The ids of all runs, the latest first.
    ///
    /// # Errors
    /// Fails when the directory cannot be read. One that does not exist has no runs.
    pub fn ids(&self) -> Result<Vec<RunId>, StoreError> {
        let entries = match self.path.read_dir() {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::io("list the runs", &self.path, error)),
        };
        let mut ids: Vec<_> =
            entries.flatten().filter_map(|e| RunId::parse(e.file_name().to_str()?)).collect();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        Ok(ids)
    }

    /// The runs, the latest first. Each bundle is opened when it is asked for, so that the first few cost as much in a
    /// store of ten thousand as in one of ten.
    ///
    /// # Errors
    /// As [`RunStore::ids`].
    pub fn runs(&self) -> Result<impl Iterator<Item = RunListing>, StoreError> {
        Ok(self
            .ids()?
            .into_iter()
            .map(|id| RunListing { index: self.bundle(&id).map(Bundle::into_index), id }))
    }

    /// The bundle of a run.
    ///
    /// # Errors
    /// As [`Bundle::open`], and when the directory holds another run than its name says.
    pub fn bundle(&self, id: &RunId) -> Result<Bundle, StoreError> {
        let bundle = Bundle::open(&self.path.join(id.as_str()))?;
        check_id(bundle.index(), id, bundle.path())?;
        Ok(bundle)
    }

    /// Removes a run; `false` when it is not there any more.
    ///
    /// It is renamed first: nobody sees half of it. What a crash leaves of it is swept by the next run.
    ///
    /// # Errors
    /// Fails when the run cannot be renamed, and then it is whole; or when its files cannot be removed, and then it is
    /// no run any more.
    ///
    /// # Examples
    /// ```
    /// # use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
    /// # let dir = tempfile::tempdir()?;
    /// # let store = RunStore::new(dir.path());
    /// # let summary = RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH);
    /// let run = store.begin()?.commit(summary)?;
    /// assert!(store.remove(&run.index.run_id)?);
    /// assert!(!store.remove(&run.index.run_id)? && store.ids()?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&self, id: &RunId) -> Result<bool, StoreError> {
        staging::discard(&self.path.join(id.as_str()))
    }

    /// The run that `name` means: `latest`, `latest~2` for the second before it, an id, or the start of an id or of its
    /// random part that fits one run alone.
    ///
    /// # Errors
    /// Fails when no run fits, or more than one; the error lists those that do.
    pub fn resolve(&self, name: &str) -> Result<RunId, StoreError> {
        named(name, self.ids()?, &self.path)
    }
}

/// A bundle lies where its run belongs.
pub(super) fn check_id(index: &BundleIndex, id: &RunId, place: &Path) -> Result<(), StoreError> {
    if index.run_id == *id {
        return Ok(());
    }
    let detail = format!("holds run {}, not the one it is named after", index.run_id);
    Err(StoreError::new(StoreErrorKind::Damaged, place, detail))
}

/// The run that `name` means, of those that are there, the latest first.
pub(super) fn named(name: &str, mut ids: Vec<RunId>, place: &Path) -> Result<RunId, StoreError> {
    if let Some(steps) = steps_back(name) {
        let found = steps.filter(|steps| *steps < ids.len()).map(|idx| ids[idx].clone());
        return found.ok_or_else(|| no_match(name, &ids, place));
    }
    let fits = |id: &RunId| !name.is_empty() && id.matches(name);
    let mut fitting = ids.iter().filter(|id| fits(id));
    match (fitting.next().cloned(), fitting.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(no_match(name, &ids, place)),
        (Some(_), Some(_)) => {
            ids.retain(fits);
            Err(ambiguous(name, &ids, place))
        }
    }
}

fn no_match(name: &str, ids: &[RunId], place: &Path) -> StoreError {
    let name = name.escape_debug();
    let detail = match ids.len() {
        0 => format!("no run `{name}`: there are no runs yet"),
        count => format!("no run `{name}`; the latest of {count}: {}", first_few(ids)),
    };
    StoreError::new(StoreErrorKind::NotFound, place, detail)
}

fn ambiguous(name: &str, ids: &[RunId], place: &Path) -> StoreError {
    let detail = format!("`{}` fits {} runs: {}", name.escape_debug(), ids.len(), first_few(ids));
    StoreError::new(StoreErrorKind::Ambiguous, place, detail)
}

/// How many runs before the latest `name` means; `None` when it is no such name, `Some(None)` when the number is none.
fn steps_back(name: &str) -> Option<Option<usize>> {
    match name.strip_prefix("latest")? {
        "" => Some(Some(0)),
        rest => Some(rest.strip_prefix('~').and_then(|steps| steps.parse().ok())),
    }
}

fn first_few(ids: &[RunId]) -> String {
    let shown: Vec<_> = ids.iter().take(CANDIDATES_MAX).map(RunId::as_str).collect();
    let rest = if ids.len() > CANDIDATES_MAX { ", ..." } else { "" };
    format!("{}{rest}", shown.join(", "))
}
