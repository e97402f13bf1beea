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
    /// Where in the column: `.city`, `[].price`.
    #[field(absent = "the column itself")]
    pub inside: Maybe<String>,
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
    /// What that does to the reader.
    #[field(absent = "not judged")]
    pub drift: Maybe<ColumnDrift>,
}

/// What reading a column by another schema than its own does, by the rules that judge drift of records.
///
/// The files are the older release, which wrote; the table is the release of now, which reads.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ColumnDrift {
    /// The rule: `N2`, which `proofmark explain N2` explains.
    #[field(min_len = 1)]
    pub rule: String,
    /// Whether the table reads what the files hold.
    pub verdict: ReadVerdict,
    /// How bad such a change is between two releases that read each other.
    pub level: DriftLevel,
    /// The cheapest way out.
    #[field(absent = "what the files hold is read")]
    pub fix: Maybe<String>,
}

/// Whether a reader takes what was written.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadVerdict {
    /// Always.
    #[variant(rename = "ok")]
    Ok,
    /// It depends on the values.
    #[variant(rename = "cond")]
    Conditional,
    /// Never.
    #[variant(rename = "no")]
    Refused,
    /// It is accepted, and some value then means something else or is lost.
    #[variant(rename = "SILENT")]
    Silent,
}

impl ReadVerdict {
    /// All verdicts, the worst last.
    pub const ALL: [Self; 4] = [Self::Ok, Self::Conditional, Self::Refused, Self::Silent];

    /// `ok`, `cond`, `no`, `SILENT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Conditional => "cond",
            Self::Refused => "no",
            Self::Silent => "SILENT",
        }
    }
}

/// How bad a change is between two releases; the worst is last.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "kebab")]
pub enum DriftLevel {
    /// Nothing that a reader could tell.
    None,
    /// Other bytes for the same value.
    Representation,
    /// Both releases read each other.
    Compatible,
    /// The table reads the files, and a reader of their schema would not read the table's rows.
    BackwardOnly,
    /// A reader of the files' schema would read the table's rows, and the table does not read the files.
    ForwardOnly,
    /// Neither reads the other's.
    Breaking,
    /// A value is accepted and means something else.
    Silent,
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
    /// The files have it under another name, by which the table does not find it.
    Renamed,
}
