//! What a session does besides returning rows, each observation in a file of its own.
//!
//! | file | what is watched | event |
//! |---|---|---|
//! | `rules` | the planner | `plan_event` |
//! | `steps` | what it changed | the steps of `plan_diff` |
//! | `functions` | the functions that a plan calls | `udf_validation_event` |
//! | `memory` | who reserves how much | `memory_event` |
//! | `pruning` | what scans skip | `file_pruning_event` |
//! | `census` | the schemas of files | `schema_validation_event` |
//! | `stores` | requests of object stores | `object_store_event` |
//! | `caches` | the engine's caches | `cache_state_event` |
//! | `features` | what is built in and switched on | `feature_state_event` |
//!
//! None of them fails a run, and none of them looks at rows.

pub(crate) mod caches;
pub(crate) mod census;
pub(crate) mod features;
pub(crate) mod functions;
pub(crate) mod look;
pub(crate) mod memory;
pub(crate) mod pruning;
pub(crate) mod rules;
pub(crate) mod steps;
pub(crate) mod stores;
