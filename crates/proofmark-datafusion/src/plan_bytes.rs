//! Plans in protobuf: for other engines, and for this one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use datafusion::error::Result as EngineResult;
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::bytes::physical_plan_to_bytes;
use datafusion_substrait::logical_plan::producer::to_substrait_plan;
use datafusion_substrait::substrait::proto::extensions::SimpleExtensionDeclaration;
use datafusion_substrait::substrait::proto::extensions::simple_extension_declaration::MappingType;
use prost::Message as _;

use crate::plan::PLAN_BYTES_MAX;

/// The optimised plan in Substrait, where it can be said in it.
pub(crate) fn substrait(plan: &LogicalPlan, state: &SessionState) -> Option<Vec<u8>> {
    kept(|| {
        let mut plan = to_substrait_plan(plan, state)?;
        // The engine takes them out of a table without an order; what they are called by has one.
        plan.extensions.sort_by_key(anchor);
        Ok(plan.encode_to_vec())
    })
}

/// The physical plan in the engine's own form, where all of its operators have one.
pub(crate) fn engine(plan: &Arc<dyn ExecutionPlan>) -> Option<Vec<u8>> {
    kept(|| Ok(physical_plan_to_bytes(plan.clone())?.to_vec()))
}

/// What was made, unless it failed or is too large: a run is not to suffer from how it is recorded.
fn kept(make: impl FnOnce() -> EngineResult<Vec<u8>>) -> Option<Vec<u8>> {
    let made = catch_unwind(AssertUnwindSafe(make)).ok()?;
    made.ok().filter(|bytes| bytes.len() <= PLAN_BYTES_MAX)
}

fn anchor(declaration: &SimpleExtensionDeclaration) -> (u8, u32) {
    match &declaration.mapping_type {
        None => (0, 0),
        Some(MappingType::ExtensionType(declared)) => (1, declared.type_anchor),
        Some(MappingType::ExtensionTypeVariation(declared)) => (2, declared.type_variation_anchor),
        Some(MappingType::ExtensionFunction(declared)) => (3, declared.function_anchor),
    }
}
