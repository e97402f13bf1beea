//! What could not be done, to which path, and why.

use std::fmt;
use std::path::{Path, PathBuf};

/// A failed step of writing a table.
#[derive(Debug)]
pub(crate) struct Error {
    action: &'static str,
    path: PathBuf,
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl Error {
    /// `action` is a verb with its object, for the sentence "cannot `action` `path`: `cause`".
    pub(crate) fn new(
        action: &'static str,
        path: &Path,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Error { action, path: path.to_owned(), cause: cause.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.cause)
    }
}
