//! Rules for enums: E.

use super::Context;
use crate::drift::Edit;
use crate::lock::{Definition, TagText};

pub(super) fn variants(context: &Context<'_>, edit: &Edit) -> &'static str {
    let Some(Definition::Enum(before)) = &context.before else { return "T5" };
    match edit {
        Edit::AddVariant(_) if before.open => "E5",
        Edit::AddVariant(_) => "E1",
        Edit::RemoveVariant { .. } => "E2",
        Edit::Respell { values } if values.iter().any(|(_, value)| matches!(value, TagText::Int(_))) => "E4",
        Edit::Respell { .. } => "E3",
        _ => "E7",
    }
}
