//! The engine's settings, rules and functions, read back from the live session.

use std::collections::BTreeMap;
use std::fmt::Debug;

use datafusion::arrow::datatypes::Schema;
use datafusion::execution::SessionState;
use datafusion::execution::memory_pool::MemoryLimit;
use proofmark_artifacts::{
    Digest, EngineRecord, FunctionRegistry, Maybe, PlannerRules, RuntimeProfileSnapshot, ScanProfile,
    fingerprint,
};

use crate::engine::Engine;
use crate::schema::arrow_schema;
use crate::session::Session;

/// Settings whose default the engine takes from the machine.
const HOST_SETTINGS: &[&str] = &[
    "datafusion.execution.planning_concurrency",
    "datafusion.execution.target_partitions",
    "datafusion.runtime.temp_directory",
];

/// The profile of the session as it is now, with the schema of the run's result.
pub(crate) fn profile(
    session: &Session,
    engine: &Engine,
    functions: FunctionRegistry,
    result: Option<&Schema>,
) -> RuntimeProfileSnapshot {
    let state = session.context().state_ref();
    let state = state.read();
    let policy = &session.profile().sql_policy;
    let (settings, host_settings) = settings(session, &state);
    let mut snapshot = RuntimeProfileSnapshot {
        name: session.profile().name.clone(),
        determinism: session.profile().determinism,
        engine: EngineRecord { name: "datafusion".to_owned(), version: state.version().to_owned() },
        scan: scan(&state),
        sql_policy: policy.clone(),
        sql_policy_sha256: policy.sha256().unwrap_or_else(|_| Digest::of(b"")),
        settings,
        host_settings,
        cluster: match engine {
            Engine::Local => Maybe::Unset,
            Engine::Ballista(_) => Maybe::Set(engine.to_string()),
        },
        functions,
        profile_sha256: Digest::of(b""),
        arrow_schema: result.map_or(Maybe::Unset, arrow_schema),
    };
    if let Ok(digest) = fingerprint(&snapshot) {
        snapshot.profile_sha256 = digest;
    }
    snapshot
}

/// The planner's rules, in the order in which they are applied.
pub(crate) fn rules(session: &Session) -> PlannerRules {
    let state = session.context().state_ref();
    let state = state.read();
    PlannerRules {
        analyzer: state.analyzer().rules.iter().map(|rule| rule.name().to_owned()).collect(),
        logical: state.optimizers().iter().map(|rule| rule.name().to_owned()).collect(),
        physical: state.physical_optimizers().iter().map(|rule| rule.name().to_owned()).collect(),
    }
}

type Settings = BTreeMap<String, Option<String>>;

/// All settings, those that the machine chose apart.
fn settings(session: &Session, state: &SessionState) -> (Settings, Settings) {
    let mut entries = state.config().options().entries();
    entries.extend(state.runtime_env().config_entries());
    let is_pinned = |key: &str| {
        key == "datafusion.execution.target_partitions"
            && session.profile().scan.target_partitions.into_option().is_some()
    };
    entries
        .into_iter()
        .map(|entry| (entry.key, entry.value))
        .partition(|(key, _)| is_pinned(key) || !HOST_SETTINGS.contains(&key.as_str()))
}

fn scan(state: &SessionState) -> ScanProfile {
    let execution = &state.config_options().execution;
    ScanProfile {
        batch_size: execution.batch_size.get() as u64,
        target_partitions: execution.target_partitions as u64,
        collect_statistics: execution.collect_statistics,
        pruning: execution.parquet.pruning,
        pushdown_filters: execution.parquet.pushdown_filters,
        reorder_filters: execution.parquet.reorder_filters,
        bloom_filters: execution.parquet.bloom_filter_on_read,
        split_files: state.config_options().optimizer.repartition_file_scans,
        memory_bytes_max: match state.runtime_env().memory_pool.memory_limit() {
            MemoryLimit::Finite(bytes) => Maybe::Set(bytes as u64),
            MemoryLimit::Infinite | MemoryLimit::Unknown => Maybe::Unset,
        },
    }
}

/// How many functions there are, and a digest of everything that tells them apart.
pub(crate) fn functions(state: &SessionState) -> FunctionRegistry {
    let mut lines = Vec::new();
    for (key, function) in state.scalar_functions() {
        lines.push(line("scalar", key, function.name(), function.aliases(), function.signature()));
    }
    for (key, function) in state.aggregate_functions() {
        lines.push(line("aggregate", key, function.name(), function.aliases(), function.signature()));
    }
    for (key, function) in state.window_functions() {
        lines.push(line("window", key, function.name(), function.aliases(), function.signature()));
    }
    for (key, function) in state.higher_order_functions() {
        lines.push(line("higher_order", key, function.name(), function.aliases(), function.signature()));
    }
    for (key, function) in state.table_functions() {
        lines.push(line("table", key, function.name(), &[], &()));
    }
    lines.sort();
    FunctionRegistry {
        scalar: state.scalar_functions().len() as u32,
        aggregate: state.aggregate_functions().len() as u32,
        window: state.window_functions().len() as u32,
        table: state.table_functions().len() as u32,
        higher_order: state.higher_order_functions().len() as u32,
        sha256: Digest::of(lines.join("\n").as_bytes()),
    }
}

/// Signatures have no form but the one they are debugged in.
fn line(kind: &str, key: &str, name: &str, aliases: &[String], signature: &impl Debug) -> String {
    format!("{kind} {key:?} {name:?} {aliases:?} {signature:?}")
}
