//! How far a dataset has been processed.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

use crate::Digest;

/// The last version of a dataset that has been processed whole.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "cdf_cursor.v1")]
pub struct CdfCursor {
    /// Name of the dataset.
    #[field(min_len = 1, max_len = 1024)]
    pub dataset_name: String,
    /// The version.
    pub last_version: u64,
    /// Id of the table: a table made anew under the same name starts again at version 0.
    #[field(absent = "the table has no id")]
    pub table_id: Maybe<String>,
    /// Fingerprint of the table's schema at that version.
    #[field(absent = "not recorded")]
    pub schema_fingerprint: Maybe<Digest>,
    /// The run that processed it. Volatile: run ids are drawn at random.
    #[field(volatile = "random", absent = "it was not moved by a run")]
    pub run_id: Maybe<String>,
    /// When it was moved. Volatile: it is the clock.
    #[field(volatile = "time", absent = "not recorded")]
    pub updated_at: Maybe<Timestamp>,
}

impl CdfCursor {
    /// A cursor that tells no more than its place.
    pub fn new(dataset_name: impl Into<String>, last_version: u64) -> Self {
        Self {
            dataset_name: dataset_name.into(),
            last_version,
            table_id: Maybe::Unset,
            schema_fingerprint: Maybe::Unset,
            run_id: Maybe::Unset,
            updated_at: Maybe::Unset,
        }
    }
}

/// A cursor was taken back: its dataset counts as never processed.
///
/// It stands under the next number, like a position, so that a reset and a move cannot both succeed.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "cursor_reset.v1")]
pub struct CursorReset {
    /// Name of the dataset.
    #[field(min_len = 1, max_len = 1024)]
    pub dataset_name: String,
    /// The version it was at.
    #[field(absent = "not recorded")]
    pub last_version: Maybe<u64>,
    /// When it was taken back. Volatile: it is the clock.
    #[field(volatile = "time", absent = "not recorded")]
    pub updated_at: Maybe<Timestamp>,
}

impl CursorReset {
    /// A reset that tells no more than whose cursor it is.
    pub fn new(dataset_name: impl Into<String>) -> Self {
        Self { dataset_name: dataset_name.into(), last_version: Maybe::Unset, updated_at: Maybe::Unset }
    }
}
