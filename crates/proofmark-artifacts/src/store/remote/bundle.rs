//! Reading a bundle out of an object store.

use super::Bucket;
use crate::store::bundle::{ARTIFACT_BYTES_MAX, INDEX_BYTES_MAX, INDEX_FILE};
use crate::store::reader::{self, Damage};
use crate::store::staging::Staging;
use crate::store::{BundleEntry, BundleIndex, StoreError, StoreErrorKind, Stored, path_part};

/// A run bundle in an object store, its index read and verified.
///
/// Everything read from it is checked against the index. A damaged artifact is an error that names its object, and never
/// served.
#[derive(Clone, Debug)]
pub struct RemoteBundle {
    bucket: Bucket,
    index: BundleIndex,
    writer: String,
    index_bytes: Vec<u8>,
}

impl RemoteBundle {
    pub(super) async fn open(bucket: Bucket) -> Result<Self, StoreError> {
        let index_bytes = bucket.get(INDEX_FILE, INDEX_BYTES_MAX).await?;
        let (index, writer) = reader::parse_index(&index_bytes, &bucket.place(INDEX_FILE))?;
        Ok(Self { bucket, index, writer, index_bytes })
    }

    /// The index.
    pub fn index(&self) -> &BundleIndex {
        &self.index
    }

    /// The program that wrote it, and its version: `proofmark 0.1.0`.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    /// The bytes of the index object, in its envelope.
    pub(super) fn index_bytes(&self) -> &[u8] {
        &self.index_bytes
    }

    /// The bytes of an artifact.
    ///
    /// # Errors
    /// Fails when the bundle has no artifact of that name, or its object is missing or damaged.
    pub async fn read(&self, name: &str) -> Result<Stored, StoreError> {
        let missing = || reader::no_such_artifact(&self.index, &self.bucket.place(""), name);
        let entry = self.index.entry(name).ok_or_else(missing)?;
        Ok(Stored { entry: entry.clone(), bytes: self.read_entry(entry).await? })
    }

    /// Checks every artifact, and that nothing else lies in the bundle: all that is wrong, in the order of the index.
    pub async fn verify(&self) -> Vec<StoreError> {
        let mut wrong = Vec::new();
        for entry in &self.index.artifacts {
            wrong.extend(self.read_entry(entry).await.err());
        }
        match self.bucket.list().await {
            Ok(objects) => wrong.extend(objects.iter().filter_map(|object| self.unexpected(&object.name))),
            Err(error) => wrong.push(error),
        }
        wrong
    }

    pub(super) async fn read_entry(&self, entry: &BundleEntry) -> Result<Vec<u8>, StoreError> {
        let place = self.bucket.place(&entry.file);
        reader::check_file(entry, &place)?;
        let bytes = self.bucket.get(&entry.file, entry.bytes.min(ARTIFACT_BYTES_MAX)).await?;
        let detail = match reader::damage(entry, &bytes) {
            None => return Ok(bytes),
            Some(Damage::Length(found)) => format!("has {found} bytes, {} were written", entry.bytes),
            Some(Damage::Digest(found)) => format!("expected the digest {}, found {found}", entry.sha256),
        };
        Err(StoreError::new(StoreErrorKind::Damaged, &place, format!("damaged: {detail}")))
    }

    /// Writes the files of the bundle as they are, damaged or not; what is missing is left out.
    pub(super) async fn fetch_into(&self, staging: &Staging) -> Result<(), StoreError> {
        for entry in &self.index.artifacts {
            if reader::check_file(entry, &self.bucket.place(&entry.file)).is_err() {
                continue;
            }
            match self.bucket.get(&entry.file, ARTIFACT_BYTES_MAX).await {
                Err(error) if error.kind() == StoreErrorKind::NotFound => {}
                read => staging.put(&entry.file, &read?)?,
            }
        }
        for object in self.bucket.list().await? {
            if self.unexpected(&object.name).is_some() {
                // A name that escapes to that of an artifact is told under that name, if at all.
                let _ = staging.put(&path_part(&object.name), b"");
            }
        }
        staging.put(INDEX_FILE, &self.index_bytes)
    }

    fn unexpected(&self, name: &str) -> Option<StoreError> {
        let is_known = name == INDEX_FILE || self.index.artifacts.iter().any(|entry| entry.file == name);
        let place = self.bucket.place(name);
        let detail = "the index does not know this object";
        (!is_known).then(|| StoreError::new(StoreErrorKind::Damaged, &place, detail))
    }
}
