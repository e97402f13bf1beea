//! What the engine can do, and whether it may.

use datafusion::config::ConfigOptions;
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::{FeatureState, FeatureStateEvent};

/// What is decided when the program is built.
const BUILT: &[(&str, bool)] =
    &[("ballista", cfg!(feature = "ballista")), ("delta", cfg!(feature = "delta"))];

/// What a setting switches, by the setting's name: what changes how a query is run, not what it returns.
const SWITCHED: &[(&str, &str)] = &[
    ("bloom_filters", "datafusion.execution.parquet.bloom_filter_on_read"),
    ("collect_statistics", "datafusion.execution.collect_statistics"),
    ("dynamic_filter_pushdown", "datafusion.optimizer.enable_dynamic_filter_pushdown"),
    ("hash_join", "datafusion.optimizer.prefer_hash_join"),
    ("page_index", "datafusion.execution.parquet.enable_page_index"),
    ("parquet_filter_pushdown", "datafusion.execution.parquet.pushdown_filters"),
    ("parquet_filter_reordering", "datafusion.execution.parquet.reorder_filters"),
    ("parquet_pruning", "datafusion.execution.parquet.pruning"),
    ("repartition_aggregations", "datafusion.optimizer.repartition_aggregations"),
    ("repartition_file_scans", "datafusion.optimizer.repartition_file_scans"),
    ("repartition_joins", "datafusion.optimizer.repartition_joins"),
    ("round_robin_repartition", "datafusion.optimizer.enable_round_robin_repartition"),
    ("topk_aggregation", "datafusion.optimizer.enable_topk_aggregation"),
];

/// One event per feature, sorted by name within its kind.
pub(crate) fn events(options: &ConfigOptions) -> Vec<FeatureStateEvent> {
    let built = BUILT.iter().map(|(name, is_built)| {
        let state = if *is_built { FeatureState::Enabled } else { FeatureState::NotBuilt };
        event(name, state, Maybe::Unset)
    });
    let entries = options.entries();
    let switched = SWITCHED.iter().filter_map(|(name, key)| {
        // A release of the engine without the setting has nothing to switch.
        let value = entries.iter().find(|entry| entry.key == *key)?.value.as_deref()?;
        let state = if value == "true" { FeatureState::Enabled } else { FeatureState::Disabled };
        Some(event(name, state, Maybe::Set((*key).to_owned())))
    });
    built.chain(switched).collect()
}

fn event(feature: &str, state: FeatureState, setting: Maybe<String>) -> FeatureStateEvent {
    FeatureStateEvent {
        event_time: Maybe::Set(Timestamp::now()),
        feature: feature.to_owned(),
        state,
        setting,
    }
}
