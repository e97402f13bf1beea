//! Writing a run bundle.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use super::beside::Beside;
use super::bundle::{self, ARTIFACTS_MAX, INDEX_FILE, NAME_CHARS_MAX};
use super::content::{Content, Unfit};
use super::disk::NewFile;
use super::staging::Staging;
use super::{BundleEntry, BundleIndex, MissingArtifact, RunId, RunSummary, StoreError, StoreErrorKind, disk};
use crate::registry::Artifact;
use crate::{Codec, Envelope, RunStatus};

/// Most artifacts that are on their way to the disk at once: each takes a thread.
///
/// A disk that is asked for several files at once writes them together; asked one after the other, it is waited for as
/// often as there are files.
const SEALING_MAX: usize = 8;

/// Most characters of the title and of each reason that an index keeps.
const TITLE_CHARS_MAX: usize = 200;
const REASON_CHARS_MAX: usize = 1_000;

/// A run bundle in the making.
///
/// Nothing of it is seen before [`RunWriter::commit`]; a writer that is dropped or dies leaves no bundle. An artifact
/// that cannot be written costs that artifact alone: the index names it with the reason, and the run becomes
/// [`RunStatus::Incomplete`].
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
/// # let summary = RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH);
///
/// let store = RunStore::new(dir.path());
/// let mut run = store.begin()?;
/// run.put(&CdfCursor::new("orders", 7))?;
/// let committed = run.commit(summary)?;
/// assert!(committed.path.join("cdf_cursor.json").exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RunWriter {
    runs: PathBuf,
    // Dropped before the directory is removed: their files are still open.
    sealing: VecDeque<Sealing>,
    staging: Staging,
    sealed: Vec<BundleEntry>,
    missing: Vec<MissingArtifact>,
}

/// An artifact on its way to the disk: made and written, then synced while its digests are made.
struct Sealing {
    name: String,
    file: String,
    is_written: bool,
    /// Hears when it is written, and nothing when it cannot be.
    written: mpsc::Receiver<()>,
    work: Beside<Result<BundleEntry, String>>,
}

/// A bundle that is in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// Where it lies.
    pub path: PathBuf,
    /// Its index.
    pub index: BundleIndex,
}

impl RunWriter {
    pub(crate) fn begin(runs: &Path) -> Result<Self, StoreError> {
        let staging = Staging::create(runs)?;
        let (sealing, sealed, missing) = (VecDeque::new(), Vec::new(), Vec::new());
        Ok(Self { runs: runs.to_owned(), sealing, staging, sealed, missing })
    }

    /// The id the run will have.
    pub fn id(&self) -> &RunId {
        self.staging.id()
    }

    /// Writes an artifact under the name of its type.
    ///
    /// # Errors
    /// As [`RunWriter::put_as`].
    pub fn put<T: Artifact>(&mut self, record: &T) -> Result<(), StoreError> {
        self.put_as(T::NAME, record)
    }

    /// Writes an artifact under a name, which may be any text: it is escaped in the file's name.
    ///
    /// It is encoded now, and written while the caller goes on; [`RunWriter::unwritten`] tells what the disk refused.
    ///
    /// # Errors
    /// Fails when the name is taken or longer than [`NAME_CHARS_MAX`], the record cannot be encoded, could not be read
    /// again or is larger than [`ARTIFACT_BYTES_MAX`](crate::ARTIFACT_BYTES_MAX), or the bundle holds [`ARTIFACTS_MAX`]
    /// artifacts. The run can go on; the index will name the artifact.
    pub fn put_as<T: Artifact>(&mut self, name: &str, record: &T) -> Result<(), StoreError> {
        let content = self.check_room(name).and_then(|()| self.content(name, record));
        let content = content.inspect_err(|error| {
            // The one that has the name is there.
            if error.kind() != StoreErrorKind::Exists {
                self.missing(name, &error.to_string());
            }
        })?;
        self.seal(name, T::CODEC, || Ok(content));
        Ok(())
    }

    /// Writes an artifact under the name of its type; all of it, the making of the record included, is done while the
    /// caller goes on. [`RunWriter::unwritten`] tells what went wrong.
    ///
    /// # Errors
    /// Fails when the name is taken, or the bundle holds [`ARTIFACTS_MAX`] artifacts.
    ///
    /// # Examples
    /// ```
    /// # use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
    /// # let dir = tempfile::tempdir()?;
    /// let mut run = RunStore::new(dir.path()).begin()?;
    /// run.put_made(|| CdfCursor::new("orders", 7))?;
    /// assert_eq!(run.unwritten(), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn put_made<T: Artifact>(
        &mut self,
        make: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(), StoreError> {
        self.check_room(T::NAME)?;
        self.seal(T::NAME, T::CODEC, move || Content::of(&make()));
        Ok(())
    }

    /// What is missing so far: waits until every artifact that was begun is written, or is known not to be.
    ///
    /// One that is lost after this, because the disk cannot keep it, is named by the index alone.
    pub fn unwritten(&mut self) -> &[MissingArtifact] {
        for mut sealing in std::mem::take(&mut self.sealing) {
            sealing.is_written = sealing.is_written || sealing.written.recv().is_ok();
            match sealing.is_written {
                true => self.sealing.push_back(sealing),
                false => self.finish(sealing),
            }
        }
        &self.missing
    }

    /// Says that an artifact could not be made, for reasons the writer does not know.
    pub fn missing(&mut self, name: &str, reason: &str) {
        if self.missing.len() < ARTIFACTS_MAX {
            let (name, reason) = (clip(name, NAME_CHARS_MAX), clip(reason, REASON_CHARS_MAX));
            self.missing.push(MissingArtifact { name, reason });
        }
    }

