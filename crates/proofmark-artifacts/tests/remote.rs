//! Runs and cursors in object stores: memory, a directory, and S3 as a server speaks it.
//!
//! The server is moto's, run by the Python of `PROOFMARK_MOTO`, or by a `python3` that has moto; without, S3 is skipped.

mod server;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ObjectStore, ObjectStoreExt as _, RetryConfig, path::Path};
use proofmark_artifacts::{
    Bucket, Bundle, CdfCursor, CursorReset, CursorStore, RemoteCursorStore, RemoteRunStore, RunId, RunStatus,
    RunStore, RunSummary, StoreError, StoreErrorKind,
};
use server::Server;
use tempfile::TempDir;
use tokio::task::JoinSet;

/// A store that tests look into behind our back.
#[derive(Clone)]
struct Place {
    store: Arc<dyn ObjectStore>,
    bucket: Bucket,
}

impl Place {
    fn new(store: Arc<dyn ObjectStore>, name: &str) -> Self {
        Self { bucket: Bucket::new(Arc::clone(&store), name, "team a/runs").unwrap(), store }
    }

    fn runs(&self) -> RemoteRunStore {
        RemoteRunStore::new(self.bucket.clone())
    }

    fn cursors(&self) -> RemoteCursorStore {
        RemoteCursorStore::beside(&self.bucket)
    }

    fn path(&self, object: &str) -> Path {
        Path::parse(format!("team a/{object}")).unwrap()
    }

    async fn put(&self, object: &str, bytes: &[u8]) {
        self.store.put(&self.path(object), bytes.to_vec().into()).await.unwrap();
    }

    async fn delete(&self, object: &str) {
        self.store.delete(&self.path(object)).await.unwrap();
    }
}

/// Runs a test over each kind of store, on several threads.
fn check<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let dir = TempDir::new().unwrap();
    let memory = Arc::new(object_store::memory::InMemory::new());
    let local = Arc::new(object_store::local::LocalFileSystem::new_with_prefix(dir.path()).unwrap());
    runtime.block_on(test(Place::new(memory, "memory://")));
    runtime.block_on(test(Place::new(local, "file:///dir")));
    match Server::start() {
        Some(server) => {
            server.make_bucket("bucket");
            runtime.block_on(test(Place::new(s3(&server, "bucket"), "s3://bucket")));
        }
        None => eprintln!("skipped on S3: set PROOFMARK_MOTO to a Python with moto"),
    }
}

/// A bucket, which may be there.
fn s3(server: &Server, bucket: &str) -> Arc<AmazonS3> {
    let store = AmazonS3Builder::new()
        .with_endpoint(server.endpoint())
        .with_allow_http(true)
        .with_bucket_name(bucket)
        .with_region("us-east-1")
        .with_access_key_id("test")
        .with_secret_access_key("test")
        .with_retry(RetryConfig { max_retries: 1, ..RetryConfig::default() });
    Arc::new(store.build().expect("everything is said"))
}

/// A run on a disk.
struct Local {
    dir: TempDir,
    id: RunId,
}

impl Local {
    fn run(version: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let mut run = RunStore::new(dir.path()).begin().unwrap();
        run.put(&CdfCursor::new("orders", version)).unwrap();
        run.put_as("bundle", &CdfCursor::new("../Ünwanted %41", version + 1)).unwrap();
        let summary = RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH);
        let id = run.commit(summary).unwrap().index.run_id;
        Self { dir, id }
    }

    fn bundle(&self) -> Bundle {
        RunStore::new(self.dir.path()).bundle(&self.id).unwrap()
    }

    /// The object of one of its files.
    fn object(&self, file: &str) -> String {
        format!("runs/{}/{file}", self.id)
    }
}

fn kind<T>(result: Result<T, StoreError>) -> StoreErrorKind {
    result.map(|_| ()).expect_err("it fails").kind()
}

