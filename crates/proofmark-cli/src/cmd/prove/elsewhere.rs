//! Another directory in which relative paths lead to the same files.

use std::path::Path;

use crate::failure::{Failure, Result};

/// A directory that holds a link to each entry of the current one.
pub(super) struct Elsewhere(tempfile::TempDir);

impl Elsewhere {
    pub(super) fn new() -> Result<Self> {
        let failed = |error: &std::io::Error| {
            Failure::incomplete(format!("cannot make another directory to run in: {error}"))
        };
        let here = std::env::current_dir().map_err(|error| failed(&error))?;
        let dir = tempfile::tempdir().map_err(|error| failed(&error))?;
        for entry in here.read_dir().map_err(|error| failed(&error))? {
            let entry = entry.map_err(|error| failed(&error))?;
            link(&entry.path(), &dir.path().join(entry.file_name())).map_err(|error| failed(&error))?;
        }
        Ok(Self(dir))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
