//! The runs in an object store.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::bucket::Object;
use super::{Bucket, RemoteBundle};
use crate::store::bundle::INDEX_FILE;
use crate::store::staging::Staging;
use crate::store::{Bundle, Committed, RunId, RunListing, RunStore, StoreError, StoreErrorKind, runs};

/// A prefix of an object store with one bundle per run: where runs go that were recorded on a disk.
///
/// # Examples
/// ```
/// # fn block_on<T>(work: impl std::future::Future<Output = T>) -> T {
/// #     tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
/// # }
/// use proofmark_artifacts::{Bucket, CdfCursor, RemoteRunStore, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
///
/// let here = RunStore::new(dir.path().join("here"));
/// let mut run = here.begin()?;
/// run.put(&CdfCursor::new("orders", 7))?;
/// let run = run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
///
/// let remote = RemoteRunStore::new(Bucket::from_url("memory:///runs")?);
/// let there = RunStore::new(dir.path().join("there"));
/// let pulled = block_on(async {
///     remote.push(&here.bundle(&run.index.run_id)?).await?;
///     let latest = remote.resolve("latest").await?;
///     remote.pull(&latest, &there).await
/// })?;
/// assert_eq!(pulled.index, run.index);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RemoteRunStore {
    bucket: Bucket,
}

impl RemoteRunStore {
    /// The runs in a place. Nothing is read or written yet.
    pub const fn new(bucket: Bucket) -> Self {
        Self { bucket }
    }

    /// The place.
    pub const fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// Puts a bundle into the store: its artifacts, and when all are there, the index.
    ///
    /// What a push that was cut off has left is taken up, so that it may simply be tried again; a run that is there already,
    /// with the same index, is no error.
    ///
    /// # Errors
    /// Fails when an artifact of the bundle is missing or damaged, with [`StoreErrorKind::Exists`] when the store has
    /// something else under the run's id, and when the store does.
    pub async fn push(&self, bundle: &Bundle) -> Result<(), StoreError> {
        let index = bundle.index();
        let place = self.bucket.inside(index.run_id.as_str());
        let index_bytes = bundle.index_bytes()?;
        // What is damaged leaves nothing there.
        index.artifacts.iter().try_for_each(|entry| bundle.read(&entry.name).map(drop))?;
        for entry in &index.artifacts {
            put_once(&place, &entry.file, bundle.read(&entry.name)?.bytes).await?;
        }
        put_once(&place, INDEX_FILE, index_bytes).await
    }

    /// Brings a run into a store on a disk, whole or not at all.
    ///
    /// Files are written by the thread that polls this, and are small.
    ///
    /// # Errors
    /// Fails when there is no such run, when any of it is damaged or beyond the limits for index and artifacts, and with
    /// [`StoreErrorKind::Exists`] when the other store has it.
    pub async fn pull(&self, id: &RunId, into: &RunStore) -> Result<Committed, StoreError> {
        let bundle = self.bundle(id).await?;
        let mut staging = Staging::create(into.path())?;
        for entry in &bundle.index().artifacts {
            staging.put(&entry.file, &bundle.read_entry(entry).await?)?;
        }
        staging.put(INDEX_FILE, bundle.index_bytes())?;
        let path = into.path().join(id.as_str());
        staging.publish(&path)?;
        Ok(Committed { path, index: bundle.index().clone() })
    }

    /// Brings what there is of a run into a store on a disk, to be looked at: what is damaged or missing here is so there.
    ///
    /// Objects that the index does not know come as empty files, if they can be files.
    ///
    /// # Errors
    /// As [`RemoteRunStore::pull`], but for artifacts that are missing, or are not what was written.
    pub async fn fetch(&self, id: &RunId, into: &RunStore) -> Result<Bundle, StoreError> {
        let bundle = self.bundle(id).await?;
        let mut staging = Staging::create(into.path())?;
        bundle.fetch_into(&staging).await?;
        let path = into.path().join(id.as_str());
        staging.publish(&path)?;
        Bundle::open(&path)
    }

    /// The ids of all runs, the latest first.
    ///
    /// # Errors
    /// Fails when the store does, and beyond [`LISTED_OBJECTS_MAX`](super::LISTED_OBJECTS_MAX) objects.
    pub async fn ids(&self) -> Result<Vec<RunId>, StoreError> {
        let objects = self.bucket.list().await?;
        let indexes = objects.iter().filter_map(|object| {
            let (id, file) = object.name.split_once('/')?;
            (file == INDEX_FILE).then(|| RunId::parse(id)).flatten()
        });
        let mut ids: Vec<_> = indexes.collect();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        Ok(ids)
    }