#[test]
fn a_run_comes_back_as_it_was() {
    check(|place| async move {
        let (here, there) = (Local::run(7), TempDir::new().unwrap());
        let (runs, there) = (place.runs(), RunStore::new(there.path()));
        runs.push(&here.bundle()).await.unwrap();
        assert_eq!(runs.ids().await.unwrap(), std::slice::from_ref(&here.id));
        assert_eq!(runs.resolve(here.id.short()).await.unwrap(), here.id);
        assert_eq!(kind(runs.resolve("latest~1").await), StoreErrorKind::NotFound);
        let bundle = runs.bundle(&here.id).await.unwrap();
        assert_eq!((bundle.index(), bundle.writer()), (here.bundle().index(), here.bundle().writer()));
        assert_eq!(bundle.read("bundle").await.unwrap(), here.bundle().read("bundle").unwrap());
        assert_eq!(kind(bundle.read("plan").await), StoreErrorKind::NotFound);
        assert!(bundle.verify().await.is_empty());
        let pulled = runs.pull(&here.id, &there).await.unwrap();
        assert_eq!(&pulled.index, here.bundle().index());
        assert!(there.bundle(&here.id).unwrap().verify().is_empty());
        assert_eq!(kind(runs.pull(&here.id, &there).await), StoreErrorKind::Exists);
        assert_eq!(runs.runs(5).await.unwrap()[0].index.as_ref().unwrap(), &pulled.index);
    });
}

#[test]
fn of_sixteen_that_push_at_once_no_run_is_lost() {
    check(|place| async move {
        let mut pushes = JoinSet::new();
        let mut wanted = Vec::new();
        for version in 0..16 {
            let (runs, run) = (place.runs(), Local::run(version));
            wanted.push(run.id.clone());
            pushes.spawn(async move { runs.push(&run.bundle()).await });
        }
        assert!(pushes.join_all().await.iter().all(Result::is_ok));
        wanted.sort();
        wanted.reverse();
        assert_eq!(place.runs().ids().await.unwrap(), wanted);
        for id in &wanted {
            assert!(place.runs().bundle(id).await.unwrap().verify().await.is_empty());
        }
    });
}

#[test]
fn a_push_that_was_cut_off_is_not_seen_and_taken_up() {
    check(|place| async move {
        let (run, runs) = (Local::run(7), place.runs());
        runs.push(&run.bundle()).await.unwrap();
        place.delete(&run.object("bundle.json")).await;
        assert!(runs.ids().await.unwrap().is_empty());
        assert_eq!(kind(runs.bundle(&run.id).await), StoreErrorKind::NotFound);
        assert!(runs.sweep(Duration::from_secs(3600)).await.unwrap().is_empty());
        runs.push(&run.bundle()).await.unwrap();
        runs.push(&run.bundle()).await.unwrap();
        assert_eq!(runs.ids().await.unwrap(), std::slice::from_ref(&run.id));
        place.delete(&run.object("bundle.json")).await;
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert_eq!(runs.sweep(Duration::ZERO).await.unwrap(), std::slice::from_ref(&run.id));
        runs.push(&run.bundle()).await.unwrap();
        assert!(runs.sweep(Duration::ZERO).await.unwrap().is_empty());
        assert!(runs.remove(&run.id).await.unwrap() && !runs.remove(&run.id).await.unwrap());
        assert!(runs.ids().await.unwrap().is_empty());
    });
}

#[test]
fn what_is_damaged_is_refused_and_named() {
    check(|place| async move {
        let (run, runs) = (Local::run(7), place.runs());
        runs.push(&run.bundle()).await.unwrap();
        let entry = run.bundle().index().entry("cdf_cursor").unwrap().clone();
        let (file, there) = (run.object(&entry.file), TempDir::new().unwrap());
        let there = RunStore::new(there.path());
        let mut bytes = run.bundle().read("cdf_cursor").unwrap().bytes;
        bytes[9] ^= 1;
        place.put(&file, &bytes).await;
        let error = runs.pull(&run.id, &there).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Damaged);
        let text = error.to_string();
        assert!(
            text.contains(&file) && text.contains(&format!("expected the digest {}, found ", entry.sha256)),
            "{text}"
        );
        assert!(there.ids().unwrap().is_empty());
        assert_eq!(kind(runs.push(&run.bundle()).await), StoreErrorKind::Exists);

        place.put(&file, &bytes[1..]).await;
        let error = runs.bundle(&run.id).await.unwrap().read("cdf_cursor").await.unwrap_err();
        assert!(error.to_string().ends_with(&format!(
            "has {} bytes, {} were written",
            entry.bytes - 1,
            entry.bytes
        )));
        place.put(&file, &[&bytes[..], b" "].concat()).await;
        assert_eq!(kind(runs.pull(&run.id, &there).await), StoreErrorKind::TooLarge);
        place.delete(&file).await;
        assert_eq!(kind(runs.pull(&run.id, &there).await), StoreErrorKind::NotFound);
        place.put(&run.object("more.json"), b"{}").await;
        let wrong = runs.bundle(&run.id).await.unwrap().verify().await;
        assert_eq!(
            wrong.iter().map(StoreError::kind).collect::<Vec<_>>(),
            [StoreErrorKind::NotFound, StoreErrorKind::Damaged]
        );
    });
}

