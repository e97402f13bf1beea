//! What the engine can do, and whether it may.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// One capability that changes what a run does: built in or not, switched on or not.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "feature_state_event.v1")]
pub struct FeatureStateEvent {
    /// When it was looked at. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// Its name: `delta`, `dynamic_filter_pushdown`.
    #[field(min_len = 1)]
    pub feature: String,
    /// Whether it is there and on.
    pub state: FeatureState,
    /// The setting that decides.
    #[field(absent = "it was decided when the program was built")]
    pub setting: Maybe<String>,
}

/// Whether a feature is there and on.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum FeatureState {
    /// It is on.
    Enabled,
    /// It is there and switched off.
    Disabled,
    /// This build does not have it.
    NotBuilt,
}
