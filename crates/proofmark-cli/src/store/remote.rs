//! Runs and cursors in object stores. What the library does at its own pace is waited for here.

use proofmark_artifacts::{
    Bucket, Bundle, BundleIndex, CdfCursor, CursorReset, Position, RemoteCursorStore, RemoteRunStore, RunId,
    RunStore, StoreError,
};
use tokio::runtime::{Builder, Runtime};

use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// The runs in an object store.
pub(crate) struct Remote {
    runtime: Runtime,
    runs: RemoteRunStore,
}

impl Remote {
    /// The runs that a URL names. Nothing is asked of the store yet.
    pub(crate) fn open(url: &str) -> Result<Self> {
        Ok(Self { runs: RemoteRunStore::new(bucket(url)?), runtime: runtime()? })
    }

    pub(crate) fn name(&self) -> String {
        self.runs.bucket().to_string()
    }

    pub(crate) fn ids(&self) -> Result<Vec<RunId>> {
        Ok(self.runtime.block_on(self.runs.ids())?)
    }

    pub(crate) fn sizes(&self) -> Result<Vec<(RunId, u64)>> {
        Ok(self.runtime.block_on(self.runs.sizes())?)
    }

    pub(crate) fn resolve(&self, name: &str) -> Result<RunId, StoreError> {
        self.runtime.block_on(self.runs.resolve(name))
    }

    pub(crate) fn index(&self, id: &RunId) -> Result<BundleIndex, StoreError> {
        self.runtime.block_on(self.runs.bundle(id)).map(|bundle| bundle.index().clone())
    }

    /// Brings a run as it is, damaged or not.
    pub(crate) fn fetch(&self, id: &RunId, into: &RunStore) -> Result<Bundle> {
        Ok(self.runtime.block_on(self.runs.fetch(id, into))?)
    }

    /// Brings a run, verified.
    pub(crate) fn pull(&self, id: &RunId, into: &RunStore) -> Result<()> {
        self.runtime.block_on(self.runs.pull(id, into))?;
        Ok(())
    }

    pub(crate) fn push(&self, bundle: &Bundle) -> Result<()> {
        Ok(self.runtime.block_on(self.runs.push(bundle))?)
    }

    pub(crate) fn remove(&self, id: &RunId) -> Result<bool> {
        Ok(self.runtime.block_on(self.runs.remove(id))?)
    }
}

/// The cursors in an object store.
pub(crate) struct RemoteCursors {
    runtime: Runtime,
    cursors: RemoteCursorStore,
}

impl RemoteCursors {
    pub(crate) fn open(url: &str) -> Result<Self> {
        Ok(Self { cursors: RemoteCursorStore::new(bucket(url)?), runtime: runtime()? })
    }

    /// The cursors of those whose runs are at a URL.
    pub(crate) fn beside(runs: &str) -> Result<Self> {
        Ok(Self { cursors: RemoteCursorStore::beside(&bucket(runs)?), runtime: runtime()? })
    }

    pub(crate) fn name(&self) -> String {
        self.cursors.bucket().to_string()
    }

    /// The same, as incremental runs move them.
    #[cfg(feature = "datafusion")]
    pub(crate) fn of_runs(self) -> proofmark_datafusion::Cursors {
        proofmark_datafusion::Cursors::ObjectStore(self.cursors)
    }

    pub(crate) fn read(&self, dataset: &str) -> Result<Option<Position>, StoreError> {
        self.runtime.block_on(self.cursors.read(dataset))
    }

    pub(crate) fn read_all(&self) -> Result<Vec<Result<Position, StoreError>>, StoreError> {
        self.runtime.block_on(self.cursors.read_all())
    }

    pub(crate) fn advance(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        self.runtime.block_on(self.cursors.advance(from, next))
    }

    pub(crate) fn place(&self, from: Option<&Position>, next: &CdfCursor) -> Result<Position, StoreError> {
        self.runtime.block_on(self.cursors.place(from, next))
    }

    pub(crate) fn reset(&self, from: &Position, reset: &CursorReset) -> Result<(), StoreError> {
        self.runtime.block_on(self.cursors.reset(from, reset))
    }
}

/// Memory is a store too, but one that ends with the command.
fn bucket(url: &str) -> Result<Bucket> {
    if !["s3://", "file://"].iter().any(|scheme| url.starts_with(scheme)) {
        let message = format!("`{}` is no object store that this command knows", escape(url));
        return Err(Failure::usage(message).with_help("expected s3://BUCKET/PREFIX or file:///DIRECTORY"));
    }
    Ok(Bucket::from_url(url)?)
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::incomplete(format!("cannot wait for answers: {error}")))
}
