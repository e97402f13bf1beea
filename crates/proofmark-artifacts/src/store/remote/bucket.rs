//! A place in an object store.

use std::future::poll_fn;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, RetryConfig};

use super::told::{store_error, unreachable};
use crate::store::{StoreError, StoreErrorKind};

/// Most objects that are listed for one answer.
pub const LISTED_OBJECTS_MAX: usize = 1 << 20;

/// What to expect where a URL is none.
const EXPECTED: &str = "expected `s3://bucket/prefix`, `file:///directory` or `memory:///prefix`";

/// How often, and for how long, a request is made again: a person waits for the answer.
const RETRIES_MAX: usize = 3;
const RETRY_TIME_MAX: Duration = Duration::from_secs(20);

/// An object store, and a prefix of the names in it.
///
/// # Examples
/// ```
/// use proofmark_artifacts::Bucket;
///
/// let runs = Bucket::from_url("memory:///team/runs")?;
/// assert_eq!(runs.to_string(), "memory:///team/runs");
/// assert_eq!(runs.beside("cursors").to_string(), "memory:///team/cursors");
/// # Ok::<(), proofmark_artifacts::StoreError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    name: String,
}

impl Bucket {
    /// A prefix of a store that was set up elsewhere; messages call the store `name`.
    ///
    /// # Errors
    /// Fails when the prefix is none: parts of it are empty, `.` or `..`.
    pub fn new(store: Arc<dyn ObjectStore>, name: &str, prefix: &str) -> Result<Self, StoreError> {
        let wrong = |error| refused(name, format!("`{}` is no prefix: {error}", prefix.escape_debug()));
        Ok(Self { prefix: Path::parse(prefix).map_err(wrong)?, store, name: name.to_owned() })
    }

    /// The place that a URL names: `s3://bucket/prefix`, `file:///directory`, or `memory:///prefix`.
    ///
    /// Credentials, region and endpoint of S3 come from the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP`, or the metadata of the machine.
    ///
    /// Nothing is asked of the store yet, and no directory made.
    ///
    /// # Errors
    /// Fails with [`StoreErrorKind::Url`] when the URL is of another kind, and when the environment does not say enough.
    pub fn from_url(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        match scheme {
            "s3" => Self::s3(rest),
            "file" => Self::directory(rest),
            "memory" => Self::new(Arc::new(InMemory::new()), "memory://", rest),
            _ => Err(refused(url, EXPECTED)),
        }
    }

    fn s3(place: &str) -> Result<Self, StoreError> {
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let name = format!("s3://{bucket}");
        if bucket.is_empty() || !bucket.bytes().all(is_of_bucket_name) {
            return Err(refused(&name, "expected the name of a bucket: `s3://bucket/prefix`"));
        }
        let retry =
            RetryConfig { max_retries: RETRIES_MAX, retry_timeout: RETRY_TIME_MAX, ..RetryConfig::default() };
        let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retry);
        let store = builder.build();
        let store = store.map_err(|error| store_error("reach the bucket", PathBuf::from(&name), error))?;
        Self::new(Arc::new(store), &name, prefix.trim_end_matches('/'))
    }

    /// The deepest directory that is there is the store, so that nothing has to be made for being read, and what lies beside
    /// is in it too.
    fn directory(path: &str) -> Result<Self, StoreError> {
        let wrong = || {
            refused(&format!("file://{path}"), "expected a directory from the root on: `file:///directory`")
        };
        let path = path.strip_prefix('/').ok_or_else(wrong)?.trim_end_matches('/');
        let mut root = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        while !std::path::Path::new(&format!("/{root}")).is_dir() {
            root = root.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        let prefix = path[root.len()..].trim_start_matches('/');
        if prefix.is_empty() {
            return Err(wrong());
        }
        let name = if root.is_empty() { "file://".to_owned() } else { format!("file:///{root}") };
        let store = LocalFileSystem::new_with_prefix(format!("/{root}"))
            .map_err(|error| store_error("open the directory", PathBuf::from(&name), error))?;
        // An empty directory would be a damaged run to who looks at the directories.
        Self::new(Arc::new(store.with_automatic_cleanup(true)), &name, prefix)
    }

    /// The place with another last part: cursors lie beside runs.
    pub fn beside(&self, name: &str) -> Self {
        let mut parts: Vec<_> = self.prefix.parts().collect();
        parts.pop();
        let prefix = parts.into_iter().chain([name.into()]).collect();
        Self { prefix, ..self.clone() }
    }

    /// A place inside this one.
    pub(super) fn inside(&self, part: &str) -> Self {
        Self { prefix: self.path(part), ..self.clone() }
    }

    /// What messages call an object, or the place itself.
    pub(super) fn place(&self, object: &str) -> PathBuf {
        PathBuf::from(format!("{}/{}", self.name, self.path(object)))
    }

    /// Names are escaped already: they are taken as they are.
    fn path(&self, object: &str) -> Path {
        let separator = if self.prefix.as_ref().is_empty() || object.is_empty() { "" } else { "/" };
        let path = format!("{}{separator}{object}", self.prefix);
        Path::parse(&path).unwrap_or_else(|_| Path::from(path))
    }

    /// The bytes of an object, at most so many.
    pub(super) async fn get(&self, object: &str, bytes_max: u64) -> Result<Vec<u8>, StoreError> {
        let failed = |error| store_error("read the object", self.place(object), error);
        let found = self.store.get(&self.path(object)).await.map_err(failed)?;
        if found.meta.size > bytes_max {
            let detail = format!("it has {} bytes, more than {bytes_max}", found.meta.size);
            return Err(StoreError::new(StoreErrorKind::TooLarge, &self.place(object), detail));
        }
        Ok(found.bytes().await.map_err(failed)?.into())
    }

    /// Puts an object; `false` when there is one of that name.
    pub(super) async fn create(&self, object: &str, bytes: Vec<u8>) -> Result<bool, StoreError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&self.path(object), bytes.into(), options).await {
            Ok(_) => Ok(true),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(false),
            Err(error @ Error::NotFound { .. }) => {
                Err(unreachable("write the object", self.place(object), error))
            }
            Err(error) => Err(store_error("write the object", self.place(object), error)),
        }
    }

    /// Removes an object, if it is there: some stores do not say whether it was.
    pub(super) async fn delete(&self, object: &str) -> Result<(), StoreError> {
        match self.store.delete(&self.path(object)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(store_error("remove the object", self.place(object), error)),
        }
    }

    /// All objects in this place.
    pub(super) async fn list(&self) -> Result<Vec<Object>, StoreError> {
        self.list_up_to(LISTED_OBJECTS_MAX).await
    }

    pub(super) async fn list_up_to(&self, objects_max: usize) -> Result<Vec<Object>, StoreError> {
        let mut objects = Vec::new();
        let mut listing = self.store.list(Some(&self.prefix));
        while let Some(object) = poll_fn(|ctx| listing.as_mut().poll_next(ctx)).await {
            let object = object.map_err(|error| unlisted(self.place(""), error))?;
            if objects.len() == objects_max {
                let detail = format!("it has more than {objects_max} objects");
                return Err(StoreError::new(StoreErrorKind::TooLarge, &self.place(""), detail));
            }
            objects.extend(self.below(&object));
        }
        Ok(objects)
    }

    fn below(&self, object: &ObjectMeta) -> Option<Object> {
        let parts: Vec<_> = object.location.prefix_match(&self.prefix)?.collect();
        let names: Vec<_> = parts.iter().map(AsRef::as_ref).collect();
        Some(Object {
            name: names.join("/"),
            at_ms: object.last_modified.timestamp_millis(),
            bytes: object.size,
        })
    }
}

