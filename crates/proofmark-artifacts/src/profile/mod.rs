//! The engine's settings: what a session is to be set to, by name, and what it was set to during a run.

mod profiles;
mod runtime;

use std::collections::BTreeMap;

use proofmark::{Maybe, Record};

pub use profiles::{EXTENDS_MAX, PROFILE_NAME_CHARS_MAX, Profiles, ResolvedProfile};
pub use runtime::{CacheLimits, RuntimeProfile, ScanSettings};

use crate::policy::SqlPolicy;
use crate::{ArrowSchema, Digest};

/// What the engine was set to do, as read back from the live session.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "profile.v1")]
pub struct RuntimeProfileSnapshot {
    /// Name of the profile the session was made from: `default`, `dev_debug`, `prod_fast`, `memory_tight`.
    #[field(min_len = 1)]
    pub name: String,
    /// How far the run promises equal results.
    pub determinism: DeterminismTier,
    /// The engine.
    pub engine: EngineRecord,
    /// How files are scanned.
    pub scan: ScanProfile,
    /// Which statements may run.
    pub sql_policy: SqlPolicy,
    /// Digest of that policy.
    pub sql_policy_sha256: Digest,
    /// Settings of the engine, all of them, but for those in `host_settings`.
    pub settings: BTreeMap<String, Option<String>>,
    /// Settings whose value the machine chose: the number of processors, the temporary directory.
    /// Volatile: they change with the machine, nobody set them.
    #[field(volatile = "host", default)]
    pub host_settings: BTreeMap<String, Option<String>>,
    /// Where the statements ran: `ballista://10.0.0.7:50050`. Volatile: it is no property of the work.
    #[field(volatile = "host", absent = "in the process that recorded them")]
    pub cluster: Maybe<String>,
    /// The functions SQL could call.
    pub functions: FunctionRegistry,
    /// Digest of this profile without its volatile fields and without this field.
    pub profile_sha256: Digest,
    /// Schema of the run's result.
    #[field(absent = "the run has no result, or was not planned")]
    pub arrow_schema: Maybe<ArrowSchema>,
}

/// How far a run promises equal results.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum DeterminismTier {
    /// Same rows, same order, same bytes.
    Canonical,
    /// Same rows, in any order.
    StableSet,
    /// Nothing is promised.
    BestEffort,
}

/// The engine and its version.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct EngineRecord {
    /// Its name: `datafusion`.
    #[field(min_len = 1)]
    pub name: String,
    /// Its version.
    #[field(min_len = 1)]
    pub version: String,
}

/// How files are scanned.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ScanProfile {
    /// Rows per batch.
    #[field(ge = 1)]
    pub batch_size: u64,
    /// Partitions the planner aims at. Volatile: unless set, it is the number of processors.
    #[field(volatile = "host", ge = 1)]
    pub target_partitions: u64,
    /// Whether statistics are collected when a table is registered.
    pub collect_statistics: bool,
    /// Whether row groups and pages are skipped by statistics.
    pub pruning: bool,
    /// Whether filters are applied while rows are decoded.
    pub pushdown_filters: bool,
    /// Whether those filters are reordered by cost.
    pub reorder_filters: bool,
    /// Whether Bloom filters are read.
    pub bloom_filters: bool,
    /// Whether large files are split between partitions.
    pub split_files: bool,
    /// Limit of the memory pool.
    #[field(absent = "memory is not limited")]
    pub memory_bytes_max: Maybe<u64>,
}

/// The functions SQL could call: how many, and a digest of all names, aliases and signatures.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct FunctionRegistry {
    /// Scalar functions, aliases counted.
    pub scalar: u32,
    /// Aggregate functions, aliases counted.
    pub aggregate: u32,
    /// Window functions, aliases counted.
    pub window: u32,
    /// Table functions.
    pub table: u32,
    /// Functions that take functions.
    pub higher_order: u32,
    /// Digest of the sorted list. Signatures are compared as the engine prints them: equal only within one version.
    pub sha256: Digest,
}
