//! Directories that are written beside their final place.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::disk::{self, Dir};
use super::{RunId, StoreError, StoreErrorKind};

/// How the names of directories in the making begin. No run and no escaped name begins with a dot.
pub(crate) const STAGING_PREFIX: &str = ".tmp-";

/// A directory in the making, held by this process until it is published or dropped.
pub(crate) struct Staging {
    path: PathBuf,
    id: RunId,
    // The hold on the directory. Dropped last, so that nobody sweeps it half removed.
    _hold: Dir,
    published: bool,
}

impl Staging {
    /// Makes a new directory in `parent`, which is made too if it is missing.
    pub(crate) fn create(parent: &Path) -> Result<Self, StoreError> {
        disk::create_dir_all(parent).map_err(|error| StoreError::io("make the directory", parent, error))?;
        // A sweeper may take a directory for dead between its making and its holding; then there is another one.
        for _ in 0..8 {
            if let Some(staging) = Self::try_create(parent)? {
                return Ok(staging);
            }
        }
        Err(StoreError::new(
            StoreErrorKind::Io,
            parent,
            "cannot hold a new directory: something keeps removing it",
        ))
    }

    fn try_create(parent: &Path) -> Result<Option<Self>, StoreError> {
        let id = RunId::generate(Timestamp::now())
            .map_err(|error| StoreError::io("draw a random id", parent, io::Error::other(error)))?;
        let path = parent.join(format!("{STAGING_PREFIX}{id}"));
        disk::create_dir(&path).map_err(|error| StoreError::io("make the directory", &path, error))?;
        let hold = match Dir::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| StoreError::io("open the directory", &path, error))?,
        };
        // Where the file system knows no locks, nothing is ever swept either.
        let lost = matches!(hold.try_hold(), Ok(false)) || path.symlink_metadata().is_err();
        Ok((!lost).then_some(Self { path, id, _hold: hold, published: false }))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn id(&self) -> &RunId {
        &self.id
    }

    /// Writes and syncs a file in it.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path.join(name);
        disk::write_new(&path, bytes)
            .and_then(|file| disk::sync_file(&file))
            .map_err(|error| StoreError::io("write the file", &path, error))
    }

    /// Gives the directory its final name in the same parent. Its files must be synced.
    pub(crate) fn publish(&mut self, to: &Path) -> Result<(), StoreError> {
        disk::sync_dir(&self.path)
            .map_err(|error| StoreError::io("sync the directory", &self.path, error))?;
        disk::publish_dir(&self.path, to)
            .map_err(|error| StoreError::io("put the bundle in place", to, error))?;
        self.published = true;
        let parent = to.parent().unwrap_or(Path::new("."));
        disk::sync_dir(parent).map_err(|error| {
            let doing = "make sure that the bundle survives a power cut; it is in place";
            StoreError::io(doing, to, error)
        })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            // What cannot be removed now is swept by a later run.
            let _ = disk::remove_dir_all(&self.path);
        }
    }
}

/// Removes directories in the making whose makers are surely dead: the system has let go of their hold.
///
/// Answers the removed paths. Where the file system knows no locks, nothing is sure and nothing is removed.
pub(crate) fn sweep(parent: &Path) -> io::Result<Vec<PathBuf>> {
    let mut swept = Vec::new();
    for entry in parent.read_dir()? {
        let entry = entry?;
        let is_staging = entry.file_name().to_str().is_some_and(|name| name.starts_with(STAGING_PREFIX));
        if is_staging && remove_if_dead(&entry.path())? {
            swept.push(entry.path());
        }
    }
    Ok(swept)
}

/// Takes a directory out of sight, by a name that sweepers know, and removes it; `false` when it is gone already.
pub(crate) fn discard(path: &Path) -> Result<bool, StoreError> {
    let parent = path.parent().unwrap_or(Path::new("."));
    let id = RunId::generate(Timestamp::now())
        .map_err(|error| StoreError::io("draw a random id", parent, io::Error::other(error)))?;
    let aside = parent.join(format!("{STAGING_PREFIX}{id}"));
    match disk::publish_dir(path, &aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other.map_err(|error| StoreError::io("take the run out of sight", path, error))?,
    }
    match disk::remove_dir_all(&aside) {
        // Somebody swept it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        other => {
            other.map(|()| true).map_err(|error| StoreError::io("remove the run's files", &aside, error))
        }
    }
}

fn remove_if_dead(path: &Path) -> io::Result<bool> {
    // Gone in the meantime, or not a directory: not ours to judge.
    let Ok(dir) = Dir::open(path) else { return Ok(false) };
    if !matches!(dir.try_hold(), Ok(true)) {
        return Ok(false);
    }
    disk::remove_dir_all(path).map(|()| true)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::disk::fault::{self, Fault};
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            dir.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_published_directory_is_whole_and_nothing_else_is_left() {
        let runs = tempfile::tempdir().unwrap();
        let mut staging = Staging::create(&runs.path().join("a/b")).unwrap();
        disk::write_new(&staging.path().join("x"), b"1").unwrap();
        let to = runs.path().join("a/b/run");
        staging.publish(&to).unwrap();
        drop(staging);
        assert_eq!(names(&runs.path().join("a/b")), ["run"]);
        assert_eq!(fs::read(to.join("x")).unwrap(), b"1");
    }

    #[test]
    fn a_directory_is_never_published_over_another() {
        let runs = tempfile::tempdir().unwrap();
        for taken in ["empty", "file"] {
            let to = runs.path().join(taken);
            if taken == "empty" {
                fs::create_dir(&to).unwrap()
            } else {
                fs::write(&to, b"mine").unwrap()
            }
            let error = Staging::create(runs.path()).unwrap().publish(&to).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Exists);
        }
        assert_eq!(names(runs.path()), ["empty", "file"]);
    }

    #[test]
    fn a_dropped_directory_is_removed() {
        let runs = tempfile::tempdir().unwrap();
        drop(Staging::create(runs.path()).unwrap());
        assert_eq!(names(runs.path()), [""; 0]);
    }

    #[test]
    fn a_live_directory_is_not_swept_and_a_dead_one_is() {
        let runs = tempfile::tempdir().unwrap();
        let live = Staging::create(runs.path()).unwrap();
        let dead = Staging::create(runs.path()).unwrap();
        let dead_path = dead.path().to_owned();
        fault::with(Fault::Crash(0), || drop(dead));
        fs::write(runs.path().join(".tmp-file"), b"not ours").unwrap();

        assert_eq!(sweep(runs.path()).unwrap(), [dead_path]);
        assert!(live.path().is_dir() && runs.path().join(".tmp-file").exists());
        assert_eq!(sweep(runs.path()).unwrap(), [""; 0].map(PathBuf::from));
    }
}
