//! A bundle as one file: a ZIP archive of its files, as they are.

use std::collections::BTreeSet;
use std::io::{Read, Seek, Write};
use std::path::Path;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::bundle::{self, ARTIFACT_BYTES_MAX, ARTIFACTS_MAX, INDEX_BYTES_MAX, INDEX_FILE};
use super::staging::Staging;
use super::{Bundle, BundleEntry, BundleIndex, Committed, RunStore, StoreError, StoreErrorKind};
use crate::{Codec, Digest, Envelope};

/// Largest archive that is read.
pub const ARCHIVE_BYTES_MAX: u64 = 1 << 30;

/// Most bytes that the files of an archive may have together once they are unpacked.
pub const ARCHIVE_UNPACKED_BYTES_MAX: u64 = 2 << 30;

/// Writes a bundle into an archive: the index, and each artifact, verified.
///
/// The same bundle gives the same bytes. The order is that of the index, times and owners are left out.
///
/// # Errors
/// Fails when an artifact is missing or damaged, and when the archive cannot be written.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary, pack};
/// # let dir = tempfile::tempdir()?;
///
/// let (here, there) = (RunStore::new(dir.path().join("here")), RunStore::new(dir.path().join("there")));
/// let mut run = here.begin()?;
/// run.put(&CdfCursor::new("orders", 7))?;
/// let run = run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
///
/// let mut archive = std::io::Cursor::new(Vec::new());
/// pack(&here.bundle(&run.index.run_id)?, &mut archive)?;
/// assert_eq!(there.unpack(&mut archive)?.index, run.index);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pack(bundle: &Bundle, archive: impl Write + Seek) -> Result<(), StoreError> {
    let read = |entry: &BundleEntry| Ok(bundle.read(&entry.name)?.bytes);
    write(&bundle.index_bytes()?, bundle.index(), read, archive, bundle.path())
}

/// Writes an archive of an index and the files that `read` gives.
pub(crate) fn write(
    index_bytes: &[u8],
    index: &BundleIndex,
    read: impl Fn(&BundleEntry) -> Result<Vec<u8>, StoreError>,
    archive: impl Write + Seek,
    path: &Path,
) -> Result<(), StoreError> {
    let failed = |error: ZipError| zip_error("write the archive", path, error);
    // The default time is the earliest that the format knows, and the same everywhere.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(archive);
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(bytes).map_err(|error| StoreError::io("write the archive", path, error))
    };
    put(INDEX_FILE, index_bytes)?;
    for entry in &index.artifacts {
        put(&entry.file, &read(entry)?)?;
    }
    zip.finish().map(drop).map_err(failed)
}

impl RunStore {
    /// Puts the bundle in an archive into the store, whole or not at all.
    ///
    /// No name in the archive becomes a part of a path: files are asked for by the names that the index has for them,
    /// and what the index does not know is refused.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Exists`] when the store has that run, with [`StoreErrorKind::Damaged`] when the archive
    /// is not what [`pack`] writes, and with [`StoreErrorKind::TooLarge`] beyond [`ARCHIVE_BYTES_MAX`],
    /// [`ARCHIVE_UNPACKED_BYTES_MAX`] and the limits on index and artifacts.
    pub fn unpack(&self, archive: impl Read + Seek) -> Result<Committed, StoreError> {
        let mut archive = Archive::open(archive)?;
        let index_bytes = archive.read(INDEX_FILE, INDEX_BYTES_MAX)?;
        let index: BundleIndex = Envelope::open(&index_bytes, Codec::Json)
            .and_then(|envelope| envelope.decode())
            .map_err(|error| damaged(format!("its index is damaged: {error}")))?;
        archive.check_names(&index)?;
        let mut staging = Staging::create(self.path())?;
        for entry in &index.artifacts {
            staging.put(&entry.file, &archive.read_entry(entry)?)?;
        }
        staging.put(INDEX_FILE, &index_bytes)?;
        let path = self.path().join(index.run_id.as_str());
        staging.publish(&path)?;
        Ok(Committed { path, index })
    }
}

