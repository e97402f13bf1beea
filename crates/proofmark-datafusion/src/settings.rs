//! A runtime profile as the engine takes it.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use datafusion::execution::memory_pool::{
    FairSpillPool, MemoryPool, TrackConsumersPool, UnboundedMemoryPool,
};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::SessionConfig;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::profile::{Profiles, RuntimeProfile};

use crate::error::{Error, ErrorKind, Result};

/// The profile of a run that names none.
pub const PROFILE_DEFAULT: &str = "dev_debug";

/// How many memory consumers an out-of-memory message names.
const CONSUMERS_NAMED_MAX: NonZeroUsize = NonZeroUsize::new(5).expect("five is not zero");

/// Settings that every profile shares: they make a record complete and cost next to nothing.
const SHARED_SETTINGS: &[(&str, &str)] = &[
    // Planning errors carry the place in the SQL text.
    ("datafusion.sql_parser.collect_spans", "true"),
    ("datafusion.catalog.information_schema", "true"),
];

/// A built-in profile.
///
/// # Errors
/// Fails when there is none of that name; the error lists the names.
///
/// # Examples
/// ```
/// use proofmark_datafusion::built_in_profile;
///
/// let profile = built_in_profile("memory_tight")?;
/// assert_eq!(profile.scan.target_partitions.into_option(), Some(1));
/// assert!(built_in_profile("fast").is_err());
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
pub fn built_in_profile(name: &str) -> Result<RuntimeProfile> {
    let profiles = Profiles::built_in();
    if !profiles.names().any(|known| known == name) {
        let names: Vec<_> = profiles.names().collect();
        return Err(Error::new(ErrorKind::Usage, format!("there is no profile `{name}`"))
            .with_help(format!("choose one of {}", names.join(", "))));
    }
    let resolved = profiles.resolve(name);
    resolved
        .map(|found| found.profile)
        .map_err(|error| Error::new(ErrorKind::Configuration, error.to_string()))
}

/// The names of the engine's settings, sorted: what a profile may set.
///
/// # Examples
/// ```
/// assert!(proofmark_datafusion::setting_names().contains(&"datafusion.execution.batch_size".to_owned()));
/// ```
pub fn setting_names() -> Vec<String> {
    let entries = SessionConfig::new().options().entries();
    let mut names: Vec<_> = entries.into_iter().map(|entry| entry.key).collect();
    names.sort();
    names
}

/// The engine's settings: those that all profiles share, those of the scan, and the profile's own on top.
pub(crate) fn config_of(profile: &RuntimeProfile) -> Result<SessionConfig> {
    let mut config = SessionConfig::new();
    let options = config.options_mut();
    for (key, value) in SHARED_SETTINGS {
        options.set(key, value)?;
    }
    for (key, value) in scan_settings(profile) {
        options.set(key, &value)?;
    }
    for (key, value) in &profile.settings {
        options.set(key, value)?;
    }
    Ok(config)
}

fn scan_settings(profile: &RuntimeProfile) -> impl Iterator<Item = (&'static str, String)> {
    let scan = &profile.scan;
    let flag = |value: Maybe<bool>| value.into_option().map(|value| value.to_string());
    let number = |value: Maybe<u64>| value.into_option().map(|value| value.to_string());
    [
        ("datafusion.execution.batch_size", number(scan.batch_size)),
        ("datafusion.execution.target_partitions", number(scan.target_partitions)),
        ("datafusion.execution.collect_statistics", flag(scan.collect_statistics)),
        ("datafusion.execution.parquet.pruning", flag(scan.pruning)),
        ("datafusion.execution.parquet.pushdown_filters", flag(scan.pushdown_filters)),
        ("datafusion.execution.parquet.reorder_filters", flag(scan.reorder_filters)),
        ("datafusion.execution.parquet.bloom_filter_on_read", flag(scan.bloom_filters)),
        ("datafusion.optimizer.repartition_file_scans", flag(scan.split_files)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
}

/// Memory within the profile's limit.
pub(crate) fn pool_of(profile: &RuntimeProfile) -> Arc<dyn MemoryPool> {
    match profile.memory_bytes_max {
        Maybe::Set(bytes) => {
            Arc::new(TrackConsumersPool::new(FairSpillPool::new(size(bytes)), CONSUMERS_NAMED_MAX))
        }
        Maybe::Unset => Arc::new(UnboundedMemoryPool::default()),
    }
}

/// Scratch space and caches within the profile's limits.
pub(crate) fn limited(mut builder: RuntimeEnvBuilder, profile: &RuntimeProfile) -> RuntimeEnvBuilder {
    let caches = &profile.caches;
    if let Maybe::Set(bytes) = profile.spill_bytes_max {
        builder = builder.with_max_temp_directory_size(bytes);
    }
    if let Maybe::Set(bytes) = caches.file_metadata_bytes_max {
        builder = builder.with_metadata_cache_limit(size(bytes));
    }
    if let Maybe::Set(bytes) = caches.file_statistics_bytes_max {
        builder = builder.with_file_statistics_cache_limit(size(bytes));
    }
    if let Maybe::Set(bytes) = caches.listings_bytes_max {
        builder = builder.with_object_list_cache_limit(size(bytes));
    }
    if let Maybe::Set(seconds) = caches.listings_seconds_max {
        builder = builder.with_object_list_cache_ttl(Some(Duration::from_secs(seconds)));
    }
    builder
}

/// More than the machine can address is no limit.
fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}
