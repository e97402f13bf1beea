//! Where records are kept.
//!
//! A run bundle is a directory with one file per artifact and an index. It is written beside its final place, synced,
//! and renamed; who looks sees all of it or nothing. A cursor is a file that is written once, under the next number, by
//! whoever is first.

pub(crate) mod archive;
mod beside;
mod bundle;
mod content;
mod cursors;
mod disk;
mod error;
#[cfg(test)]
mod fault_sweep;
mod name;
mod position;
mod reader;
#[cfg(feature = "object-store")]
mod remote;
mod retention;
mod run_id;
mod runs;
mod staging;
mod writer;

pub use archive::{ARCHIVE_BYTES_MAX, ARCHIVE_UNPACKED_BYTES_MAX, pack};
pub(crate) use bundle::bundle_fingerprint;
pub use bundle::{
    ARTIFACT_BYTES_MAX, ARTIFACTS_MAX, BundleEntry, BundleIndex, INDEX_BYTES_MAX, MissingArtifact,
    NAME_CHARS_MAX, RunSummary,
};
pub use cursors::CursorStore;
pub use error::{StoreError, StoreErrorKind};
pub use name::{PATH_PART_BYTES_MAX, path_part};
pub use position::{CURSOR_BYTES_MAX, Position};
pub use reader::{Bundle, Stored};
#[cfg(feature = "object-store")]
pub use remote::{Bucket, LISTED_OBJECTS_MAX, RemoteBundle, RemoteCursorStore, RemoteRunStore};
pub use retention::{OutdatedReason, OutdatedRun, Retention};
pub use run_id::RunId;
pub use runs::{RunListing, RunStore};
pub use writer::{Committed, RunWriter};
