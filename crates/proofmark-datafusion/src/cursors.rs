//! Where the positions of incremental runs are kept.

use std::path::PathBuf;

use proofmark_artifacts::CursorStore;
#[cfg(feature = "object-store")]
use proofmark_artifacts::RemoteCursorStore;
#[cfg(feature = "delta")]
use proofmark_artifacts::{CdfCursor, Position, StoreError};

/// A directory of cursors, or a place of them in an object store.
///
/// # Examples
/// ```
/// use proofmark_datafusion::{Cursors, Incremental};
///
/// let options = Incremental { cursors: Cursors::directory("lake/cursors"), consumer: "nightly".to_owned() };
/// assert_eq!(options.cursors.to_string(), "lake/cursors");
/// ```
#[derive(Clone, Debug)]
pub enum Cursors {
    /// In a directory.
    Directory(CursorStore),
    /// In an object store, for runs on many machines.
    #[cfg(feature = "object-store")]
    ObjectStore(RemoteCursorStore),
}

impl Cursors {
    /// The cursors in a directory.
    pub fn directory(path: impl Into<PathBuf>) -> Self {
        Self::Directory(CursorStore::new(path))
    }

    #[cfg(feature = "delta")]
    #[cfg_attr(
        not(feature = "object-store"),
        expect(clippy::unused_async, reason = "object stores are waited for")
    )]
    pub(crate) async fn read(&self, name: &str) -> Result<Option<Position>, StoreError> {
        match self {
            Self::Directory(store) => store.read(name),
            #[cfg(feature = "object-store")]
            Self::ObjectStore(store) => store.read(name).await,
        }
    }

    #[cfg(feature = "delta")]
    #[cfg_attr(
        not(feature = "object-store"),
        expect(clippy::unused_async, reason = "object stores are waited for")
    )]
    pub(crate) async fn advance(
        &self,
        from: Option<&Position>,
        next: &CdfCursor,
    ) -> Result<Position, StoreError> {
        match self {
            Self::Directory(store) => store.advance(from, next),
            #[cfg(feature = "object-store")]
            Self::ObjectStore(store) => store.advance(from, next).await,
        }
    }
}

impl std::fmt::Display for Cursors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Directory(store) => store.path().display().fmt(f),
            #[cfg(feature = "object-store")]
            Self::ObjectStore(store) => store.bucket().fmt(f),
        }
    }
}