#[test]
fn an_index_that_is_damaged_or_of_another_run_is_refused() {
    check(|place| async move {
        let (run, other, runs) = (Local::run(7), Local::run(8), place.runs());
        runs.push(&run.bundle()).await.unwrap();
        let index = std::fs::read(other.bundle().path().join("bundle.json")).unwrap();
        place.put(&run.object("bundle.json"), &index).await;
        assert_eq!(kind(runs.bundle(&run.id).await), StoreErrorKind::Damaged);
        assert_eq!(kind(runs.push(&run.bundle()).await), StoreErrorKind::Exists);
        place.put(&run.object("bundle.json"), b"{}").await;
        assert_eq!(kind(runs.bundle(&run.id).await), StoreErrorKind::Damaged);
        assert!(runs.runs(1).await.unwrap()[0].index.is_err());
    });
}

#[test]
fn a_cursor_is_moved_placed_and_reset() {
    check(|place| async move {
        let cursors = place.cursors();
        for dataset in ["orders", "../Ünwanted %41", "a/b"] {
            assert_eq!(cursors.read(dataset).await.unwrap(), None);
            let at = |version| CdfCursor::new(dataset, version);
            let first = cursors.advance(None, &at(7)).await.unwrap();
            assert_eq!(kind(cursors.advance(None, &at(8)).await), StoreErrorKind::Conflict);
            assert_eq!(kind(cursors.advance(Some(&first), &at(6)).await), StoreErrorKind::Backwards);
            let other = CdfCursor::new("other", 9);
            assert_eq!(kind(cursors.advance(Some(&first), &other).await), StoreErrorKind::Conflict);
            let second = cursors.place(Some(&first), &at(6)).await.unwrap();
            assert_eq!(
                kind(cursors.reset(&first, &CursorReset::new(dataset)).await),
                StoreErrorKind::Conflict
            );
            cursors.reset(&second, &CursorReset::new(dataset)).await.unwrap();
            assert_eq!(cursors.read(dataset).await.unwrap(), None);
            let again = cursors.advance(None, &at(3)).await.unwrap();
            assert_eq!((again.sequence(), cursors.read(dataset).await.unwrap()), (4, Some(again.clone())));
        }
        let all: Vec<_> = cursors.read_all().await.unwrap().into_iter().map(Result::unwrap).collect();
        assert_eq!(all.len(), 3);
    });
}

#[test]
fn of_sixteen_that_move_a_cursor_one_does() {
    check(|place| async move {
        let mut from = None;
        for round in 0..3 {
            let mut moves = JoinSet::new();
            for version in 0..16 {
                let (cursors, from) = (place.cursors(), from.clone());
                let next = CdfCursor::new("orders", round * 100 + version);
                moves.spawn(async move { cursors.advance(from.as_ref(), &next).await });
            }
            let moved = moves.join_all().await;
            let kinds: Vec<_> = moved.iter().filter_map(|moved| Some(moved.as_ref().err()?.kind())).collect();
            assert_eq!(kinds, [StoreErrorKind::Conflict; 15]);
            let won = moved.into_iter().find_map(Result::ok);
            assert_eq!(place.cursors().read("orders").await.unwrap(), won);
            from = won;
        }
    });
}

#[test]
fn a_move_that_is_tried_again_by_its_run_succeeds_and_history_is_kept_short() {
    check(|place| async move {
        let cursors = place.cursors();
        let by_run = |version| {
            let run_id = proofmark::Maybe::Set("a run".to_owned());
            CdfCursor { run_id, ..CdfCursor::new("orders", version) }
        };
        let mut from = None;
        for version in 0..20 {
            let moved = cursors.advance(from.as_ref(), &by_run(version)).await.unwrap();
            assert_eq!(cursors.advance(from.as_ref(), &by_run(version)).await.unwrap(), moved);
            from = Some(moved);
        }
        let kept = place.store.list_with_delimiter(Some(&place.path("cursors/orders"))).await.unwrap();
        assert_eq!(kept.objects.len(), 16);
        let first = kept.objects.iter().map(|object| object.location.to_string()).min().unwrap();
        assert!(first.ends_with("/00000000000000000005.json"), "{first}");
        place.put("cursors/orders/00000000000000000020.json", b"{}").await;
        assert_eq!(kind(cursors.read("orders").await), StoreErrorKind::Damaged);
        place.put("cursors/orders/00000000000000000020.json", &vec![b' '; (64 << 10) + 1]).await;
        assert_eq!(kind(cursors.read("orders").await), StoreErrorKind::TooLarge);
    });
}