/// An object in a list.
#[derive(Debug)]
pub(super) struct Object {
    /// Its name, below the place that was listed.
    pub(super) name: String,
    /// Since when it is there, in milliseconds.
    pub(super) at_ms: i64,
    /// Its size.
    pub(super) bytes: u64,
}

/// As a URL.
impl std::fmt::Display for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place("").to_string_lossy())
    }
}

fn is_of_bucket_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_".contains(&byte)
}

fn refused(place: &str, detail: impl Into<String>) -> StoreError {
    StoreError::new(StoreErrorKind::Url, place.as_ref(), detail)
}

/// A prefix that is not there has no objects; what is missing is the whole store.
fn unlisted(place: PathBuf, error: Error) -> StoreError {
    match error {
        Error::NotFound { .. } => unreachable("list the objects", place, error),
        error => store_error("list the objects", place, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(bucket: &Bucket, objects: usize) {
        let put = async {
            for object in 0..objects {
                assert!(bucket.create(&format!("a/{object}"), vec![b'x'; object]).await.unwrap());
            }
        };
        block_on(put);
    }

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    fn bucket() -> Bucket {
        Bucket::from_url("memory:///team/runs").unwrap()
    }

    #[test]
    fn a_list_is_as_long_as_its_limit_at_most() {
        let bucket = bucket();
        filled(&bucket, 3);
        let names = |objects: Vec<Object>| objects.into_iter().map(|object| object.name).collect::<Vec<_>>();
        for limit in [3, 4] {
            assert_eq!(names(block_on(bucket.list_up_to(limit)).unwrap()), ["a/0", "a/1", "a/2"]);
        }
        let error = block_on(bucket.list_up_to(2)).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::TooLarge);
        assert_eq!(error.to_string(), "memory:///team/runs: it has more than 2 objects");
    }

    #[test]
    fn an_object_is_read_up_to_its_limit() {
        let bucket = bucket();
        filled(&bucket, 4);
        for limit in [3, 4] {
            assert_eq!(block_on(bucket.get("a/3", limit)).unwrap(), b"xxx");
        }
        let error = block_on(bucket.get("a/3", 2)).unwrap_err();
        assert_eq!(error.to_string(), "memory:///team/runs/a/3: it has 3 bytes, more than 2");
    }

    #[test]
    fn an_object_is_put_once() {
        let bucket = bucket();
        assert!(block_on(bucket.create("a", b"1".into())).unwrap());
        assert!(!block_on(bucket.create("a", b"2".into())).unwrap());
        assert_eq!(block_on(bucket.get("a", 1)).unwrap(), b"1");
        block_on(bucket.delete("a")).unwrap();
        block_on(bucket.delete("a")).unwrap();
        assert_eq!(block_on(bucket.get("a", 1)).unwrap_err().kind(), StoreErrorKind::NotFound);
    }

    #[test]
    fn a_prefix_lists_what_is_below_it_alone() {
        let bucket = bucket();
        filled(&bucket, 1);
        filled(&bucket.beside("runs-of-others"), 2);
        assert_eq!(block_on(bucket.list()).unwrap().len(), 1);
        assert_eq!(bucket.inside("%41").to_string(), "memory:///team/runs/%41");
    }
}
