//! Rules for fields: F and A, and those of what changed about a field.

use proofmark::{Maybe, Value};

use super::{Context, bounds, presence, retyped};
use crate::drift::{Edit, Edited};
use crate::lock::{Bounds, Definition, FieldLock, RecordLock};

/// The rule for a field that came, went, or moved.
pub(super) fn rule(context: &Context<'_>, edit: &Edit) -> &'static str {
    let (Some(before), Some(after)) = (record(&context.before), record(&context.after)) else { return "T5" };
    match edit {
        Edit::AddField { at, field } if before.positional => {
            added_position(*at == before.fields.len(), field, after)
        }
        Edit::AddField { field, .. } => added(field, after),
        Edit::RemoveField { at } if before.positional => {
            if at + 1 == before.fields.len() {
                "A7"
            } else {
                "A8"
            }
        }
        Edit::RemoveField { at } => removed(&before.fields[*at], before),
        Edit::Restyle { .. } if before.positional => "A9",
        Edit::Restyle { .. } => "F12",
        _ if before.positional => moved(before, after),
        _ => "F13",
    }
}

fn record(definition: &Option<Definition>) -> Option<&RecordLock> {
    match definition {
        Some(Definition::Record(record)) => Some(record),
        _ => None,
    }
}

fn added(field: &FieldLock, record: &RecordLock) -> &'static str {
    match &field.default {
        _ if field.is_required() => "F1",
        Maybe::Unset => "F5",
        Maybe::Set(_) if !record.encode_defaults => "F3",
        Maybe::Set(Value::Null) => "F4",
        Maybe::Set(_) => "F2",
    }
}

fn removed(field: &FieldLock, record: &RecordLock) -> &'static str {
    match &field.default {
        _ if field.is_required() => "F6",
        Maybe::Set(_) if record.encode_defaults => "F7",
        _ => "F8",
    }
}

fn added_position(is_last: bool, field: &FieldLock, record: &RecordLock) -> &'static str {
    match is_last {
        false => "A4",
        true if field.is_required() => "A1",
        true if record.encode_defaults => "A2",
        true => "A3",
    }
}

/// Whether fields that changed places are of one type.
fn moved(before: &RecordLock, after: &RecordLock) -> &'static str {
    let mut pairs = before.fields.iter().zip(&after.fields);
    if pairs.all(|(old, new)| old.ty == new.ty) { "A5" } else { "A6" }
}

/// The rule for what changed about a field.
pub(super) fn edited(context: &Context<'_>, at: usize, edited: &Edited) -> &'static str {
    let (Some(before), Some(after)) = (record(&context.before), record(&context.after)) else { return "T5" };
    let field = &before.fields[at];
    match edited {
        Edited::Name { .. } if before.positional => "A9",
        Edited::Name { aliases, .. } if aliases.contains(&field.name) => "F11",
        Edited::Name { .. } if field.is_required() => "F9",
        Edited::Name { .. } => "F10",
        Edited::Aliases(aliases) if field.aliases.iter().all(|alias| aliases.contains(alias)) => "F22",
        Edited::Aliases(_) => "F23",
        Edited::Default(default) => default_rule(&field.default, default, is_always_written(before, after)),
        Edited::Presence { ty, default } => {
            presence::rule(field, ty, default, is_always_written(before, after))
        }
        Edited::Type { inner, .. } => retyped::rule(context, &inner.0, &inner.1),
        Edited::Bounds(new) => bounds::rule(&field.bounds, new),
        Edited::Checked(true) => "C7",
        Edited::Checked(false) => "C8",
        Edited::Meaning { .. } => "N9",
        Edited::Lenient(_) => "T19",
        Edited::ReadOnly(_) => "F24",
        Edited::Volatile(_) => "K5",
    }
}

const fn is_always_written(before: &RecordLock, after: &RecordLock) -> bool {
    before.positional || before.encode_defaults && after.encode_defaults
}

fn default_rule(old: &Maybe<Value>, new: &Maybe<Value>, always: bool) -> &'static str {
    match (old, new, always) {
        (Maybe::Set(_), Maybe::Set(_), true) => "F14",
        (Maybe::Set(_), Maybe::Set(_), false) => "F15",
        (Maybe::Set(_), Maybe::Unset, true) => "F16",
        (Maybe::Set(_), Maybe::Unset, false) => "F17",
        (Maybe::Unset, _, true) => "F18",
        (Maybe::Unset, _, false) => "F19",
    }
}

impl Context<'_> {
    /// The constraints of the newtype that was edited.
    pub(super) fn newtype_bounds(&self) -> Bounds {
        match &self.before {
            Some(Definition::Newtype(newtype)) => newtype.bounds.clone(),
            _ => Bounds::default(),
        }
    }
}
