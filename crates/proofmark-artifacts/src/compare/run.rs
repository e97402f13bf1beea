//! The difference of two runs, as a record.

use proofmark::{Maybe, Record};

use super::cause::Cause;
use super::measured::MeasuredDiff;
use super::plan::PlanStep;
use super::schema::SchemaDiff;
use super::value::ValueChange;
use crate::{Digest, RunId, RunStatus};

/// What changed between two runs, and why.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "run_diff.v1")]
pub struct RunDiff {
    /// The older run.
    pub old: RunSide,
    /// The newer run.
    pub new: RunSide,
    /// Whether both did the same work: their content fingerprints are equal.
    pub same_content: bool,
    /// Every artifact of either run, sorted by name.
    pub artifacts: Vec<ArtifactDiff>,
    /// Statements that are not the same, or did not end the same.
    #[field(default)]
    pub statements: Vec<StatementDiff>,
    /// Plans that are not the same.
    #[field(default)]
    pub plans: Vec<PlanStep>,
    /// Datasets and outputs that have other columns.
    #[field(default)]
    pub schemas: Vec<SchemaDiff>,
    /// Settings, versions and facts of the machine that differ.
    #[field(default)]
    pub settings: Vec<SettingDiff>,
    /// Datasets that have other content.
    #[field(default)]
    pub data: Vec<DataDiff>,
    /// Outputs that differ.
    #[field(default)]
    pub outputs: Vec<OutputDiff>,
    /// Figures that differ by more than such figures do. Volatile: no two runs take equally long.
    #[field(volatile = "measured", default)]
    pub measured: Vec<MeasuredDiff>,
}

/// One of the two runs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct RunSide {
    /// Its id. Volatile: half of it is the clock, half of it is drawn at random.
    #[field(volatile = "random")]
    pub run_id: RunId,
    /// How it ended.
    pub status: RunStatus,
    /// The engine and its version.
    #[field(default)]
    pub engine: String,
    /// Digest of its content without volatile fields.
    pub fingerprint: Digest,
}

/// An artifact of both runs, or of one of them.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ArtifactDiff {
    /// Its name.
    #[field(min_len = 1)]
    pub name: String,
    /// Its type, as the newer run has it: `manifest.v1`.
    #[field(min_len = 1)]
    pub kind: String,
    /// How the two compare.
    pub state: ArtifactState,
    /// Why it cannot be compared. Volatile: messages hold paths.
    #[field(volatile = "path", absent = "it can be compared")]
    pub reason: Maybe<String>,
    /// Volatile fields that differ and were not looked into. Volatile: two runs of the same work may differ there.
    #[field(volatile = "race", default)]
    pub hidden: u64,
    /// The places that differ, the first of them.
    #[field(default)]
    pub changes: Vec<ValueChange>,
    /// How many places more.
    #[field(default)]
    pub omitted: u64,
}

/// How an artifact of two runs compares.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum ArtifactState {
    /// The content is the same.
    Same,
    /// The content differs.
    Changed,
    /// Only the newer run has it.
    Added,
    /// Only the older run has it.
    Removed,
    /// It is damaged, or of a type that this program does not know.
    Unreadable,
}

/// A statement that is not the same in both runs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StatementDiff {
    /// Its position in the newer run.
    #[field(absent = "it is not there")]
    pub statement: Maybe<u32>,
    /// Its position in the older run.
    #[field(absent = "it was not there")]
    pub old_statement: Maybe<u32>,
    /// What happened.
    pub change: StatementChange,
    /// Why.
    #[field(default)]
    pub causes: Vec<Cause>,
}

/// What happened to a statement.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum StatementChange {
    /// It was put in.
    Added {
        /// Its text.
        sql: String,
    },
    /// It was taken out.
    Removed {
        /// Its text.
        sql: String,
    },
    /// Its text differs in more than layout.
    Sql {
        /// What it was.
        old: String,
        /// What it is.
        new: String,
    },
    /// It ended otherwise.
    Status {
        /// How it ended.
        old: RunStatus,
        /// How it ends.
        new: RunStatus,
    },
    /// Its result has another number of rows.
    Rows {
        /// How many it had.
        #[field(absent = "it had no result")]
        old: Maybe<u64>,
        /// How many it has.
        #[field(absent = "it has no result")]
        new: Maybe<u64>,
    },
}

/// A setting, a version or a fact of the machine that differs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct SettingDiff {
    /// What it is of.
    pub area: SettingArea,
    /// Its name: `datafusion.execution.batch_size`, `cpu_count`.
    #[field(min_len = 1)]
    pub key: String,
    /// What it was.
    #[field(absent = "it had no value, or was not there")]
    pub old: Maybe<String>,
    /// What it is.
    #[field(absent = "it has no value, or is not there")]
    pub new: Maybe<String>,
    /// Why.
    #[field(default)]
    pub causes: Vec<Cause>,
}

/// What a setting is of.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum SettingArea {
    /// The engine's settings, as read back from its session.
    Setting,
    /// Those of the engine's settings that the machine chose.
    HostSetting,
    /// What somebody set.
    Config,
    /// The profile: its name, what it promises, which statements it lets run.
    Profile,
    /// The functions SQL could call.
    Functions,
    /// The engine and its version.
    Engine,
    /// The other packages and their versions.
    Package,
    /// The machine.
    Host,
}

impl SettingArea {
    /// Whether it belongs to the work rather than to the place where it was done.
    pub const fn is_content(self) -> bool {
        !matches!(self, Self::HostSetting | Self::Host)
    }
}

/// A fact of a dataset that differs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct DataDiff {
    /// The dataset.
    #[field(min_len = 1)]
    pub dataset: String,
    /// Which fact.
    pub fact: DataFact,
    /// What it was.
    #[field(absent = "not known, or the dataset was not there")]
    pub old: Maybe<String>,
    /// What it is.
    #[field(absent = "not known, or the dataset is not there")]
    pub new: Maybe<String>,
}

/// What is known of a dataset's content.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum DataFact {
    /// Whether it is there.
    Dataset,
    /// The version of its Delta table.
    Version,
    /// Its rows.
    Rows,
    /// Its files.
    Files,
    /// The size of its files.
    Bytes,
    /// Digest of its content.
    Content,
    /// Its format.
    Format,
    /// The declared order of its rows.
    Ordering,
}

/// A fact of an output that differs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct OutputDiff {
    /// The output.
    #[field(min_len = 1)]
    pub output: String,
    /// Which fact.
    pub fact: OutputFact,
    /// What it was.
    #[field(absent = "not known, or the output was not there")]
    pub old: Maybe<String>,
    /// What it is.
    #[field(absent = "not known, or the output is not there")]
    pub new: Maybe<String>,
    /// Why.
    #[field(default)]
    pub causes: Vec<Cause>,
}

/// What is known of an output.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum OutputFact {
    /// Whether it is there.
    Output,
    /// Its rows.
    Rows,
    /// Digest of its rows.
    Content,
    /// Its format.
    Format,
}
