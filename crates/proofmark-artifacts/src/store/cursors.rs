//! How far each dataset has been processed, moved by one run at a time.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{self, Dir};
use super::position::{
    ATTEMPTS, CURSOR_BYTES_MAX, HISTORY, Last, Position, check_dataset, check_forward, check_name, conflict,
    file_name, seal, sequence_of,
};
use super::reader::read_file;
use super::staging::STAGING_PREFIX;
use super::{RunId, StoreError, StoreErrorKind, path_part};
use crate::registry::Artifact;
use crate::{CdfCursor, CursorReset};

/// A directory with the position of each dataset.
///
/// A position is a file that is written once, under the next number, by whoever is first: the file system, not a lock,
/// decides between two that want to move a cursor, and the loser gets [`StoreErrorKind::Conflict`]. Move a cursor only
/// after the work up to it is saved; then a crash means that work is done twice, and never that it is lost.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{CdfCursor, CursorStore, StoreErrorKind};
/// # let dir = tempfile::tempdir()?;
///
/// let cursors = CursorStore::new(dir.path());
/// assert_eq!(cursors.read("orders")?, None);
/// let first = cursors.advance(None, &CdfCursor::new("orders", 7))?;
/// let second = cursors.advance(Some(&first), &CdfCursor::new("orders", 9))?;
///
/// let late = cursors.advance(Some(&first), &CdfCursor::new("orders", 8)).unwrap_err();
/// assert_eq!(late.kind(), StoreErrorKind::Conflict);
/// assert_eq!(cursors.read("orders")?, Some(second));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CursorStore {
    path: PathBuf,
}

impl CursorStore {
    /// The store in a directory. Nothing is read or written yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The store of those whose runs are in a directory: `cursors` beside it.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::CursorStore;
    ///
    /// assert_eq!(CursorStore::beside("data/runs".as_ref()).path(), std::path::Path::new("data/cursors"));
    /// ```
    pub fn beside(runs: &Path) -> Self {
        Self::new(runs.with_file_name("cursors"))
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The position of a dataset; `None` when it was never processed, or its cursor was reset.
    ///
    /// # Errors
    /// Fails when the last position is damaged: an earlier one is never served in its place.
    pub fn read(&self, dataset: &str) -> Result<Option<Position>, StoreError> {
        read_position(&self.dataset_path(dataset), dataset)
    }

    /// The positions of all datasets, sorted by directory.
    ///
    /// # Errors
    /// Fails when the directory cannot be read; a damaged position is an entry of its own.
    pub fn read_all(&self) -> Result<Vec<Result<Position, StoreError>>, StoreError> {
        let mut paths = match self.path.read_dir() {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::io("list the cursors", &self.path, error)),
        };
        paths.sort_unstable();
        Ok(paths.iter().filter_map(|path| read_any(path).transpose()).collect())
    }

    /// Moves a cursor from where it was found (`None`: it was not there) to `next`.
    ///
    /// A move that is tried again after an error, by the same run to the same place, is recognised and succeeds.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Conflict`] when the cursor is not at `from` any more, with
    /// [`StoreErrorKind::Backwards`] when `next` is before it in the same table, and when the disk fails.
    pub fn advance(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        let dir = self.dataset_path(&next.dataset_name);
        check_dataset(&dir, from, &next.dataset_name)?;
        check_forward(&dir, from, next)?;
        place(&dir, from, next)
    }

    /// As [`CursorStore::advance`], and also backwards: for people who know why work is to be done again.
    ///
    /// # Errors
    /// As [`CursorStore::advance`], without [`StoreErrorKind::Backwards`].
    pub fn place(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        let dir = self.dataset_path(&next.dataset_name);
        check_dataset(&dir, from, &next.dataset_name)?;
        place(&dir, from, next)
    }

    /// Takes a cursor back from where it was found: its dataset counts as never processed.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Conflict`] when the cursor is not at `from` any more, and when the disk fails.
    ///
    /// # Examples
    /// ```
    /// use proofmark_artifacts::{CdfCursor, CursorReset, CursorStore};
    /// # let dir = tempfile::tempdir()?;
    ///
    /// let cursors = CursorStore::new(dir.path());
    /// let first = cursors.advance(None, &CdfCursor::new("orders", 7))?;
    /// cursors.reset(&first, &CursorReset::new("orders"))?;
    /// assert_eq!(cursors.read("orders")?, None);
    /// assert_eq!(cursors.advance(None, &CdfCursor::new("orders", 3))?.sequence(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reset(&self, from: &Position, reset: &CursorReset) -> Result<(), StoreError> {
        let dir = self.dataset_path(&reset.dataset_name);
        check_dataset(&dir, Some(from), &reset.dataset_name)?;
        let sequence = from.sequence + 1;
        if last_sequence(&dir)? >= sequence || !publish(&dir, sequence, reset)? || is_outrun(&dir, sequence)?
        {
            return Err(conflict(&dir, read_any(&dir)?.as_ref()));
        }
        settle(&dir, sequence)
    }

    fn dataset_path(&self, dataset: &str) -> PathBuf {
        self.path.join(path_part(dataset))
    }
}

fn place(dir: &Path, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
    disk::create_dir_all(dir).map_err(|error| StoreError::io("make the directory", dir, error))?;
    let sequence = from.map_or_else(|| reset_sequence(dir), |from| Ok(from.sequence))? + 1;
    let position = Position { sequence, cursor: next.clone() };
    if last_sequence(dir)? >= sequence || !publish(dir, sequence, next)? || is_outrun(dir, sequence)? {
        return recognise(dir, position);
    }
    settle(dir, sequence)?;
    Ok(position)
}

