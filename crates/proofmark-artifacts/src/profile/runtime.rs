//! What a session is to be set to.

use std::collections::BTreeMap;

use proofmark::{Maybe, Record};

use super::DeterminismTier;
use crate::SqlPolicy;

/// A named set of engine settings: what a run may use, and what it promises, chosen by one word.
///
/// The engine takes `scan`, `memory_bytes_max` and `caches` first and lays `settings`, which are in its own words, on top.
/// What it then was set to is a [`RuntimeProfileSnapshot`](crate::RuntimeProfileSnapshot).
///
/// # Examples
/// ```
/// use proofmark_artifacts::profile::Profiles;
/// use proofmark_artifacts::DeterminismTier;
///
/// let tight = Profiles::built_in().resolve("memory_tight")?.profile;
/// assert_eq!(tight.determinism, DeterminismTier::Canonical);
/// assert_eq!(tight.scan.target_partitions.into_option(), Some(1));
/// # Ok::<(), proofmark_artifacts::options::OptionsError>(())
/// ```
#[derive(Record, Clone, Debug, PartialEq)]
pub struct RuntimeProfile {
    /// The word that chooses it.
    #[field(min_len = 1)]
    pub name: String,
    /// What it is for, in one line.
    #[field(default)]
    pub summary: String,
    /// How far its runs promise equal results.
    pub determinism: DeterminismTier,
    /// How files are scanned.
    #[field(default)]
    pub scan: ScanSettings,
    /// Bytes that operators may reserve together.
    #[field(ge = 1, absent = "memory is not limited")]
    pub memory_bytes_max: Maybe<u64>,
    /// Bytes that operators may spill to disk together.
    #[field(absent = "as the engine has it")]
    pub spill_bytes_max: Maybe<u64>,
    /// How much is kept for the next statement.
    #[field(default)]
    pub caches: CacheLimits,
    /// Which statements may run.
    #[field(default)]
    pub sql_policy: SqlPolicy,
    /// Further settings, as the engine spells them.
    #[field(default)]
    pub settings: BTreeMap<String, String>,
}

/// How files are to be scanned; see [`ScanProfile`](super::ScanProfile) for how they were.
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanSettings {
    /// Rows per batch.
    #[field(ge = 1, absent = "as the engine has it")]
    pub batch_size: Maybe<u64>,
    /// Partitions the planner aims at.
    #[field(ge = 1, absent = "one per core of the host")]
    pub target_partitions: Maybe<u64>,
    /// Whether statistics are collected when a table is registered.
    #[field(absent = "as the engine has it")]
    pub collect_statistics: Maybe<bool>,
    /// Whether row groups and pages are skipped by statistics.
    #[field(absent = "as the engine has it")]
    pub pruning: Maybe<bool>,
    /// Whether filters are applied while rows are decoded.
    #[field(absent = "as the engine has it")]
    pub pushdown_filters: Maybe<bool>,
    /// Whether those filters are reordered by cost.
    #[field(absent = "as the engine has it")]
    pub reorder_filters: Maybe<bool>,
    /// Whether Bloom filters are read.
    #[field(absent = "as the engine has it")]
    pub bloom_filters: Maybe<bool>,
    /// Whether large files are split between partitions.
    #[field(absent = "as the engine has it")]
    pub split_files: Maybe<bool>,
}

/// How much the caches of a session hold. A limit of 0 switches a cache off.
#[derive(Record, Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheLimits {
    /// Bytes of metadata of files.
    #[field(absent = "as the engine has it")]
    pub file_metadata_bytes_max: Maybe<u64>,
    /// Bytes of statistics of files.
    #[field(absent = "as the engine has it")]
    pub file_statistics_bytes_max: Maybe<u64>,
    /// Bytes of listings of directories.
    #[field(absent = "as the engine has it")]
    pub listings_bytes_max: Maybe<u64>,
    /// Seconds after which a listing is made anew.
    #[field(ge = 1, absent = "as the engine has it")]
    pub listings_seconds_max: Maybe<u64>,
    /// Bytes of plans.
    #[field(absent = "as the recorder has it")]
    pub plans_bytes_max: Maybe<u64>,
    /// Bytes of syntax trees.
    #[field(absent = "as the recorder has it")]
    pub syntax_trees_bytes_max: Maybe<u64>,
}