/// An archive that is read.
struct Archive<R> {
    zip: ZipArchive<R>,
    /// Bytes that may still be unpacked.
    room: u64,
}

impl<R: Read + Seek> Archive<R> {
    fn open(mut archive: R) -> Result<Self, StoreError> {
        let failed = |error| StoreError::io("read the archive", Path::new(ARCHIVE), error);
        let length = archive.seek(std::io::SeekFrom::End(0)).map_err(failed)?;
        if length > ARCHIVE_BYTES_MAX {
            return Err(too_large(format!("it has {length} bytes, more than {ARCHIVE_BYTES_MAX}")));
        }
        archive.rewind().map_err(failed)?;
        let zip = ZipArchive::new(archive)
            .map_err(|error| zip_error("read the archive", Path::new(ARCHIVE), error))?;
        if zip.len() > ARTIFACTS_MAX + 1 {
            let count = zip.len();
            return Err(too_large(format!("it has {count} files, more than {}", ARTIFACTS_MAX + 1)));
        }
        Ok(Self { zip, room: ARCHIVE_UNPACKED_BYTES_MAX })
    }

    /// Nothing lies in the archive that the index does not know.
    fn check_names(&self, index: &BundleIndex) -> Result<(), StoreError> {
        let mut known = BTreeSet::from([INDEX_FILE.to_owned()]);
        for entry in &index.artifacts {
            // The index's word for the file is not trusted with where to write.
            if entry.file != bundle::file_name(&entry.name, entry.codec) || !known.insert(entry.file.clone())
            {
                return Err(damaged(format!("the index names a file `{}`", entry.file.escape_debug())));
            }
        }
        for name in self.zip.file_names_raw() {
            let name = String::from_utf8_lossy(name);
            if !known.contains(&*name) {
                return Err(damaged(format!("the index does not know the file `{}`", name.escape_debug())));
            }
        }
        Ok(())
    }

    fn read_entry(&mut self, entry: &BundleEntry) -> Result<Vec<u8>, StoreError> {
        let bytes = self.read(&entry.file, entry.bytes.min(ARTIFACT_BYTES_MAX))?;
        if bytes.len() as u64 == entry.bytes && Digest::of(&bytes) == entry.sha256 {
            return Ok(bytes);
        }
        Err(damaged(format!("`{}` is not what was digested", entry.file.escape_debug())))
    }

    /// A file of at most `bytes_max` bytes, whatever the archive says of its size.
    fn read(&mut self, name: &str, bytes_max: u64) -> Result<Vec<u8>, StoreError> {
        let bytes_max = bytes_max.min(self.room);
        let file = self.zip.by_name(name).map_err(|error| damaged(format!("it has no `{name}`: {error}")))?;
        let mut bytes = Vec::new();
        file.take(bytes_max.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(format!("`{name}` cannot be unpacked: {error}")))?;
        if bytes.len() as u64 > bytes_max {
            return Err(too_large(format!("`{name}` has more than {bytes_max} bytes")));
        }
        self.room -= bytes.len() as u64;
        Ok(bytes)
    }
}

/// What messages call an archive: its reader knows no path.
const ARCHIVE: &str = "archive";

fn damaged(detail: String) -> StoreError {
    StoreError::new(StoreErrorKind::Damaged, Path::new(ARCHIVE), detail)
}

fn too_large(detail: String) -> StoreError {
    StoreError::new(StoreErrorKind::TooLarge, Path::new(ARCHIVE), detail)
}

fn zip_error(doing: &str, path: &Path, error: ZipError) -> StoreError {
    match error {
        ZipError::Io(error) => StoreError::io(doing, path, error),
        error => StoreError::new(StoreErrorKind::Damaged, path, format!("cannot {doing}: {error}")),
    }
}
