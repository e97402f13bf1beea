//! A change in a few words.

use proofmark::{Maybe, Value};

use super::{Change, Edit, Edited};
use crate::lock::{Definition, EnumLock, FieldLock, Lock, RecordLock, TagText, UnionLock};

impl Change {
    /// The change in a few words, names and types as in the locks: `+field b: i64 default 0`.
    pub fn summary(&self, old: &Lock) -> String {
        let definition = self.definition.as_ref().and_then(|name| old.types.get(name));
        match (&self.edit, definition) {
            (Edit::Field { at, edited }, Some(Definition::Record(record))) => {
                record.fields.get(*at).map_or_else(String::new, |field| of_field(field, edited))
            }
            (edit, Some(Definition::Record(record))) => of_record(record, edit),
            (edit, Some(Definition::Enum(choices))) => of_enum(choices, edit),
            (edit, Some(Definition::Union(union))) => of_union(union, edit),
            (edit, _) => of_whole(old, edit),
        }
    }
}

fn of_field(field: &FieldLock, edited: &Edited) -> String {
    match edited {
        Edited::Name { name, .. } => format!("renamed {} -> {name}", field.name),
        Edited::Aliases(aliases) => {
            format!("read as [{}] -> [{}]", field.aliases.join(", "), aliases.join(", "))
        }
        Edited::Default(default) => format!("default {} -> {}", or_none(&field.default), or_none(default)),
        Edited::Presence { ty, default } => {
            let with = |default: &Maybe<Value>| match default {
                Maybe::Set(value) => format!(" default {value}"),
                Maybe::Unset => String::new(),
            };
            format!("{}{} -> {ty}{}", field.ty, with(&field.default), with(default))
        }
        Edited::Type { inner, .. } => format!("{} -> {}", inner.0, inner.1),
        Edited::Bounds(bounds) => format!("{} -> {}", shown(&field.bounds), shown(bounds)),
        Edited::Checked(on) => format!("check in code {}", if *on { "added" } else { "removed" }),
        Edited::Meaning { absent, null } => meaning(field, absent, null),
        Edited::Lenient(on) => format!("read {}", if *on { "leniently" } else { "strictly" }),
        Edited::ReadOnly(on) => (if *on { "no longer written" } else { "written again" }).to_owned(),
        Edited::Volatile(word) => format!("volatile {} -> {}", or_no(&field.volatile), or_no(word)),
    }
}

fn meaning(field: &FieldLock, absent: &Maybe<String>, null: &Maybe<String>) -> String {
    if field.absent == *absent {
        return format!("null means \"{}\" -> \"{}\"", or_no(&field.null), or_no(null));
    }
    format!("absent means \"{}\" -> \"{}\"", or_no(&field.absent), or_no(absent))
}

fn of_record(record: &RecordLock, edit: &Edit) -> String {
    match edit {
        Edit::AddField { field, .. } => {
            let default = match &field.default {
                Maybe::Set(value) => format!(" default {value}"),
                Maybe::Unset => String::new(),
            };
            format!("+field {}: {}{default}", field.name, field.ty)
        }
        Edit::RemoveField { at } => record
            .fields
            .get(*at)
            .map_or_else(String::new, |field| format!("-field {}: {}", field.name, field.ty)),
        Edit::Restyle { names } => format!("all fields respelled: {}", names.join(", ")),
        Edit::Reorder { order } => {
            let names = order.iter().filter_map(|at| record.fields.get(*at)).map(|field| &*field.name);
            format!("order of fields: {}", names.collect::<Vec<_>>().join(", "))
        }
        Edit::Tag(tag) => format!("tag {} -> {}", tag_shown(&record.tag), tag_shown(tag)),
        Edit::Form { positional: true } => "object -> array".to_owned(),
        Edit::Form { positional: false } => "array -> object".to_owned(),
        Edit::Unknown { allowed } => {
            format!("unknown fields {}", if *allowed { "skipped" } else { "refused" })
        }
        Edit::EncodeDefaults { on } => format!("defaults {}", if *on { "written" } else { "left out" }),
        Edit::Checked { on } => format!("check in code {}", if *on { "added" } else { "removed" }),
        _ => String::new(),
    }
}

fn of_enum(choices: &EnumLock, edit: &Edit) -> String {
    let name = |at: usize| choices.variants.get(at).map_or("", |variant| &variant.name);
    match edit {
        Edit::AddVariant(variant) => format!("+value {} = {}", variant.name, text(&variant.value)),
        Edit::RemoveVariant { at } => format!("-value {}", name(*at)),
        Edit::Respell { values } => {
            let one = |(at, value): &(usize, TagText)| {
                let old = choices.variants.get(*at).map_or_else(String::new, |variant| text(&variant.value));
                format!("{} {old} -> {}", name(*at), text(value))
            };
            values.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        Edit::Open { on } => format!("unknown values {}", if *on { "taken" } else { "refused" }),
        _ => String::new(),
    }
}

fn of_union(union: &UnionLock, edit: &Edit) -> String {
    match edit {
        Edit::AddMember(member) => format!("+member {}: {}", member.name, member.ty),
        Edit::RemoveMember { at } => union
            .members
            .get(*at)
            .map_or_else(String::new, |member| format!("-member {}: {}", member.name, member.ty)),
        Edit::TagField(name) => format!("tags are called {name}"),
        Edit::Fallback(fallback) => format!("fallback {} -> {}", or_no(&union.fallback), or_no(fallback)),
        Edit::Replace { inner, .. } => format!("{} -> {}", inner.0, inner.1),
        _ => String::new(),
    }
}

fn of_whole(old: &Lock, edit: &Edit) -> String {
    match edit {
        Edit::Replace { inner, .. } => format!("{} -> {}", inner.0, inner.1),
        Edit::NewtypeBounds(bounds) => format!("constraints -> {}", shown(bounds)),
        Edit::Kind { tag } => format!("{}.v{} -> {tag}", old.record, old.version),
        Edit::Codecs(codecs) => {
            let names = codecs.iter().map(|codec| codec.name());
            format!("stored as {}", names.collect::<Vec<_>>().join(", "))
        }
        Edit::UsedAs(used_as) => format!("used as {:?} -> {used_as:?}", old.used_as).to_lowercase(),
        _ => String::new(),
    }
}

fn tag_shown(tag: &Maybe<crate::lock::TagLock>) -> String {
    match tag {
        Maybe::Set(tag) => format!("{}={}", tag.field, text(&tag.value)),
        Maybe::Unset => "none".to_owned(),
    }
}

fn text(value: &TagText) -> String {
    match value {
        TagText::Str(text) => format!("\"{text}\""),
        TagText::Int(number) => number.to_string(),
    }
}

fn or_none(value: &Maybe<Value>) -> String {
    value.as_ref().into_option().map_or_else(|| "none".to_owned(), Value::to_string)
}

fn or_no(text: &Maybe<String>) -> &str {
    text.as_ref().into_option().map_or("none", String::as_str)
}

fn shown(bounds: &crate::lock::Bounds) -> String {
    proofmark::json::to_string(bounds).unwrap_or_default()
}