#[test]
fn a_url_that_names_no_store_is_refused() {
    let urls = [
        "",
        "runs",
        "gs://bucket/runs",
        "memory:///a/../b",
        "file://runs",
        "file:///",
        "s3://",
        "s3:///runs",
    ];
    for url in
        urls.into_iter().chain(["s3://a b/runs", "s3://bucket/../runs", "file:////", "file:///nowhere/../x"])
    {
        assert_eq!(kind(Bucket::from_url(url)), StoreErrorKind::Url, "{url}");
    }
}

#[test]
fn a_directory_that_is_looked_at_is_not_made() {
    let dir = TempDir::new().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let url = format!("file://{}/a/b/runs/", dir.path().display());
    let bucket = Bucket::from_url(&url).unwrap();
    assert_eq!(bucket.to_string(), url.trim_end_matches('/'));
    let runs = RemoteRunStore::new(bucket);
    assert!(runtime.block_on(runs.ids()).unwrap().is_empty());
    assert_eq!(dir.path().read_dir().unwrap().count(), 0);
    let run = Local::run(7);
    runtime.block_on(runs.push(&run.bundle())).unwrap();
    assert_eq!(RunStore::new(dir.path().join("a/b/runs")).ids().unwrap(), [run.id]);
}

#[test]
fn what_is_damaged_can_be_looked_at() {
    check(|place| async move {
        let (run, runs, there) = (Local::run(7), place.runs(), TempDir::new().unwrap());
        let there = RunStore::new(there.path());
        runs.push(&run.bundle()).await.unwrap();
        let sizes = runs.sizes().await.unwrap();
        assert_eq!(sizes[0].0, run.id);
        assert!(sizes[0].1 > run.bundle().index().bytes(), "the index counts too");
        let fetched = runs.fetch(&run.id, &there).await.unwrap();
        assert_eq!(fetched.index(), run.bundle().index());
        assert!(fetched.verify().is_empty());
        there.remove(&run.id).unwrap();

        let files: Vec<_> = run.bundle().index().artifacts.iter().map(|entry| entry.file.clone()).collect();
        place.put(&run.object(&files[0]), b"{}").await;
        place.delete(&run.object(&files[1])).await;
        place.put(&run.object("more.json"), b"{}").await;
        let told = |errors: Vec<StoreError>| errors.iter().map(StoreError::kind).collect::<Vec<_>>();
        let wrong = runs.fetch(&run.id, &there).await.unwrap().verify();
        assert_eq!(told(wrong), told(runs.bundle(&run.id).await.unwrap().verify().await));
    });
}

#[test]
fn a_store_that_is_not_there_says_so() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(server) = Server::start() else { return eprintln!("skipped: there is no moto") };
    runtime.block_on(async {
        let runs = |bucket| RemoteRunStore::new(Bucket::new(bucket, "s3://gone", "runs").unwrap());
        server.make_bucket("bucket");
        let gone = runs(s3(&server, "gone"));
        let error = gone.ids().await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Unreachable);
        let text =
            "s3://gone/runs: cannot list the objects: NoSuchBucket: The specified bucket does not exist";
        assert_eq!(error.to_string(), text);
        assert_eq!(kind(gone.push(&Local::run(7).bundle()).await), StoreErrorKind::Unreachable);
        let bucket = s3(&server, "bucket");
        drop(server);
        assert_eq!(kind(runs(bucket).ids().await), StoreErrorKind::Unreachable);
    });
}

#[test]
fn a_directory_of_runs_and_cursors_is_a_store_of_both() {
    let dir = TempDir::new().unwrap();
    let (runs, cursors) =
        (RunStore::new(dir.path().join("runs")), CursorStore::new(dir.path().join("cursors")));
    let run =
        runs.begin().unwrap().commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH)).unwrap();
    let first = cursors.advance(None, &CdfCursor::new("Orders", 7)).unwrap();
    let url = format!("file://{}/runs", dir.path().display());
    let bucket = Bucket::from_url(&url).unwrap();
    assert_eq!(bucket.to_string(), url);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let remote = RemoteCursorStore::beside(&bucket);
        assert_eq!(RemoteRunStore::new(bucket).ids().await.unwrap(), std::slice::from_ref(&run.index.run_id));
        assert_eq!(remote.read("Orders").await.unwrap().as_ref(), Some(&first));
        let second = remote.advance(Some(&first), &CdfCursor::new("Orders", 9)).await.unwrap();
        assert_eq!(cursors.read("Orders").unwrap(), Some(second));
    });
}
