//! Locks as a TypeScript module.

mod expression;
mod record;

use super::catalogue::Catalogue;
use super::names::{Reserved, Scope, field_name};
use crate::lock::{Definition, EnumLock, Lock, TagText, Type, UnionLock};

use proofmark::{Maybe, json};

/// What a module holds beside the types of the locks, and the global types that it names.
const RESERVED: Reserved =
    Reserved(&["Base64", "DateTime", "Int64", "Records", "Partial", "Array", "Object", "String", "Number"]);

const TITLE: &str = "// Records as they stand in JSON. Exported from their locks; edits are lost.\n\n";

/// The types of scalars that TypeScript has no word for, and the words by which they are used.
const SCALARS: [(&str, &str); 3] = [
    (
        "Int64",
        "/**\n * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;\n * parsers \
         that keep every digit, and readers of MessagePack, make a `bigint`.\n */\nexport type Int64 = number | bigint;\n\n",
    ),
    (
        "Base64",
        "declare const base64: unique symbol;\n/** Bytes as base64 text: text that is just text is not assignable. */\n\
         export type Base64 = string & { readonly [base64]: true };\n\n",
    ),
    ("DateTime", "/** A date and time as RFC 3339 text. */\nexport type DateTime = string;\n\n"),
];

pub(super) fn module(locks: &[Lock]) -> String {
    let catalogue = Catalogue::of(locks, RESERVED);
    let types: String = catalogue
        .types
        .iter()
        .map(|(name, definition)| match definition {
            Definition::Record(lock) => record::record(&catalogue, name, lock),
            Definition::Enum(choices) => choices_of(name, choices),
            Definition::Union(union) => {
                let doc =
                    if union.fallback.is_unset() { "" } else { "/** Records of other tags occur too. */\n" };
                format!("{doc}export type {name} = {};\n\n", union_of(&catalogue, union))
            }
            Definition::Newtype(newtype) => {
                format!("export type {name} = {};\n\n", expression::text(&catalogue, &newtype.of))
            }
        })
        .collect();
    let body = types + &records(&catalogue);
    let used = SCALARS.iter().filter(|(word, _)| body.contains(word));
    let scalars: String = used.map(|(_, text)| *text).collect();
    format!("{TITLE}{scalars}{body}")
}

fn records(catalogue: &Catalogue) -> String {
    let entry =
        |(name, ty): &(String, Type)| format!("  {}: {};\n", key(name), expression::text(catalogue, ty));
    let entries: String = catalogue.roots.iter().map(entry).collect();
    format!("/** The type of each record by its name. */\nexport interface Records {{\n{entries}}}\n")
}

fn union_of(catalogue: &Catalogue, union: &UnionLock) -> String {
    let member = |ty| expression::text(catalogue, ty);
    let mut members: Vec<_> = union.members.iter().map(|found| member(&found.ty)).collect();
    if let Maybe::Set(fallback) = &union.fallback {
        // Any other type would take the known records in, and they could not be told apart by their tag.
        let is_fallback = |index: &usize| union.members[*index].name == *fallback;
        if let Some(index) = (0..members.len()).find(is_fallback) {
            members.remove(index);
        }
    }
    if members.is_empty() { "unknown".to_owned() } else { members.join(" | ") }
}

/// Texts stand as they are; numbers are given names.
fn choices_of(name: &str, choices: &EnumLock) -> String {
    let is_int = |choices: &EnumLock| {
        matches!(choices.variants.first().map(|first| &first.value), Some(TagText::Int(_)))
    };
    if !is_int(choices) {
        let values = choices.variants.iter().flat_map(|variant| {
            std::iter::once(literal(&variant.value)).chain(variant.aliases.iter().map(|alias| quoted(alias)))
        });
        // `string & {}` takes any text and lets editors suggest the known ones.
        let open = choices.open.then(|| "(string & {})".to_owned());
        let values: Vec<_> = values.chain(open).collect();
        let values = if values.is_empty() { "never".to_owned() } else { values.join(" | ") };
        return format!("export type {name} = {values};\n\n");
    }
    let mut scope = Scope::new(Reserved(&[]));
    let entry = |found: &crate::lock::VariantLock| {
        format!("  {}: {},\n", scope.give(&field_name(&found.name)), literal(&found.value))
    };
    let entries: String = choices.variants.iter().map(entry).collect();
    let any = if choices.open { " | number" } else { "" };
    format!(
        "export const {name} = {{\n{entries}}} as const;\nexport type {name} = (typeof {name})[keyof typeof {name}]{any};\n\n"
    )
}

/// A tag or the value of an enum as a type.
fn literal(value: &TagText) -> String {
    match value {
        TagText::Str(text) => quoted(text),
        TagText::Int(number) => number.to_string(),
    }
}

/// The name of a property, in quotes where it is no word.
fn key(name: &str) -> String {
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
        && name.starts_with(|c: char| !c.is_ascii_digit());
    if is_word { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    json::to_string(text).unwrap_or_default()
}
