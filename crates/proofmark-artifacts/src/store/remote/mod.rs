//! Runs and cursors in object stores: the twins of the ones on a disk.
//!
//! A bundle is a prefix with one object per artifact and an index, which is put last and only if there is none: who lists
//! sees all of it or nothing. A cursor is an object that is put once, under the next number, by whoever is first. All that
//! is asked of a store is that an object can be put on condition that it is not there, which S3, its imitations, local
//! directories and memory can do alike; replacing one on condition that it has not changed is beyond some of them.

mod bucket;
mod bundle;
mod cursors;
mod runs;
mod told;

pub use bucket::{Bucket, LISTED_OBJECTS_MAX};
pub use bundle::RemoteBundle;
pub use cursors::RemoteCursorStore;
pub use runs::RemoteRunStore;
