//! Named engine settings: what a run is allowed to use, chosen by one word.

use crate::error::{Error, ErrorKind, Result};

/// How far a profile promises equal results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Determinism {
    /// Same rows in the same order: one partition, so nothing races.
    Canonical,
    /// Same rows in any order, on any machine. The last digits of a sum of floats are no promise:
    /// they follow the order in which partitions were added up.
    StableSet,
    /// Plans follow the machine.
    BestEffort,
}

/// A named set of engine settings.
///
/// # Examples
/// ```
/// use proofmark_datafusion::Profile;
///
/// let profile = Profile::named("memory_tight")?;
/// assert_eq!(profile.target_partitions, Some(1));
/// assert!(Profile::named("fast").is_err());
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The word that chooses it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// How far its results repeat.
    pub determinism: Determinism,
    /// Parallel partitions; `None` means one per core of the host.
    pub target_partitions: Option<usize>,
    /// Bytes the operators may reserve together; `None` means no limit.
    pub memory_bytes_max: Option<usize>,
    /// Further engine settings, as the engine spells them.
    pub settings: &'static [(&'static str, &'static str)],
}

/// Settings that every profile shares: they make a record complete and cost next to nothing.
pub(crate) const SHARED_SETTINGS: &[(&str, &str)] = &[
    // Planning errors carry the place in the SQL text.
    ("datafusion.sql_parser.collect_spans", "true"),
    ("datafusion.catalog.information_schema", "true"),
];

/// The default: plans that repeat anywhere, filters inside the scan, metrics in full.
const DEV_DEBUG: Profile = Profile {
    name: "dev_debug",
    summary: "repeatable plans, full metrics, 2 GiB of memory",
    determinism: Determinism::StableSet,
    target_partitions: Some(4),
    memory_bytes_max: Some(2 << 30),
    settings: &[
        ("datafusion.execution.parquet.pushdown_filters", "true"),
        ("datafusion.explain.analyze_level", "dev"),
    ],
};

/// Every core, no memory limit.
const PROD_FAST: Profile = Profile {
    name: "prod_fast",
    summary: "every core of the host, no memory limit",
    determinism: Determinism::BestEffort,
    target_partitions: None,
    memory_bytes_max: None,
    settings: &[
        ("datafusion.execution.parquet.pushdown_filters", "true"),
        ("datafusion.execution.parquet.reorder_filters", "true"),
    ],
};

/// One partition and little memory: operators that can spill do so.
const MEMORY_TIGHT: Profile = Profile {
    name: "memory_tight",
    summary: "one partition, 64 MiB of memory, early spills",
    determinism: Determinism::Canonical,
    target_partitions: Some(1),
    memory_bytes_max: Some(64 << 20),
    settings: &[
        ("datafusion.execution.batch_size", "4096"),
        // The default of 10 MiB per sort would be a sixth of the whole pool.
        ("datafusion.execution.sort_spill_reservation_bytes", "1048576"),
        ("datafusion.execution.parquet.pushdown_filters", "true"),
    ],
};

impl Profile {
    /// Every named profile, the default first.
    pub const ALL: &'static [Profile] = &[DEV_DEBUG, PROD_FAST, MEMORY_TIGHT];

    /// The profile called `name`.
    ///
    /// # Errors
    /// Fails when no profile has that name; the error lists the names.
    pub fn named(name: &str) -> Result<&'static Profile> {
        Self::ALL.iter().find(|profile| profile.name == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|profile| profile.name).collect();
            Error::new(ErrorKind::Usage, format!("there is no profile `{name}`"))
                .with_help(format!("choose one of {}", names.join(", ")))
        })
    }
}

impl Default for &Profile {
    fn default() -> Self {
        &Profile::ALL[0]
    }
}
