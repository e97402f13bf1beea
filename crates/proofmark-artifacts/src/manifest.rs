//! What a run read, did and made.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proofmark::{Maybe, Record};

use crate::{ArrowSchema, Digest, Repro, RunId};

/// The record of one run: what was asked, what was read, what came out, and with what it can be repeated.
///
/// Every run leaves one, the failed ones too.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "manifest.v1")]
pub struct Manifest {
    /// Id of the run. Volatile: half of it is the clock, half of it is drawn at random.
    #[field(volatile = "random", min_len = 1)]
    pub run_id: String,
    /// How the run ended.
    pub status: RunStatus,
    /// Why it failed.
    #[field(absent = "the run did not fail")]
    pub failure: Maybe<Failure>,
    /// When the run started. Volatile: it is the clock.
    #[field(volatile = "time")]
    pub started_at: Timestamp,
    /// When the run ended. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the run had not ended when the manifest was written")]
    pub finished_at: Maybe<Timestamp>,
    /// Wall time from start to end. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "not measured")]
    pub elapsed_ns: Maybe<u64>,
    /// The pipeline file, as it was named. Volatile: the same pipeline may lie elsewhere.
    #[field(volatile = "path", absent = "the statements did not come from a file")]
    pub pipeline: Maybe<String>,
    /// The run whose work this one did again. Volatile: a replay is to have the content of what it repeats.
    #[field(volatile = "random", absent = "the run repeats no other")]
    pub replay_of: Maybe<RunId>,
    /// The statements, in the order in which they ran.
    #[field(default)]
    pub statements: Vec<StatementRecord>,
    /// The tables the run could read, sorted by name.
    #[field(default)]
    pub datasets: Vec<DatasetRecord>,
    /// What the run made, in the order in which it was made.
    #[field(default)]
    pub outputs: Vec<OutputRecord>,
    /// The planner's rules, in the order in which the engine applies them.
    #[field(default)]
    pub rules: PlannerRules,
    /// Which datasets each output was made from.
    #[field(default)]
    pub lineage: Vec<LineageEdge>,
    /// Parameters given to the run.
    #[field(default)]
    pub params: BTreeMap<String, String>,
    /// Remarks in words, such as what could not be recorded and why.
    #[field(default)]
    pub notes: Vec<String>,
    /// What is needed to repeat the run.
    pub repro: Repro,
}

/// How a run or a statement ended.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum RunStatus {
    /// Everything ran and was recorded.
    Ok,
    /// A statement failed.
    Failed,
    /// The run was stopped before its end.
    Cancelled,
    /// The work was done, but a part of the record is missing; the notes say which.
    Incomplete,
}

/// Why a run or a statement failed.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Failure {
    /// Where it failed.
    pub stage: FailureStage,
    /// The engine's message. Volatile: messages hold paths.
    #[field(volatile = "path")]
    pub message: String,
    /// What the user can do about it.
    #[field(absent = "nothing is known that helps")]
    pub help: Maybe<String>,
}

/// The stage of a run at which something failed.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum FailureStage {
    /// Reading the pipeline or registering its tables.
    Input,
    /// Parsing SQL.
    Parse,
    /// Making the logical or physical plan.
    Plan,
    /// Running the plan.
    Execute,
    /// Writing the result.
    Output,
}

/// One statement of the run.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StatementRecord {
    /// Position in the run, from 0. Other artifacts refer to the statement by it.
    pub index: u32,
    /// The step of the pipeline it belongs to.
    #[field(absent = "the pipeline has no named steps", min_len = 1)]
    pub step: Maybe<String>,
    /// What the statement does: `query`, `create_external_table`, `insert`, ...
    #[field(min_len = 1)]
    pub kind: String,
    /// The text as written; for a Substrait plan, a comment that names it.
    pub sql: String,
    /// Where the plan came from that was run in place of SQL.
    #[field(absent = "the statement was written as SQL")]
    pub substrait: Maybe<SubstraitOrigin>,
    /// How the statement ended.
    pub status: RunStatus,
    /// Rows of the result.
    #[field(absent = "the statement has no result, or did not end")]
    pub rows: Maybe<u64>,
    /// Bytes of the result in memory. Volatile: it depends on how the engine cut its batches.
    #[field(volatile = "race", absent = "the statement has no result, or did not end")]
    pub bytes: Maybe<u64>,
    /// Fingerprint of the result's schema.
    #[field(absent = "the statement has no result, or was not planned")]
    pub schema_fingerprint: Maybe<Digest>,
    /// Wall time. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "the statement was not started")]
    pub elapsed_ns: Maybe<u64>,
    /// Largest memory reservation while the statement ran. Volatile: it depends on how partitions overlapped.
    #[field(volatile = "race", absent = "not measured")]
    pub memory_bytes_max: Maybe<u64>,
    /// Bytes written to disk for lack of memory. Volatile: it depends on how partitions overlapped.
    #[field(volatile = "race", absent = "not measured")]
    pub spilled_bytes: Maybe<u64>,
}

