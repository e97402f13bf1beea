//! A place in an object store.

use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};

use crate::store::{StoreError, StoreErrorKind};

/// Most objects that are listed for one answer.
pub const LISTED_OBJECTS_MAX: usize = 1 << 20;

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
    /// # Errors
    /// Fails when the URL is of another kind, or the environment does not say enough.
    pub fn from_url(url: &str) -> Result<Self, StoreError> {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        match scheme {
            "s3" => Self::s3(rest),
            "file" => Self::directory(rest),
            "memory" => Self::new(Arc::new(InMemory::new()), "memory://", rest),
            _ => {
                Err(refused(url, "expected `s3://bucket/prefix`, `file:///directory` or `memory:///prefix`"))
            }
        }
    }

    fn s3(place: &str) -> Result<Self, StoreError> {
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let name = format!("s3://{bucket}");
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build();
        let store = store.map_err(|error| store_error("reach the bucket", PathBuf::from(&name), error))?;
        Self::new(Arc::new(store), &name, prefix)
    }

    /// The directory above is the store, so that what lies beside is in it too.
    fn directory(path: &str) -> Result<Self, StoreError> {
        let (parent, last) = path.trim_end_matches('/').rsplit_once('/').unwrap_or_default();
        if !path.starts_with('/') || last.is_empty() {
            return Err(refused(path, "expected a directory, from the root on: `file:///directory`"));
        }
        let parent = format!("{parent}/");
        let failed = |error| StoreError::io("make the directory", parent.as_ref(), error);
        std::fs::create_dir_all(&parent).map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(&parent)
            .map_err(|error| store_error("open the directory", PathBuf::from(&parent), error))?;
        Self::new(Arc::new(store), &format!("file://{}", parent.trim_end_matches('/')), last)
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

    /// All objects in this place: their names below it, and since when each is there, in milliseconds.
    pub(super) async fn list(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.list_up_to(LISTED_OBJECTS_MAX).await
    }

    pub(super) async fn list_up_to(&self, objects_max: usize) -> Result<Vec<(String, i64)>, StoreError> {
        let mut objects = Vec::new();
        let mut listing = self.store.list(Some(&self.prefix));
        while let Some(object) = poll_fn(|ctx| listing.as_mut().poll_next(ctx)).await {
            let object = object.map_err(|error| store_error("list the objects", self.place(""), error))?;
            if objects.len() == objects_max {
                let detail = format!("it has more than {objects_max} objects");
                return Err(StoreError::new(StoreErrorKind::TooLarge, &self.place(""), detail));
            }
            objects.extend(self.below(&object));
        }
        Ok(objects)
    }

    fn below(&self, object: &ObjectMeta) -> Option<(String, i64)> {
        let parts: Vec<_> = object.location.prefix_match(&self.prefix)?.collect();
        let names: Vec<_> = parts.iter().map(AsRef::as_ref).collect();
        Some((names.join("/"), object.last_modified.timestamp_millis()))
    }
}

/// As a URL.
impl std::fmt::Display for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place("").to_string_lossy())
    }
}

fn refused(place: &str, detail: impl Into<String>) -> StoreError {
    StoreError::new(StoreErrorKind::NotFound, place.as_ref(), detail)
}

fn store_error(doing: &str, place: PathBuf, error: Error) -> StoreError {
    let kind = match &error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::AlreadyExists { .. } => io::ErrorKind::AlreadyExists,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    StoreError::io(doing, &place, io::Error::new(kind, error))
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
        let names =
            |objects: Vec<(String, i64)>| objects.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
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