/// Writes a position, or that there is none any more, under its number; `false` when somebody else has that number.
fn publish<T: Artifact>(dir: &Path, sequence: u64, record: &T) -> Result<bool, StoreError> {
    let to = dir.join(file_name(sequence));
    let bytes = seal(record, dir)?;
    for _ in 0..ATTEMPTS {
        match try_publish(dir, &to, &bytes) {
            Ok(()) => return Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            // A sweeper took the temporary file for a dead writer's, before it was held.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io("write the cursor", &to, error)),
        }
    }
    Err(StoreError::new(StoreErrorKind::Io, &to, "cannot write the cursor: something keeps removing it"))
}

fn try_publish(dir: &Path, to: &Path, bytes: &[u8]) -> io::Result<()> {
    let id = RunId::generate(Timestamp::now()).map_err(io::Error::other)?;
    let temporary = dir.join(format!("{STAGING_PREFIX}{id}"));
    let written = write_held(&temporary, bytes).and_then(|_hold| disk::publish_file(&temporary, to));
    if written.is_err() {
        // What cannot be removed now is swept by a later move.
        let _ = disk::remove_file(&temporary);
    }
    written
}

/// Writes and syncs a file, and holds it for as long as the answer lives, so that nobody sweeps it.
fn write_held(path: &Path, bytes: &[u8]) -> io::Result<File> {
    let file = disk::write_new(path, bytes)?;
    // Where the file system knows no locks, nothing is ever swept either.
    let _ = file.try_lock();
    disk::sync_file(&file)?;
    Ok(file)
}

/// Whether others have moved on so far that our number may have been used and cleared away before we took it.
fn is_outrun(dir: &Path, sequence: u64) -> Result<bool, StoreError> {
    Ok(last_sequence(dir)? >= sequence.saturating_add(HISTORY))
}

/// The position is written: makes it durable, and clears away what is long past.
fn settle(dir: &Path, sequence: u64) -> Result<(), StoreError> {
    disk::sync_dir(dir).map_err(|error| {
        StoreError::io("make sure that the moved cursor survives a power cut; try again", dir, error)
    })?;
    // What cannot be removed now is removed after a later move.
    let _ = clear_past(dir, sequence.saturating_sub(HISTORY));
    Ok(())
}

/// The number was taken: by an earlier try of the same run to get to the same place, or by somebody else.
fn recognise(dir: &Path, position: Position) -> Result<Position, StoreError> {
    let found = read_position(dir, &position.cursor.dataset_name)?;
    if found.as_ref() == Some(&position) && !position.cursor.run_id.is_unset() {
        settle(dir, position.sequence)?;
        return Ok(position);
    }
    Err(conflict(dir, found.as_ref()))
}

fn clear_past(dir: &Path, last: u64) -> io::Result<()> {
    for entry in dir.read_dir()? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if sequence_of(name).is_some_and(|sequence| sequence <= last) || is_dead(name, &path) {
            disk::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Whether a file is a temporary one whose writer the system knows to be gone.
fn is_dead(name: &str, path: &Path) -> bool {
    let is_plain = || path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    name.starts_with(STAGING_PREFIX)
        && is_plain()
        && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// The number of the last position, 0 when there is none.
fn last_sequence(dir: &Path) -> Result<u64, StoreError> {
    let entries = match dir.read_dir() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(StoreError::io("list the cursor's positions", dir, error)),
    };
    Ok(entries.flatten().filter_map(|entry| sequence_of(entry.file_name().to_str()?)).max().unwrap_or(0))
}

fn read_position(path: &Path, dataset: &str) -> Result<Option<Position>, StoreError> {
    let Some(position) = read_any(path)? else { return Ok(None) };
    check_name(&position, dataset, path).map(|()| Some(position))
}

/// The last position in a dataset's directory, whatever the dataset; `None` when there is none any more.
fn read_any(path: &Path) -> Result<Option<Position>, StoreError> {
    Ok(match read_last(path)? {
        Some((sequence, Last::At(cursor))) => Some(Position { sequence, cursor }),
        Some((_, Last::Reset)) | None => None,
    })
}

/// The number under which the cursor was reset; 0 when the last thing that happened to it was no reset.
fn reset_sequence(path: &Path) -> Result<u64, StoreError> {
    Ok(match read_last(path)? {
        Some((sequence, Last::Reset)) => sequence,
        Some((_, Last::At(_))) | None => 0,
    })
}

fn read_last(path: &Path) -> Result<Option<(u64, Last)>, StoreError> {
    for _ in 0..ATTEMPTS {
        let sequence = last_sequence(path)?;
        if sequence == 0 {
            return Ok(None);
        }
        match read_sequence(path, sequence) {
            // Others moved on so fast that this one is already cleared away.
            Err(error) if error.kind() == StoreErrorKind::NotFound => {}
            other => return other.map(|last| Some((sequence, last))),
        }
    }
    Err(StoreError::new(StoreErrorKind::Io, path, "cannot read the cursor: it never stands still"))
}

fn read_sequence(path: &Path, sequence: u64) -> Result<Last, StoreError> {
    let dir = Dir::open(path).map_err(|error| StoreError::io("open the directory", path, error))?;
    let name = file_name(sequence);
    let bytes = read_file(&dir, &name, CURSOR_BYTES_MAX)?;
    Last::parse(&bytes, &path.join(&name))
}
