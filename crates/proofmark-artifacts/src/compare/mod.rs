//! What changed between two runs, or two records, and why.
//!
//! [`compare_runs`] takes two bundles and answers a [`RunDiff`]: which artifacts have the same content, and what differs
//! in statements, plans, schemas, settings, data, outputs and figures, with the cause where the runs tell it.
//! [`compare_records`] takes two records of one type, place by place; [`compare_logical`] and [`compare_physical`] two
//! plans, of two runs or before and after a rule of the optimizer.
//!
//! Nothing is compared by index: fields go by name, list items by their names or content, plan nodes by what they are
//! and do.

mod align;
mod cause;
mod dataset;
mod facts;
mod measured;
mod parts;
mod patch;
mod plan;
mod run;
mod runs;
mod schema;
mod setting;
mod tree;
mod value;
mod words;

pub use cause::Cause;
pub use measured::{Figure, MeasuredDiff, Thresholds};
pub(crate) use parts::{Item, Parts};
pub use patch::{PatchStep, patch_records, patch_values};
pub use plan::{
    NodeChange, PlanDiff, PlanEdit, PlanStage, PlanStep, compare_logical, compare_physical, logical_steps,
    physical_steps,
};
pub use run::{
    ArtifactDiff, ArtifactState, DataDiff, DataFact, OutputDiff, OutputFact, RunDiff, RunSide, SettingArea,
    SettingDiff, StatementChange, StatementDiff,
};
pub use runs::{ARTIFACT_CHANGES_MAX, CompareOptions, compare_runs};
pub use schema::{ColumnChange, SchemaDiff, compare_columns};
pub(crate) use value::field_step;
pub use value::{
    CHANGES_MAX, SHOWN_BYTES_MAX, ShownValue, ValueChange, ValueDiff, ValueEdit, VolatileFields,
    compare_records, compare_values, content_value,
};
