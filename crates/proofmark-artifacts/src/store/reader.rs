//! Reading a run bundle.

use std::io;
use std::path::Path;

use proofmark::decode::Decode;

use super::bundle::{ARTIFACT_BYTES_MAX, INDEX_BYTES_MAX, INDEX_FILE, file_name};
use super::disk::{self, Dir};
use super::{BundleEntry, BundleIndex, StoreError, StoreErrorKind};
use crate::registry::Artifact;
use crate::{Codec, Digest, Envelope};

/// A run bundle on disk, its index read and verified.
///
/// Everything read from it is checked against the index: size, digest, and that it is a plain file. A damaged artifact
/// is an error that names its file, and never served.
pub struct Bundle {
    dir: Dir,
    index: BundleIndex,
    writer: String,
}

/// The bytes of an artifact, verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its entry in the index.
    pub entry: BundleEntry,
    /// Its bytes, as they are in the file.
    pub bytes: Vec<u8>,
}

impl Bundle {
    /// Opens the bundle in a directory.
    ///
    /// # Errors
    /// Fails when there is none, or its index is damaged.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let dir = Dir::open(path).map_err(|error| open_error("open the bundle", path, error))?;
        let (index, writer) = read_index(&dir)?;
        Ok(Self { dir, index, writer })
    }

    /// The index.
    pub fn index(&self) -> &BundleIndex {
        &self.index
    }

    /// The program that wrote it, and its version: `proofmark 0.1.0`.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    /// The bytes of the index file, in its envelope.
    pub(crate) fn index_bytes(&self) -> Result<Vec<u8>, StoreError> {
        read_file(&self.dir, INDEX_FILE, INDEX_BYTES_MAX)
    }

    pub(crate) fn into_index(self) -> BundleIndex {
        self.index
    }

    /// Where the bundle lies.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The bytes of an artifact.
    ///
    /// # Errors
    /// Fails when the bundle has no artifact of that name, or its file is missing, damaged or not a plain file.
    pub fn read(&self, name: &str) -> Result<Stored, StoreError> {
        let entry = self.index.entry(name).ok_or_else(|| no_such_artifact(&self.index, self.path(), name))?;
        let bytes = self.read_entry(entry)?;
        Ok(Stored { entry: entry.clone(), bytes })
    }

    /// Checks every artifact, and that nothing else lies in the bundle: all that is wrong, in the order of the index.
    pub fn verify(&self) -> Vec<StoreError> {
        let damaged = self.index.artifacts.iter().filter_map(|entry| self.read_entry(entry).err());
        damaged.chain(self.unexpected_files()).collect()
    }

    fn read_entry(&self, entry: &BundleEntry) -> Result<Vec<u8>, StoreError> {
        let path = self.path().join(file_name(&entry.name, entry.codec));
        check_file(entry, &path)?;
        let bytes = read_file(&self.dir, &entry.file, entry.bytes.min(ARTIFACT_BYTES_MAX))?;
        verified(entry, bytes, &path)
    }

    fn unexpected_files(&self) -> Vec<StoreError> {
        let Ok(entries) = self.path().read_dir() else { return Vec::new() };
        let known =
            |name: &str| name == INDEX_FILE || self.index.artifacts.iter().any(|entry| entry.file == name);
        let unexpected = entries.flatten().filter(|entry| !entry.file_name().to_str().is_some_and(known));
        unexpected
            .map(|entry| {
                StoreError::new(StoreErrorKind::Damaged, &entry.path(), "the index does not know this file")
            })
            .collect()
    }
}

/// The error for an artifact that a bundle does not have.
pub(super) fn no_such_artifact(index: &BundleIndex, place: &Path, name: &str) -> StoreError {
    let names: Vec<_> = index.artifacts.iter().map(|entry| entry.name.as_str()).collect();
    let detail = match index.missing.iter().find(|missing| missing.name == name) {
        Some(missing) => format!("`{}` could not be written: {}", name.escape_debug(), missing.reason),
        None => format!("no artifact `{}`; there are: {}", name.escape_debug(), names.join(", ")),
    };
    StoreError::new(StoreErrorKind::NotFound, place, detail)
}