    /// The ids of all runs and the sizes of their objects, the latest first: for [`Retention`](crate::Retention).
    ///
    /// # Errors
    /// As [`RemoteRunStore::ids`].
    pub async fn sizes(&self) -> Result<Vec<(RunId, u64)>, StoreError> {
        let runs = by_run(&self.bucket.list().await?);
        let whole = runs.into_iter().rev().filter(|(_, parts)| parts.has_index);
        Ok(whole.map(|(id, parts)| (id, parts.bytes)).collect())
    }

    /// The latest runs, so many of them: each costs a request.
    ///
    /// # Errors
    /// As [`RemoteRunStore::ids`]; a damaged run is listed, not hidden.
    pub async fn runs(&self, count: usize) -> Result<Vec<RunListing>, StoreError> {
        let mut listings = Vec::new();
        for id in self.ids().await?.into_iter().take(count) {
            let index = self.bundle(&id).await.map(|bundle| bundle.index().clone());
            listings.push(RunListing { id, index });
        }
        Ok(listings)
    }

    /// The bundle of a run.
    ///
    /// # Errors
    /// Fails when there is none, when its index is damaged, or that of another run.
    pub async fn bundle(&self, id: &RunId) -> Result<RemoteBundle, StoreError> {
        let bundle = RemoteBundle::open(self.bucket.inside(id.as_str())).await?;
        runs::check_id(bundle.index(), id, &self.bucket.place(id.as_str()))?;
        Ok(bundle)
    }

    /// The run that `name` means, as [`RunStore::resolve`] has it.
    ///
    /// # Errors
    /// Fails when no run fits, or more than one; the error lists those that do.
    pub async fn resolve(&self, name: &str) -> Result<RunId, StoreError> {
        runs::named(name, self.ids().await?, &self.bucket.place(""))
    }

    /// Removes a run; `false` when it is not there any more. The index goes first: nobody sees half of it.
    ///
    /// # Errors
    /// Fails when the store does; what is left then is no run any more, and swept.
    pub async fn remove(&self, id: &RunId) -> Result<bool, StoreError> {
        let place = self.bucket.inside(id.as_str());
        let was_there = place.list().await?.iter().any(|object| object.name == INDEX_FILE);
        place.delete(INDEX_FILE).await?;
        remove_all(&place).await?;
        Ok(was_there)
    }

    /// Removes what was pushed or removed in part, if nothing of it is younger than `age`; answers whose it was.
    ///
    /// Nobody knows whether a push is still on its way: give it more time than the slowest takes.
    ///
    /// # Errors
    /// Fails when the store does.
    pub async fn sweep(&self, age: Duration) -> Result<Vec<RunId>, StoreError> {
        let age_ms = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let before = Timestamp::now().as_millisecond().saturating_sub(age_ms);
        let mut swept = Vec::new();
        for (id, parts) in by_run(&self.bucket.list().await?) {
            if !parts.has_index && parts.latest <= before {
                remove_all(&self.bucket.inside(id.as_str())).await?;
                swept.push(id);
            }
        }
        Ok(swept)
    }
}

/// What lies under the id of a run.
struct Parts {
    has_index: bool,
    latest: i64,
    bytes: u64,
}

fn by_run(objects: &[Object]) -> BTreeMap<RunId, Parts> {
    let mut runs = BTreeMap::new();
    for object in objects {
        let Some((id, file)) = object.name.split_once('/') else { continue };
        let Some(id) = RunId::parse(id) else { continue };
        let parts = runs.entry(id).or_insert(Parts { has_index: false, latest: i64::MIN, bytes: 0 });
        parts.has_index |= file == INDEX_FILE;
        parts.latest = parts.latest.max(object.at_ms);
        parts.bytes = parts.bytes.saturating_add(object.bytes);
    }
    runs
}

/// Puts an object that is not there, or is there already with the same bytes.
async fn put_once(place: &Bucket, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
    if place.create(name, bytes.clone()).await? {
        return Ok(());
    }
    match place.get(name, bytes.len() as u64).await {
        Ok(found) if found == bytes => Ok(()),
        Err(error) if error.kind() != StoreErrorKind::TooLarge => Err(error),
        _ => Err(StoreError::new(StoreErrorKind::Exists, &place.place(name), "there is another one already")),
    }
}

async fn remove_all(place: &Bucket) -> Result<(), StoreError> {
    for object in place.list().await? {
        place.delete(&object.name).await?;
    }
    Ok(())
}
