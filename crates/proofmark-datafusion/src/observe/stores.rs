//! Object stores that count what is asked of them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use datafusion::common::Result as EngineResult;
use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
use datafusion::object_store::path::Path;
use datafusion::object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, RenameOptions, Result, UploadPart,
};
use futures::StreamExt;
use futures::stream::BoxStream;
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::ObjectStoreEvent;
use url::Url;

/// The engine's stores, each behind a counter.
#[derive(Debug, Default)]
pub(crate) struct CountingRegistry {
    inner: DefaultObjectStoreRegistry,
    counted: Mutex<BTreeMap<String, Arc<Counted>>>,
}

impl CountingRegistry {
    /// One event per store that was asked for anything.
    pub(crate) fn events(&self) -> Vec<ObjectStoreEvent> {
        let counted = self.counted();
        let used = counted.iter().filter(|(_, store)| store.counts.is_used());
        used.map(|(url, store)| store.counts.event(url)).collect()
    }

    fn counted(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Counted>>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ObjectStoreRegistry for CountingRegistry {
    fn register_store(&self, url: &Url, store: Arc<dyn ObjectStore>) -> Option<Arc<dyn ObjectStore>> {
        self.inner.register_store(url, store)
    }

    fn deregister_store(&self, url: &Url) -> EngineResult<Arc<dyn ObjectStore>> {
        self.inner.deregister_store(url)
    }

    /// The store with its counter; one that was put in the place of another goes on counting where that stopped.
    fn get_store(&self, url: &Url) -> EngineResult<Arc<dyn ObjectStore>> {
        let store = self.inner.get_store(url)?;
        let root = root_of(url);
        let mut counted = self.counted();
        if let Some(known) = counted.get(&root)
            && Arc::ptr_eq(&known.inner, &store)
        {
            return Ok(known.clone());
        }
        let counts = counted.get(&root).map(|known| known.counts.clone()).unwrap_or_default();
        let new = Arc::new(Counted { inner: store, counts });
        counted.insert(root, new.clone());
        Ok(new)
    }
}

/// Scheme and host: what stores are told apart by.
fn root_of(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned() + "/"
}

#[derive(Debug, Default)]
struct Counts {
    gets: AtomicU64,
    bytes_read: AtomicU64,
    heads: AtomicU64,
    lists: AtomicU64,
    puts: AtomicU64,
    bytes_written: AtomicU64,
    deletes: AtomicU64,
    errors: AtomicU64,
}

impl Counts {
    fn is_used(&self) -> bool {
        let all = [&self.gets, &self.heads, &self.lists, &self.puts, &self.deletes, &self.errors];
        all.iter().any(|count| count.load(Relaxed) > 0)
    }

    fn event(&self, url: &str) -> ObjectStoreEvent {
        ObjectStoreEvent {
            event_time: Maybe::Set(Timestamp::now()),
            url: url.to_owned(),
            gets: self.gets.load(Relaxed),
            bytes_read: self.bytes_read.load(Relaxed),
            heads: self.heads.load(Relaxed),
            lists: self.lists.load(Relaxed),
            puts: self.puts.load(Relaxed),
            bytes_written: self.bytes_written.load(Relaxed),
            deletes: self.deletes.load(Relaxed),
            errors: self.errors.load(Relaxed),
        }
    }

    /// Counts a failed answer.
    fn seen<T>(&self, answer: Result<T>) -> Result<T> {
        if answer.is_err() {
            add(&self.errors, 1);
        }
        answer
    }
}

fn add(count: &AtomicU64, by: u64) {
    count.fetch_add(by, Relaxed);
}

/// A store, and what was asked of it.
#[derive(Debug)]
struct Counted {
    inner: Arc<dyn ObjectStore>,
    counts: Arc<Counts>,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

#[async_trait]
impl ObjectStore for Counted {
    async fn put_opts(&self, location: &Path, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        add(&self.counts.puts, 1);
        add(&self.counts.bytes_written, payload.content_length() as u64);
        self.counts.seen(self.inner.put_opts(location, payload, opts).await)
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        opts: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        let inner = self.counts.seen(self.inner.put_multipart_opts(location, opts).await)?;
        Ok(Box::new(CountedUpload { inner, counts: self.counts.clone() }))
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let is_head = options.head;
        add(if is_head { &self.counts.heads } else { &self.counts.gets }, 1);
        let answer = self.counts.seen(self.inner.get_opts(location, options).await)?;
        if !is_head {
            add(&self.counts.bytes_read, answer.range.end.saturating_sub(answer.range.start));
        }
        Ok(answer)
    }

    async fn get_ranges(&self, location: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        add(&self.counts.gets, ranges.len() as u64);
        let answer = self.counts.seen(self.inner.get_ranges(location, ranges).await)?;
        add(&self.counts.bytes_read, answer.iter().map(|part| part.len() as u64).sum());
        Ok(answer)
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        let counts = self.counts.clone();
        let count = move |answer| {
            add(&counts.deletes, 1);
            counts.seen(answer)
        };
        self.inner.delete_stream(locations).map(count).boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        add(&self.counts.lists, 1);
        let counts = self.counts.clone();
        self.inner.list(prefix).map(move |answer| counts.seen(answer)).boxed()
    }

    fn list_with_offset(
        &self,
        prefix: Option<&Path>,
        offset: &Path,
    ) -> BoxStream<'static, Result<ObjectMeta>> {
        add(&self.counts.lists, 1);
        let counts = self.counts.clone();
        self.inner.list_with_offset(prefix, offset).map(move |answer| counts.seen(answer)).boxed()
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        add(&self.counts.lists, 1);
        self.counts.seen(self.inner.list_with_delimiter(prefix).await)
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        add(&self.counts.puts, 1);
        self.counts.seen(self.inner.copy_opts(from, to, options).await)
    }

    async fn rename_opts(&self, from: &Path, to: &Path, options: RenameOptions) -> Result<()> {
        add(&self.counts.puts, 1);
        self.counts.seen(self.inner.rename_opts(from, to, options).await)
    }
}

/// An upload in parts: each part is a write.
#[derive(Debug)]
struct CountedUpload {
    inner: Box<dyn MultipartUpload>,
    counts: Arc<Counts>,
}

#[async_trait]
impl MultipartUpload for CountedUpload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        add(&self.counts.puts, 1);
        add(&self.counts.bytes_written, data.content_length() as u64);
        self.inner.put_part(data)
    }

    async fn complete(&mut self) -> Result<PutResult> {
        self.counts.seen(self.inner.complete().await)
    }

    async fn abort(&mut self) -> Result<()> {
        self.counts.seen(self.inner.abort().await)
    }
}
