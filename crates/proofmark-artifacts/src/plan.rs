//! Plans as typed trees.

use proofmark::{Maybe, Record};

use crate::Digest;

/// Most operators from the root of a plan to a leaf that a plan may have to be stored.
///
/// Who fills in a deeper one leaves out what lies below: readers of the record follow it on their own stack. An
/// unoptimised build takes some 10 KiB per operator, and a thread of an engine has 2 MiB.
pub const PLAN_DEPTH_MAX: usize = 100;

/// The plans of a run's statements.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "plan.v1")]
pub struct PlanArtifact {
    /// One entry per statement that was planned, in order.
    pub statements: Vec<StatementPlan>,
}

/// The plans of one statement.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StatementPlan {
    /// The statement's position in the run.
    pub statement: u32,
    /// The plan as written.
    #[field(absent = "the statement was not planned so far")]
    pub logical: Maybe<PlanNode>,
    /// The plan after the logical rules.
    #[field(absent = "the statement was not planned so far")]
    pub optimized: Maybe<PlanNode>,
    /// The plan that ran.
    #[field(absent = "the statement was not planned so far")]
    pub physical: Maybe<OperatorNode>,
    /// Digest of the optimised plan's text with names and types, paths left out.
    #[field(absent = "the statement was not planned so far")]
    pub optimized_sha256: Maybe<Digest>,
    /// The optimised plan in the protobuf form of <https://substrait.io>, for other engines.
    #[field(
        absent = "the build writes none, the plan cannot be said in it, or it has more bytes than are kept"
    )]
    pub substrait: Maybe<Vec<u8>>,
    /// The plan that ran, in the protobuf form of the engine's own crate and version, which alone can read it. Volatile:
    /// it names the files, their sizes and times.
    #[field(
        volatile = "path",
        absent = "the build writes none, an operator has no such form, or it has more bytes than are kept"
    )]
    pub engine: Maybe<Vec<u8>>,
    /// The stages into which a cluster cut its own plan of the statement, in the order in which they ran. The figures of
    /// `physical` are taken from them. Volatile: where a statement runs is no property of it.
    #[field(volatile = "host", default)]
    pub stages: Vec<StageRecord>,
}

/// One stage of a distributed statement: operators that run without an exchange between them.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StageRecord {
    /// The cluster's number for it.
    #[field(volatile = "host")]
    pub stage: u32,
    /// Tasks it was divided into.
    #[field(volatile = "host")]
    pub partitions: u32,
    /// Its operators, from the root down, children in order.
    #[field(volatile = "host", default)]
    pub operators: Vec<StageOperator>,
}

/// One operator of a stage.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct StageOperator {
    /// Distance from the root of the stage.
    #[field(volatile = "host")]
    pub depth: u32,
    /// What it is: `SortMergeJoinExec`.
    #[field(volatile = "host", min_len = 1)]
    pub name: String,
    /// What it did, over all tasks.
    #[field(volatile = "host")]
    pub metrics: OperatorMetrics,
}

/// One node of a logical plan.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct PlanNode {
    /// What the node is: `Projection`, `TableScan`.
    #[field(min_len = 1)]
    pub name: String,
    /// What it does, in the engine's words. Holds no path.
    #[field(default)]
    pub detail: String,
    /// The nodes it reads from.
    #[field(default)]
    pub children: Vec<PlanNode>,
}

/// One operator of a physical plan, with what it did.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct OperatorNode {
    /// Position in the plan, counted from the root down, children in order, from 0.
    pub index: u32,
    /// What the operator is: `HashJoinExec`.
    #[field(min_len = 1)]
    pub name: String,
    /// What it does, in the engine's words, taken before it ran: a filter that grows while running would be a race.
    /// Holds no path and no byte range; those are in `files`.
    #[field(default)]
    pub detail: String,
    /// Files it reads. Volatile: the same data may lie elsewhere.
    #[field(volatile = "path", default)]
    pub files: Vec<String>,
    /// How its output is divided.
    pub partitioning: Partitioning,
    /// The order of its output, as SQL order terms.
    #[field(default)]
    pub ordering: Vec<String>,
    /// Rows the planner expected.
    #[field(absent = "the planner had no estimate")]
    pub rows_estimated: Maybe<RowEstimate>,
    /// What it did. Volatile: filters that are found while running make even row counts depend on which partition was
    /// first.
    #[field(volatile = "race", absent = "the operator did not run, or counts nothing")]
    pub metrics: Maybe<OperatorMetrics>,
    /// The operators it reads from.
    #[field(default)]
    pub children: Vec<OperatorNode>,
}

/// How the output of an operator is divided.
#[derive(Record, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Partitioning {
    /// By what rule.
    pub scheme: PartitionScheme,
    /// Into how many parts. Volatile: unless set, it follows the number of processors.
    #[field(volatile = "host")]
    pub count: u32,
    /// The expressions hashed or ranged over.
    #[field(default)]
    pub expressions: Vec<String>,
}

/// The rule by which rows go to partitions.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[record(rename_all = "snake")]
pub enum PartitionScheme {
    /// In turns.
    RoundRobin,
    /// By the hash of expressions.
    Hash,
    /// By ranges of expressions.
    Range,
    /// By a rule that the engine does not name.
    Unknown,
}

/// Rows the planner expected.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowEstimate {
    /// The number.
    pub rows: u64,
    /// Whether the planner vouches for it.
    pub exact: bool,
}

/// What an operator did.
///
/// The figures most readers want have fields of their own; `counters` holds all of them, summed over partitions.
#[derive(Record, Clone, Debug, Default, PartialEq)]
pub struct OperatorMetrics {
    /// Rows it put out.
    #[field(volatile = "race", absent = "not counted by this operator")]
    pub rows_out: Maybe<u64>,
    /// Batches it put out.
    #[field(volatile = "race", absent = "not counted by this operator")]
    pub batches_out: Maybe<u64>,
    /// Bytes it put out.
    #[field(volatile = "race", absent = "not counted by this operator")]
    pub bytes_out: Maybe<u64>,
    /// Processor time, summed over partitions.
    #[field(volatile = "measured", absent = "not measured by this operator")]
    pub elapsed_compute_ns: Maybe<u64>,
    /// Bytes written to disk for lack of memory.
    #[field(volatile = "race", absent = "this operator cannot spill")]
    pub spilled_bytes: Maybe<u64>,
    /// Rows put out by each partition: how evenly the work was divided.
    #[field(volatile = "race", default)]
    pub rows_per_partition: Vec<u64>,
    /// All figures, sorted by name.
    #[field(volatile = "measured", default)]
    pub counters: Vec<Metric>,
}

/// One figure, with its unit.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum Metric {
    /// A number of things.
    Count {
        /// The engine's name for it.
        name: String,
        /// How many.
        value: u64,
    },
    /// A level that goes up and down.
    Gauge {
        /// The engine's name for it.
        name: String,
        /// The last or largest level.
        value: u64,
    },
    /// An amount of data.
    Bytes {
        /// The engine's name for it.
        name: String,
        /// How many bytes.
        value: u64,
    },
    /// A span of time.
    Time {
        /// The engine's name for it.
        name: String,
        /// How many nanoseconds.
        value_ns: u64,
    },
    /// How many things were skipped, and how many were not.
    Pruning {
        /// The engine's name for it.
        name: String,
        /// Skipped.
        pruned: u64,
        /// Kept.
        matched: u64,
        /// Kept because every row passes.
        fully_matched: u64,
    },
    /// A part of a total.
    Ratio {
        /// The engine's name for it.
        name: String,
        /// The part.
        part: u64,
        /// The total.
        total: u64,
    },
}
