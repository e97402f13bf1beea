//! Runs and cursors in object stores, in a build without: there are none.

use proofmark_artifacts::{
    Bundle, BundleIndex, CdfCursor, CursorReset, Position, RunId, RunStore, StoreError,
};

use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// The runs in an object store.
pub(crate) enum Remote {}

impl Remote {
    pub(crate) fn open(url: &str) -> Result<Self> {
        Err(not_built(url))
    }

    pub(crate) fn name(&self) -> String {
        match *self {}
    }

    pub(crate) fn ids(&self) -> Result<Vec<RunId>> {
        match *self {}
    }

    pub(crate) fn sizes(&self) -> Result<Vec<(RunId, u64)>> {
        match *self {}
    }

    pub(crate) fn resolve(&self, _: &str) -> Result<RunId, StoreError> {
        match *self {}
    }

    pub(crate) fn index(&self, _: &RunId) -> Result<BundleIndex, StoreError> {
        match *self {}
    }

    pub(crate) fn fetch(&self, _: &RunId, _: &RunStore) -> Result<Bundle> {
        match *self {}
    }

    pub(crate) fn pull(&self, _: &RunId, _: &RunStore) -> Result<()> {
        match *self {}
    }

    pub(crate) fn push(&self, _: &Bundle) -> Result<()> {
        match *self {}
    }

    pub(crate) fn remove(&self, _: &RunId) -> Result<bool> {
        match *self {}
    }
}

/// The cursors in an object store.
pub(crate) enum RemoteCursors {}

impl RemoteCursors {
    pub(crate) fn open(url: &str) -> Result<Self> {
        Err(not_built(url))
    }

    pub(crate) fn beside(runs: &str) -> Result<Self> {
        Err(not_built(runs))
    }

    pub(crate) fn name(&self) -> String {
        match *self {}
    }

    #[cfg(feature = "datafusion")]
    pub(crate) fn of_runs(self) -> proofmark_datafusion::Cursors {
        match self {}
    }

    pub(crate) fn read(&self, _: &str) -> Result<Option<Position>, StoreError> {
        match *self {}
    }

    pub(crate) fn read_all(&self) -> Result<Vec<Result<Position, StoreError>>, StoreError> {
        match *self {}
    }

    pub(crate) fn advance(&self, _: Option<&Position>, _: &CdfCursor) -> Result<Position, StoreError> {
        match *self {}
    }

    pub(crate) fn place(&self, _: Option<&Position>, _: &CdfCursor) -> Result<Position, StoreError> {
        match *self {}
    }

    pub(crate) fn reset(&self, _: &Position, _: &CursorReset) -> Result<(), StoreError> {
        match *self {}
    }
}

fn not_built(url: &str) -> Failure {
    let failure = Failure::usage(format!("this build does not reach object stores: `{}`", escape(url)));
    failure.with_help("build it with `--features object-store`")
}
