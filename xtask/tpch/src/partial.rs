//! A file that appears whole or not at all.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A file under a hidden name beside its place. Dropped before [`Partial::commit`], it is removed.
#[derive(Debug)]
pub(crate) struct Partial {
    /// `None` once the file is in its place.
    hidden: Option<PathBuf>,
    place: PathBuf,
}

impl Partial {
    pub(crate) fn create(dir: &Path, name: &str) -> io::Result<(Partial, File)> {
        let hidden = dir.join(format!(".{name}.{}.partial", std::process::id()));
        let file = File::create(&hidden)?;
        Ok((Partial { hidden: Some(hidden), place: dir.join(name) }, file))
    }

    /// Moves the file, all of it on disk, to its place. A file already there is replaced.
    pub(crate) fn commit(mut self, file: File) -> io::Result<()> {
        file.sync_all()?;
        drop(file);
        if let Some(hidden) = &self.hidden {
            std::fs::rename(hidden, &self.place)?;
        }
        self.hidden = None;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(hidden) = &self.hidden {
            // Nothing can be done about a file that stays; its name says what it is.
            let _ = std::fs::remove_file(hidden);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn committed_file_replaces_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a"), "old").unwrap();
        let (partial, mut file) = Partial::create(dir.path(), "a").unwrap();
        file.write_all(b"new").unwrap();
        partial.commit(file).unwrap();
        assert_eq!(names(dir.path()), ["a"]);
        assert_eq!(std::fs::read(dir.path().join("a")).unwrap(), b"new");
    }

    #[test]
    fn dropped_file_leaves_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a"), "old").unwrap();
        let (partial, mut file) = Partial::create(dir.path(), "a").unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(names(dir.path()).len(), 2);
        drop(partial);
        assert_eq!(names(dir.path()), ["a"]);
        assert_eq!(std::fs::read(dir.path().join("a")).unwrap(), b"old");
    }

    #[test]
    fn failed_commit_removes_the_file() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("a")).unwrap();
        let (partial, file) = Partial::create(dir.path(), "a").unwrap();
        assert!(partial.commit(file).is_err());
        assert_eq!(names(dir.path()), ["a"]);
    }
}
