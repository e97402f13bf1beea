//! Records as interfaces and labelled tuples.

use proofmark::{Maybe, json};

use super::{expression, key, literal, quoted};
use crate::export::catalogue::Catalogue;
use crate::export::fields::{WireFields, meaning, unsaid, wire_fields};
use crate::export::names::{Reserved, Scope, field_name};
use crate::lock::{Definition, FieldLock, RecordLock, TagLock, Type};

pub(super) fn record(catalogue: &Catalogue, name: &str, record: &RecordLock) -> String {
    if record.positional {
        return format!("export type {name} = {};\n\n", positional(catalogue, record));
    }
    let WireFields { fields, others } = wire_fields(catalogue, record);
    let mut members: String = tag(record).map(|(field, ty)| format!("  {}: {ty};\n", key(&field))).collect();
    members.extend(fields.iter().map(|field| member(catalogue, field)));
    let unions: Vec<_> = others.iter().filter_map(|other| part(catalogue, &other.ty)).collect();
    if record.allow_unknown || unions.len() < others.len() {
        members.push_str("  [field: string]: unknown;\n");
    }
    if unions.is_empty() {
        return format!("export interface {name} {{\n{members}}}\n\n");
    }
    format!("export type {name} = {{\n{members}}} & {};\n\n", unions.join(" & "))
}

/// The name and the values of the tag.
fn tag(record: &RecordLock) -> impl Iterator<Item = (String, String)> {
    record.tag.as_ref().into_option().into_iter().map(|TagLock { field, value, aliases }| {
        let aliases = aliases.iter().map(|alias| quoted(alias));
        (field.clone(), std::iter::once(literal(value)).chain(aliases).collect::<Vec<_>>().join(" | "))
    })
}

/// What stands in the place of a field and is no record: a union of records, a record that may be missing.
fn part(catalogue: &Catalogue, ty: &Type) -> Option<String> {
    match (ty, catalogue.definition(ty)) {
        (Type::Optional(of) | Type::Maybe(of), _) => {
            Some(format!("Partial<{}>", expression::text(catalogue, of)))
        }
        (_, Some(Definition::Union(union))) if union.fallback.is_unset() => {
            Some(format!("({})", expression::text(catalogue, ty)))
        }
        _ => None,
    }
}

fn member(catalogue: &Catalogue, field: &FieldLock) -> String {
    let may_be_absent = if field.is_required() && field.aliases.is_empty() { "" } else { "?" };
    let doc = doc(field);
    format!("{doc}  {}{may_be_absent}: {};\n", key(&field.name), expression::text(catalogue, &field.ty))
}

/// What the lock says of a field in words.
fn doc(field: &FieldLock) -> String {
    let mut lines = meaning(field);
    if let Maybe::Set(value) = &field.default {
        lines.push(format!("Absent: `{}`.", json::to_string(value).unwrap_or_default()));
    }
    lines.extend(unsaid(field));
    let lines: Vec<_> = lines.iter().map(|line| line.replace("*/", "* /")).collect();
    match &lines[..] {
        [] => String::new(),
        lines => format!("  /** {} */\n", lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// A tuple whose elements have the names of the fields. Those behind the last that must be there may be left out.
fn positional(catalogue: &Catalogue, record: &RecordLock) -> String {
    let mut scope = Scope::new(Reserved(&[]));
    let fields = wire_fields(catalogue, record).fields;
    let required = fields.iter().rposition(|field| field.is_required()).map_or(0, |last| last + 1);
    let mut elements: Vec<String> =
        tag(record).map(|(field, ty)| format!("  {}: {ty},\n", scope.give(&field_name(&field)))).collect();
    for (index, field) in fields.iter().enumerate() {
        let may_be_absent = if index < required { "" } else { "?" };
        let label = scope.give(&field_name(&field.name));
        let ty = expression::text(catalogue, &field.ty);
        elements.push(format!("{}  {label}{may_be_absent}: {ty},\n", doc(field)));
    }
    if record.allow_unknown {
        elements.push("  ...unknown: unknown[],\n".to_owned());
    }
    if elements.is_empty() { "[]".to_owned() } else { format!("[\n{}]", elements.concat()) }
}
