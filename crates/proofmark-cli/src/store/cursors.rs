//! How far each dataset has been processed, wherever that is kept.

use proofmark_artifacts::{CdfCursor, CursorReset, CursorStore, Position, StoreError};

use super::remote::RemoteCursors;
use crate::failure::Result;
use crate::place::Place;

/// The cursors of a directory, or of a place in an object store.
pub(crate) enum Cursors {
    Here(CursorStore),
    There(RemoteCursors),
}

impl Cursors {
    pub(crate) fn open(place: &Place) -> Result<Self> {
        Ok(match place {
            Place::Directory(path) => Self::Here(CursorStore::new(path)),
            Place::Url(url) => Self::There(RemoteCursors::open(url)?),
        })
    }

    /// The cursors of those whose runs are in a place.
    pub(crate) fn beside(runs: &Place) -> Result<Self> {
        Ok(match runs {
            Place::Directory(path) => Self::Here(CursorStore::beside(path)),
            Place::Url(url) => Self::There(RemoteCursors::beside(url)?),
        })
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Here(store) => store.path().to_string_lossy().into_owned(),
            Self::There(store) => store.name(),
        }
    }

    /// The same, as incremental runs move them.
    #[cfg(feature = "datafusion")]
    pub(crate) fn of_runs(self) -> proofmark_datafusion::Cursors {
        match self {
            Self::Here(store) => proofmark_datafusion::Cursors::Directory(store),
            Self::There(store) => store.of_runs(),
        }
    }

    pub(crate) fn read(&self, dataset: &str) -> Result<Option<Position>, StoreError> {
        match self {
            Self::Here(store) => store.read(dataset),
            Self::There(store) => store.read(dataset),
        }
    }

    /// All that can be read, and what is wrong with the others.
    pub(crate) fn read_all(&self) -> Result<Vec<Result<Position, StoreError>>, StoreError> {
        match self {
            Self::Here(store) => store.read_all(),
            Self::There(store) => store.read_all(),
        }
    }

    pub(crate) fn advance(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        match self {
            Self::Here(store) => store.advance(from, next),
            Self::There(store) => store.advance(from, next),
        }
    }

    /// Moves a cursor, also backwards.
    pub(crate) fn place(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        match self {
            Self::Here(store) => store.place(from, next),
            Self::There(store) => store.place(from, next),
        }
    }

    pub(crate) fn reset(&self, from: &Position, reset: &CursorReset) -> Result<(), StoreError> {
        match self {
            Self::Here(store) => store.reset(from, reset),
            Self::There(store) => store.reset(from, reset),
        }
    }
}