    /// Puts the bundle in place: waits until every file is synced, writes the index, renames the directory.
    ///
    /// # Errors
    /// Fails when the index cannot be written or the directory not be renamed; then there is no bundle. An error of kind
    /// [`StoreErrorKind::Io`] whose path is the bundle's says that it is in place, but may not survive a power cut.
    pub fn commit(mut self, summary: RunSummary) -> Result<Committed, StoreError> {
        let artifacts = self.finish_all();
        let index = self.index(summary, artifacts);
        self.write_index(&index)?;
        let path = self.runs.join(index.run_id.as_str());
        self.staging.publish(&path)?;
        Ok(Committed { path, index })
    }

    fn content<T: Artifact>(&self, name: &str, record: &T) -> Result<Content, StoreError> {
        Content::of(record).map_err(|error| match error {
            Unfit::Encode(error) => self.encode_error(name, &error),
            Unfit::TooLarge(_) => self.too_large(error.to_string()),
        })
    }

    fn check_room(&self, name: &str) -> Result<(), StoreError> {
        let known = self.sealing.iter().map(|sealing| &sealing.name);
        if known.chain(self.sealed.iter().map(|entry| &entry.name)).any(|known| known == name) {
            let detail = format!("the bundle has an artifact of the name `{}`", name.escape_debug());
            return Err(StoreError::new(StoreErrorKind::Exists, self.staging.path(), detail));
        }
        if name.is_empty() {
            let detail = "an artifact needs a name";
            return Err(StoreError::new(StoreErrorKind::Encode, self.staging.path(), detail));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(
                self.too_large(format!("the artifact's name has more than {NAME_CHARS_MAX} characters"))
            );
        }
        if self.sealing.len() + self.sealed.len() == ARTIFACTS_MAX {
            return Err(self.too_large(format!("the bundle already holds {ARTIFACTS_MAX} artifacts")));
        }
        Ok(())
    }

    /// Begins to write an artifact; what is `made` is made on the thread that writes it.
    fn seal(
        &mut self,
        name: &str,
        codec: Codec,
        made: impl FnOnce() -> Result<Content, Unfit> + Send + 'static,
    ) {
        let file_name = bundle::file_name(name, codec);
        let path = self.staging.path().join(&file_name);
        let file = NewFile::new(path.clone());
        let (tell, written) = mpsc::channel();
        let name = name.to_owned();
        let work = {
            let (name, file_name) = (name.clone(), file_name.clone());
            Beside::begin(move || {
                let content = made().map_err(|unfit| unfit.to_string())?;
                let failed = |error| StoreError::io("write the artifact", &path, error).to_string();
                let unsynced = file.write(&content.bytes).map_err(failed)?;
                let _ = tell.send(());
                unsynced.sync().map_err(|error| format!("cannot sync the artifact: {error}"))?;
                content.seal(name, file_name).map_err(|error| format!("cannot make its fingerprint: {error}"))
            })
        };
        self.sealing.push_back(Sealing { name, file: file_name, is_written: false, written, work });
        if self.sealing.len() > SEALING_MAX {
            self.finish_oldest();
        }
    }

    fn finish_all(&mut self) -> Vec<BundleEntry> {
        while !self.sealing.is_empty() {
            self.finish_oldest();
        }
        let mut artifacts = std::mem::take(&mut self.sealed);
        artifacts.sort_by(|a, b| a.name.cmp(&b.name));
        artifacts
    }

    fn finish_oldest(&mut self) {
        if let Some(oldest) = self.sealing.pop_front() {
            self.finish(oldest);
        }
    }

    /// Waits until the file is synced, or known to be lost.
    fn finish(&mut self, sealing: Sealing) {
        let Sealing { name, file, work, .. } = sealing;
        match work.finish().unwrap_or_else(|| Err("the thread that was to write it panicked".to_owned())) {
            Ok(entry) => self.sealed.push(entry),
            Err(reason) => {
                // Half a file would be unexpected in the bundle; where it cannot be removed, verifying finds it.
                let _ = disk::remove_file(&self.staging.path().join(file));
                self.missing(&name, &reason);
            }
        }
    }

    fn index(&mut self, mut summary: RunSummary, artifacts: Vec<BundleEntry>) -> BundleIndex {
        let mut missing = std::mem::take(&mut self.missing);
        missing.sort_by(|a, b| a.name.cmp(&b.name));
        if !missing.is_empty() && summary.status == RunStatus::Ok {
            summary.status = RunStatus::Incomplete;
        }
        summary.engine = clip(&summary.engine, TITLE_CHARS_MAX);
        summary.title = clip(&summary.title, TITLE_CHARS_MAX);
        let fingerprint = bundle::bundle_fingerprint(&artifacts);
        BundleIndex { run_id: self.id().clone(), summary, fingerprint, artifacts, missing }
    }

    fn write_index(&self, index: &BundleIndex) -> Result<(), StoreError> {
        let path = self.staging.path().join(INDEX_FILE);
        let bytes = Envelope::seal(index).map_err(|error| self.encode_error(INDEX_FILE, &error))?;
        disk::write_new(&path, &bytes)
            .and_then(|file| disk::sync_file(&file))
            .map_err(|error| StoreError::io("write the index", &path, error))
    }

    fn too_large(&self, detail: String) -> StoreError {
        StoreError::new(StoreErrorKind::TooLarge, self.staging.path(), detail)
    }

    fn encode_error(&self, name: &str, error: &proofmark::Error) -> StoreError {
        let detail = format!("cannot encode `{}`: {error}", name.escape_debug());
        StoreError::new(StoreErrorKind::Encode, self.staging.path(), detail)
    }
}

/// The start of a text that may be too long for an index.
fn clip(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
