//! Locks as a Python module.

mod annotation;
mod default;
mod extension;
mod frozen;
mod meta;
mod names;
mod pattern;
mod record;

use std::collections::BTreeSet;

use proofmark::Maybe;

use self::annotation::Annotations;
use self::frozen::Frozen;
use self::record::Class;
use super::bounds::{AllBounds, beneath};
use super::catalogue::{Catalogue, collect_names};
use crate::lock::{Definition, EnumLock, Lock, TagText, Type};

const TITLE: &str = "\"\"\"Records as msgspec types. Exported from their locks; edits are lost.\"\"\"\n\n";

/// What every module holds.
const SUPPORT: &str = include_str!("support.py");

/// What a module imports, and the word by whose use it does.
const IMPORTS: [(&str, &str); 11] = [
    ("builtins.", "import builtins\n"),
    ("dt.", "import datetime as dt\n"),
    ("enum.Enum", "import enum\n"),
    ("functools.", "import functools\n"),
    ("Decimal", "from decimal import Decimal\n"),
    ("Annotated[", "Annotated"),
    ("Any", "Any"),
    ("Optional[", "Optional"),
    ("Union[", "Union"),
    ("UUID", "from uuid import UUID\n"),
    ("msgspec.", "\nimport msgspec\n"),
];

pub(super) fn module(locks: &[Lock]) -> String {
    let catalogue = Catalogue::of(locks, names::MODULE);
    let types = classes(&catalogue) + &aliases(&catalogue) + &records(&catalogue);
    let words = meta::words(|word| has_word(&types, word));
    let words = if words.is_empty() { words } else { format!("{words}\n\n") };
    let body = format!("{words}{SUPPORT}{}{types}", extensions(&catalogue));
    format!("{TITLE}from __future__ import annotations\n\n{}\n\n{body}", imports(&body))
}

fn imports(body: &str) -> String {
    let mut lines = String::new();
    let mut typing = Vec::new();
    for (word, line) in IMPORTS {
        match line.ends_with('\n') {
            _ if !body.contains(word) => {}
            true => {
                lines.push_str(&typing_line(&mut typing));
                lines.push_str(line);
            }
            false => typing.push(line),
        }
    }
    let own = ["UNSET", "Meta", "Raw", "UnsetType"].into_iter().filter(|word| has_word(body, word));
    let own: Vec<_> = own.collect();
    if own.is_empty() { lines } else { format!("{lines}from msgspec import {}\n", own.join(", ")) }
}

fn typing_line(words: &mut Vec<&str>) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!("from typing import {}\n", std::mem::take(words).join(", "))
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

fn extensions(catalogue: &Catalogue) -> String {
    let hidden = BTreeSet::new();
    extension::classes(catalogue, &Annotations { catalogue, hidden: &hidden, hashable: false, known: None })
}

/// Records and enums, each below the classes that its defaults are made of.
fn classes(catalogue: &Catalogue) -> String {
    let frozen = Frozen::of(catalogue);
    let mut known = BTreeSet::new();
    let mut text = String::new();
    for name in catalogue.sorted(|name| default_names(catalogue, name)) {
        match &catalogue.types[name] {
            Definition::Record(record) => {
                text.push_str(&Class { catalogue, frozen: &frozen, known: &known }.of(name, record));
            }
            Definition::Enum(choices) if !choices.open => {
                text.push_str(&record::choices(name, choices, frozen.hashable.contains(name)))
            }
            _ => {}
        }
        known.insert(name);
    }
    text
}

/// The types whose values stand as defaults in a record, and those that such types are made of.
fn default_names<'a>(catalogue: &'a Catalogue, name: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    match &catalogue.types[name] {
        Definition::Record(record) => {
            let fields = record.fields.iter().filter(|field| matches!(field.default, Maybe::Set(_)));
            fields.for_each(|field| collect_names(&field.ty, &mut names));
        }
        definition => definition.types().into_iter().for_each(|ty| collect_names(ty, &mut names)),
    }
    names
}

/// Unions, newtypes and open enums, below all classes.
fn aliases(catalogue: &Catalogue) -> String {
    let needs = |name: &str| match &catalogue.types[name] {
        Definition::Record(_) => Vec::new(),
        _ => default_names(catalogue, name),
    };
    let hidden = BTreeSet::new();
    let mut known: BTreeSet<_> =
        catalogue.types.keys().map(String::as_str).filter(|name| is_class(&catalogue.types[*name])).collect();
    let mut text = String::new();
    for name in catalogue.sorted(needs) {
        let definition = &catalogue.types[name];
        let annotations = Annotations { catalogue, hidden: &hidden, hashable: false, known: Some(&known) };
        if let Some(alias) = alias(&annotations, name, definition) {
            text.push_str(&format!("{name} = {alias}\n"));
        }
        known.insert(name);
    }
    if text.is_empty() { text } else { format!("{text}\n\n") }
}

const fn is_class(definition: &Definition) -> bool {
    match definition {
        Definition::Record(_) => true,
        Definition::Enum(choices) => !choices.open,
        Definition::Union(_) | Definition::Newtype(_) => false,
    }
}

fn alias(annotations: &Annotations, name: &str, definition: &Definition) -> Option<String> {
    match definition {
        Definition::Union(union) if union.fallback.is_unset() => Some(annotations.union(union)),
        Definition::Union(union) => {
            Some(format!("{}  # the records' own code keeps other tags too", annotations.union(union)))
        }
        Definition::Newtype(_) => {
            let ty = Type::Named(name.to_owned());
            let (ty, bounds) = beneath(annotations.catalogue, &ty, AllBounds::default());
            Some(annotations.of(ty, &bounds))
        }
        Definition::Enum(choices) if choices.open => {
            Some(format!("{}  # among them {}", annotations.open_enum(choices), values(choices)))
        }
        Definition::Enum(_) | Definition::Record(_) => None,
    }
}

fn values(choices: &EnumLock) -> String {
    let value = |value: &TagText| match value {
        TagText::Str(text) => quoted(text),
        TagText::Int(number) => number.to_string(),
    };
    choices.variants.iter().map(|variant| value(&variant.value)).collect::<Vec<_>>().join(", ")
}

fn records(catalogue: &Catalogue) -> String {
    let hidden = BTreeSet::new();
    let annotations = Annotations { catalogue, hidden: &hidden, hashable: false, known: None };
    let entry = |(name, ty): &(String, Type)| format!("    {}: {},\n", quoted(name), annotations.plain(ty));
    let entries: String = catalogue.roots.iter().map(entry).collect();
    format!("RECORDS: dict[str, Any] = {{\n{entries}}}\n")
}

/// Text as a literal.
fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                literal.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}
