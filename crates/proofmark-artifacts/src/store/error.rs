//! What can go wrong in a store.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a store refused or failed: what, where, and what to do about it.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStore, StoreErrorKind};
///
/// let error = RunStore::new("no/such/directory").resolve("latest").unwrap_err();
/// assert_eq!(error.kind(), StoreErrorKind::NotFound);
/// ```
pub struct StoreError(Box<Inner>);

struct Inner {
    kind: StoreErrorKind,
    path: PathBuf,
    detail: String,
    io: Option<io::Error>,
}

/// The kinds of [`StoreError`], for callers that choose an exit code or try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The operating system refused or failed.
    Io,
    /// There is no such run, artifact or cursor.
    NotFound,
    /// A short name fits more than one run.
    Ambiguous,
    /// Bytes on disk are not what was written.
    Damaged,
    /// Something on disk is larger than the limit for it.
    TooLarge,
    /// Something on disk is a link, a pipe or a device where only a file may be, or no directory where one belongs.
    NotAFile,
    /// Something of that name is already there.
    Exists,
    /// Someone else moved the cursor first.
    Conflict,
    /// A cursor would move backwards.
    Backwards,
    /// The value cannot be encoded.
    Encode,
    /// It is no URL of an object store.
    Url,
    /// The object store wants other credentials, or does not allow it.
    Denied,
    /// The object store does not answer, or there is no such bucket.
    Unreachable,
}

impl StoreError {
    pub(crate) fn new(kind: StoreErrorKind, path: &Path, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, path: path.to_owned(), detail: detail.into(), io: None }))
    }

    /// An operating system error, with what was being done when it came.
    pub(crate) fn io(doing: &str, path: &Path, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => StoreErrorKind::NotFound,
            io::ErrorKind::AlreadyExists => StoreErrorKind::Exists,
            _ => StoreErrorKind::Io,
        };
        let detail = format!("cannot {doing}: {error}");
        Self(Box::new(Inner { kind, path: path.to_owned(), detail, io: Some(error) }))
    }

    /// The same, with what an object store said.
    #[cfg(feature = "object-store")]
    pub(crate) fn because(mut self, error: io::Error) -> Self {
        self.0.io = Some(error);
        self
    }

    /// Bytes on disk that the codec or a digest refuses.
    pub(crate) fn damaged(path: &Path, error: &proofmark::Error) -> Self {
        Self::new(StoreErrorKind::Damaged, path, format!("damaged: {error}"))
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> StoreErrorKind {
        self.0.kind
    }

    /// The file or directory it is about.
    pub fn path(&self) -> &Path {
        &self.0.path
    }
}

/// The path comes first, escaped: it may hold what somebody else named a file.
impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.path.to_string_lossy().escape_debug(), self.0.detail)
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreError({:?}, {self})", self.0.kind)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.io.as_ref().map(|error| error as _)
    }
}
