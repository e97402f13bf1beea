//! What verifying a run found.

use proofmark::{Maybe, Record};

use crate::RunId;

/// Whether a run's record is whole and honest.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "verify_report.v1")]
pub struct VerifyReport {
    /// The run. Volatile: run ids are drawn at random.
    #[field(volatile = "random")]
    pub run_id: RunId,
    /// Artifacts whose type and version this program knows.
    pub schema_ids: Tally,
    /// Digests of files, contents, the whole, and of what records digest themselves.
    pub digests: Tally,
    /// References from one record to another: to statements, operators, datasets, the run.
    pub references: Tally,
    /// Fields that the type of their record does not have.
    #[field(default)]
    pub unknown_fields: u64,
    /// How often each optional field was absent, null, and there; sorted by record and field.
    #[field(default)]
    pub presence: Vec<PresenceCount>,
    /// What is wrong.
    #[field(default)]
    pub findings: Vec<VerifyFinding>,
}

/// How many were checked, and how many were not right.
#[derive(Record, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that were checked.
    pub checked: u64,
    /// Those of them that were not right.
    #[field(default)]
    pub failed: u64,
}

/// How often an optional field was absent, null, and there.
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct PresenceCount {
    /// The type that has the field: `StatementRecord`.
    #[field(min_len = 1)]
    pub record: String,
    /// The field.
    #[field(min_len = 1)]
    pub field: String,
    /// How often it was absent.
    #[field(default)]
    pub absent: u64,
    /// How often it was null.
    #[field(default)]
    pub null: u64,
    /// How often it had a value.
    #[field(default)]
    pub value: u64,
}

/// One thing that is wrong.
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct VerifyFinding {
    /// Which check found it.
    pub check: VerifyCheck,
    /// The artifact it is about.
    #[field(min_len = 1)]
    pub artifact: String,
    /// The place in it.
    #[field(absent = "it is about the whole artifact")]
    pub path: Maybe<String>,
    /// What is wrong. Volatile: messages hold paths.
    #[field(volatile = "path")]
    pub message: String,
}

/// What a run is checked for.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum VerifyCheck {
    /// The type and version of each artifact are known.
    SchemaId,
    /// What was digested is unchanged.
    Digest,
    /// Each artifact is a record of its type.
    Record,
    /// No record has fields that its type does not have.
    UnknownField,
    /// What one record says of another is so.
    Reference,
}

impl VerifyCheck {
    /// Its name, as records have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SchemaId => "schema_id",
            Self::Digest => "digest",
            Self::Record => "record",
            Self::UnknownField => "unknown_field",
            Self::Reference => "reference",
        }
    }
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}
