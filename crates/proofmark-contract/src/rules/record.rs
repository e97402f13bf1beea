//! Rules for records as a whole: tags, form, policies.

use proofmark::Maybe;

use super::Context;
use crate::drift::Edit;
use crate::lock::{Definition, TagLock};

pub(super) fn rule(context: &Context<'_>, edit: &Edit) -> &'static str {
    match edit {
        Edit::Tag(tag) => tag_rule(context, tag),
        Edit::Form { .. } => "A10",
        Edit::Unknown { allowed: false } => "K1",
        Edit::Unknown { allowed: true } => "K2",
        Edit::EncodeDefaults { .. } => "K3",
        Edit::Checked { on: true } => "C7",
        Edit::Checked { on: false } => "C8",
        Edit::Kind { .. } => "K8",
        Edit::Codecs(_) => "K10",
        Edit::UsedAs(_) => "K11",
        _ => "T5",
    }
}

fn tag_rule(context: &Context<'_>, new: &Maybe<TagLock>) -> &'static str {
    let old = match &context.before {
        Some(Definition::Record(record)) => &record.tag,
        _ => &Maybe::Unset,
    };
    match (old, new) {
        (Maybe::Unset, _) => "U5",
        (_, Maybe::Unset) => "U6",
        (Maybe::Set(old), Maybe::Set(new)) if old.field != new.field => "U4",
        (Maybe::Set(old), Maybe::Set(new)) if old.value != new.value => "U3",
        _ => "U8",
    }
}