/// The index's word for the file is not trusted with where to read.
pub(super) fn check_file(entry: &BundleEntry, path: &Path) -> Result<(), StoreError> {
    if entry.file == file_name(&entry.name, entry.codec) {
        return Ok(());
    }
    Err(StoreError::new(StoreErrorKind::Damaged, path, "the index names another file for it"))
}

fn verified(entry: &BundleEntry, bytes: Vec<u8>, path: &Path) -> Result<Vec<u8>, StoreError> {
    let detail = match damage(entry, &bytes) {
        None => return Ok(bytes),
        Some(Damage::Length(found)) => {
            format!("damaged: has {found} bytes, {} were written", entry.bytes)
        }
        Some(Damage::Digest(_)) => "damaged: its digest is not the recorded one".to_owned(),
    };
    Err(StoreError::new(StoreErrorKind::Damaged, path, detail))
}

/// What is wrong with the bytes of an artifact.
pub(super) enum Damage {
    /// They are so many.
    Length(u64),
    /// This is their digest.
    #[cfg_attr(
        not(feature = "object-store"),
        allow(dead_code, reason = "the message of files leaves it out")
    )]
    Digest(Digest),
}

/// Whether the bytes of an artifact are those that were written.
pub(super) fn damage(entry: &BundleEntry, bytes: &[u8]) -> Option<Damage> {
    if bytes.len() as u64 != entry.bytes {
        return Some(Damage::Length(bytes.len() as u64));
    }
    let found = Digest::of(bytes);
    (found != entry.sha256).then_some(Damage::Digest(found))
}

impl Stored {
    /// The artifact as a record.
    ///
    /// # Errors
    /// Fails when the artifact is of another type, or of a version this crate does not read.
    ///
    /// # Examples
    /// ```no_run
    /// # let bundle: proofmark_artifacts::Bundle = todo!();
    /// let stored = bundle.read("manifest")?;
    /// let manifest: proofmark_artifacts::Manifest = stored.decode()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decode<'de, T: Artifact + Decode<'de>>(&'de self) -> Result<T, StoreError> {
        let entry = &self.entry;
        let wrong = |detail: String| StoreError::new(StoreErrorKind::Damaged, Path::new(&entry.file), detail);
        if (entry.kind.as_str(), entry.version) != (T::NAME, T::VERSION) {
            let (found, wanted) =
                (format!("{}.v{}", entry.kind, entry.version), format!("{}.v{}", T::NAME, T::VERSION));
            return Err(wrong(format!("holds `{found}`, not `{wanted}`")));
        }
        entry.codec.decode(&self.bytes).map_err(|error| wrong(error.to_string()))
    }
}

/// The index, and what wrote it.
fn read_index(dir: &Dir) -> Result<(BundleIndex, String), StoreError> {
    parse_index(&read_file(dir, INDEX_FILE, INDEX_BYTES_MAX)?, &dir.path().join(INDEX_FILE))
}

pub(super) fn parse_index(bytes: &[u8], path: &Path) -> Result<(BundleIndex, String), StoreError> {
    Envelope::open(bytes, Codec::Json)
        .and_then(|envelope| Ok((envelope.decode()?, envelope.writer)))
        .map_err(|error| StoreError::damaged(path, &error))
}

/// Reads a plain file of at most `bytes_max` bytes.
pub(crate) fn read_file(dir: &Dir, name: &str, bytes_max: u64) -> Result<Vec<u8>, StoreError> {
    let path = dir.path().join(name);
    let file = dir.open_file(name).map_err(|error| open_error("open the file", &path, error))?;
    let bytes =
        disk::read_capped(file, bytes_max).map_err(|error| StoreError::io("read the file", &path, error))?;
    bytes.ok_or_else(|| {
        let detail = format!("it has more than {bytes_max} bytes");
        StoreError::new(StoreErrorKind::TooLarge, &path, detail)
    })
}

fn open_error(doing: &str, path: &Path, error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::InvalidInput {
        return StoreError::new(StoreErrorKind::NotAFile, path, format!("refused: {error}"));
    }
    StoreError::io(doing, path, error)
}
