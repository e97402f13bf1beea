//! Whether the files of a table have its schema.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

use crate::Digest;

/// The files of one table were compared with the schema it is read by.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "schema_validation_event.v1")]
pub struct SchemaValidationEvent {
    /// When they were compared. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// Name of the table.
    #[field(min_len = 1)]
    pub dataset: String,
    /// Fingerprint of the schema it is read by.
    pub expected: Digest,
    /// Files that were looked at.
    pub files: u64,
    /// Files whose schema is another one.
    pub differing: u64,
    /// How they differ: one entry per column and kind of difference.
    #[field(default)]
    pub differences: Vec<ColumnDifference>,
}

/// One column that files have otherwise than their table.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ColumnDifference {
    /// Name of the column.
    pub column: String,
    /// What is different.
    pub kind: ColumnChange,
    /// How the table has it.
    #[field(absent = "the table does not have it")]
    pub expected: Maybe<String>,
    /// How the files have it.
    #[field(absent = "the files do not have it")]
    pub found: Maybe<String>,
    /// Files that have it so.
    pub files: u64,
    /// The first of them, in order of name. Volatile: the same data may lie elsewhere.
    #[field(volatile = "path", absent = "not recorded")]
    pub example: Maybe<String>,
}

/// How a column differs.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum ColumnChange {
    /// The files have a column that the table does not.
    Added,
    /// The files lack a column of the table; it is read as nulls.
    Missing,
    /// The files have another type, which is cast.
    Retyped,
    /// The files may hold nulls where the table promises none.
    Nullability,
    /// The same columns in another order.
    Moved,
}