/// What a Substrait plan says of itself, and its digest.
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct SubstraitOrigin {
    /// The program that made it, in its own words: `ibis-substrait`.
    #[field(absent = "the plan does not say")]
    pub producer: Maybe<String>,
    /// The version of the Substrait format: `0.63.0`.
    #[field(absent = "the plan does not say")]
    pub version: Maybe<String>,
    /// Digest of the plan's protobuf form. The plan itself is in the syntax artifact.
    pub sha256: Digest,
}

/// One table the run could read.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct DatasetRecord {
    /// The name it has in SQL.
    #[field(min_len = 1)]
    pub name: String,
    /// What it is.
    pub kind: DatasetKind,
    /// Where it lies. Volatile: the same data may lie elsewhere.
    #[field(volatile = "path", absent = "it has no place of its own, such as a view")]
    pub path: Maybe<String>,
    /// Format of its files: `parquet`, `csv`, `json`, `delta`.
    #[field(absent = "it has no files")]
    pub format: Maybe<String>,
    /// Its rows, exactly.
    #[field(absent = "not known without reading the data")]
    pub rows: Maybe<u64>,
    /// Its files.
    #[field(absent = "it has no files")]
    pub files: Maybe<u64>,
    /// The size of its files.
    #[field(absent = "it has no files")]
    pub bytes: Maybe<u64>,
    /// Its columns, in order.
    pub columns: Vec<ColumnRecord>,
    /// Digest of the canonical form of its columns.
    pub schema_fingerprint: Digest,
    /// Its schema, for readers who need all of it.
    #[field(absent = "not recorded; the columns say enough")]
    pub arrow_schema: Maybe<ArrowSchema>,
    /// Digest of its content.
    #[field(absent = "not computed, such as for data too large to read twice")]
    pub content_sha256: Maybe<Digest>,
    /// The declared order of its rows, as SQL order terms.
    #[field(default)]
    pub ordering: Vec<String>,
    /// The Delta table it is.
    #[field(absent = "it is not a Delta table")]
    pub delta: Maybe<DeltaRecord>,
}

/// What kind of table a dataset is.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum DatasetKind {
    /// Files outside the engine.
    External,
    /// Rows held in memory.
    Memory,
    /// A query with a name.
    View,
    /// A table function.
    Function,
}

/// One column.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ColumnRecord {
    /// Its name.
    pub name: String,
    /// Its Arrow type, as Arrow writes it: `Int64`, `Timestamp(ns, "UTC")`.
    pub data_type: String,
    /// Whether it may hold nulls.
    pub nullable: bool,
}

/// A version of a Delta table that was read or written.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct DeltaRecord {
    /// The table's own id.
    #[field(absent = "the log does not tell")]
    pub table_id: Maybe<String>,
    /// The version.
    pub version: u64,
    /// Reader and writer features the table asks for, sorted.
    #[field(default)]
    pub features: Vec<String>,
}

/// One thing the run made.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct OutputRecord {
    /// Its name: the table's, or `result` for the last result.
    #[field(min_len = 1)]
    pub name: String,
    /// The statement that made it.
    pub statement: u32,
    /// Where it was written. Volatile: the caller chooses it.
    #[field(volatile = "path", absent = "it was shown, not written")]
    pub path: Maybe<String>,
    /// Its format: `table`, `csv`, `json`, `ndjson`, `parquet`.
    #[field(min_len = 1)]
    pub format: String,
    /// Its rows.
    pub rows: u64,
    /// Its size. Volatile: writers cut row groups and batches differently.
    #[field(volatile = "race", absent = "it was shown, not written")]
    pub bytes: Maybe<u64>,
    /// Its columns, in order.
    pub columns: Vec<ColumnRecord>,
    /// Digest of the canonical form of its columns.
    pub schema_fingerprint: Digest,
    /// Digest of its rows, whatever their order.
    #[field(absent = "not computed")]
    pub content_sha256: Maybe<Digest>,
    /// The version of the Delta table that holds it.
    #[field(absent = "it was not committed to a Delta table")]
    pub delta: Maybe<DeltaRecord>,
}

/// The planner's rules, in the order in which the engine applies them.
#[derive(Record, Clone, Debug, Default, PartialEq)]
pub struct PlannerRules {
    /// Rules that give names and types.
    #[field(default)]
    pub analyzer: Vec<String>,
    /// Rules over the logical plan.
    #[field(default)]
    pub logical: Vec<String>,
    /// Rules over the physical plan.
    #[field(default)]
    pub physical: Vec<String>,
}

/// Which datasets an output was made from.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct LineageEdge {
    /// Name of the output.
    #[field(min_len = 1)]
    pub output: String,
    /// Names of the datasets, sorted.
    pub inputs: Vec<String>,
}
