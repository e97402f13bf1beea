//! Writing a run bundle.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use proofmark::Shape;

use super::beside::Beside;
use super::bundle::{self, ARTIFACT_BYTES_MAX, ARTIFACTS_MAX, INDEX_FILE, NAME_CHARS_MAX};
use super::staging::Staging;
use super::{BundleEntry, BundleIndex, MissingArtifact, RunId, RunSummary, StoreError, StoreErrorKind, disk};
use crate::fingerprint::fingerprint_of_msgpack;
use crate::registry::Artifact;
use crate::{Codec, Digest, Envelope, RunStatus};

/// Most artifacts that are synced and digested at once.
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

/// A file that is written, while it is synced and its digests are made.
struct Sealing {
    name: String,
    file: String,
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
    /// # Errors
    /// Fails when the name is taken or longer than [`NAME_CHARS_MAX`], the record cannot be encoded, could not be read
    /// again or is larger than [`ARTIFACT_BYTES_MAX`], the bundle holds [`ARTIFACTS_MAX`] artifacts, or the disk fails.
    /// The run can go on; the index will name the artifact.
    pub fn put_as<T: Artifact>(&mut self, name: &str, record: &T) -> Result<(), StoreError> {
        let content = Content::of(record).map_err(|error| self.encode_error(name, &error));
        match content.and_then(|content| self.write(name, content)) {
            Ok(sealing) => self.sealing.push_back(sealing),
            // The one that has the name is there.
            Err(error) if error.kind() == StoreErrorKind::Exists => return Err(error),
            Err(error) => {
                self.missing(name, &error.to_string());
                return Err(error);
            }
        }
        while self.sealing.len() > SEALING_MAX {
            self.finish_one();
        }
        Ok(())
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

    fn write(&self, name: &str, content: Content) -> Result<Sealing, StoreError> {
        let file_name = bundle::file_name(name, content.codec);
        let path = self.staging.path().join(&file_name);
        self.check_room(&path, name, &content)?;
        let file = disk::write_new(&path, &content.bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                return StoreError::new(
                    StoreErrorKind::Exists,
                    &path,
                    "the bundle has an artifact of that name",
                );
            }
            // Half a file would be unexpected in the bundle; where it cannot be removed, verifying finds it.
            let _ = disk::remove_file(&path);
            StoreError::io("write the artifact", &path, error)
        })?;
        let sync = disk::sync_later(file);
        let (name, file) = (name.to_owned(), file_name);
        let work = {
            let (name, file) = (name.clone(), file.clone());
            Beside::begin(move || {
                sync().map_err(|error| format!("cannot sync the artifact: {error}"))?;
                content.seal(name, file).map_err(|error| format!("cannot make its fingerprint: {error}"))
            })
        };
        Ok(Sealing { name, file, work })
    }

    fn check_room(&self, path: &Path, name: &str, content: &Content) -> Result<(), StoreError> {
        let too_large = |detail| Err(StoreError::new(StoreErrorKind::TooLarge, path, detail));
        if name.is_empty() {
            return Err(StoreError::new(StoreErrorKind::Encode, path, "an artifact needs a name"));
        }
        let len = content.bytes.len() as u64;
        if len > ARTIFACT_BYTES_MAX {
            return too_large(format!("the artifact has {len} bytes, more than {ARTIFACT_BYTES_MAX}"));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            return too_large(format!("the artifact's name has more than {NAME_CHARS_MAX} characters"));
        }
        if self.sealing.len() + self.sealed.len() == ARTIFACTS_MAX {
            return too_large(format!("the bundle already holds {ARTIFACTS_MAX} artifacts"));
        }
        Ok(())
    }

    fn finish_all(&mut self) -> Vec<BundleEntry> {
        while !self.sealing.is_empty() {
            self.finish_one();
        }
        let mut artifacts = std::mem::take(&mut self.sealed);
        artifacts.sort_by(|a, b| a.name.cmp(&b.name));
        artifacts
    }

    /// Waits for the oldest of the files that are not synced yet.
    fn finish_one(&mut self) {
        let Some(Sealing { name, file, work }) = self.sealing.pop_front() else { return };
        let entry =
            work.finish().unwrap_or_else(|| Err("the thread that was to seal it panicked".to_owned()));
        match entry {
            Ok(entry) => self.sealed.push(entry),
            Err(reason) => {
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

/// A record in the form in which it is stored.
struct Content {
    kind: &'static str,
    version: u32,
    codec: Codec,
    bytes: Vec<u8>,
    /// The record in MessagePack, where that is not how it is stored.
    packed: Option<Vec<u8>>,
    shape: Shape,
}

impl Content {
    fn of<T: Artifact>(record: &T) -> proofmark::Result<Self> {
        let bytes = T::CODEC.encode(record)?;
        T::check(&bytes)?;
        let packed = match T::CODEC {
            Codec::Json => Some(Codec::MessagePack.encode(record)?),
            Codec::MessagePack => None,
        };
        Ok(Self { kind: T::NAME, version: T::VERSION, codec: T::CODEC, bytes, packed, shape: T::shape() })
    }

    /// The entry of the index, with the two digests.
    fn seal(self, name: String, file: String) -> proofmark::Result<BundleEntry> {
        let packed = self.packed.as_deref().unwrap_or(&self.bytes);
        Ok(BundleEntry {
            name,
            file,
            kind: self.kind.to_owned(),
            version: self.version,
            codec: self.codec,
            bytes: self.bytes.len() as u64,
            sha256: Digest::of(&self.bytes),
            fingerprint: fingerprint_of_msgpack(packed, self.shape)?,
        })
    }
}
