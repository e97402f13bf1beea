//! Records and enums as classes.

use std::collections::BTreeSet;

use proofmark::Maybe;

use super::annotation::Annotations;
use super::default::{Default, Defaults, is_tuple};
use super::frozen::Frozen;
use super::{meta, names, pattern, quoted};
use crate::export::bounds::{AllBounds, beneath};
use crate::export::catalogue::Catalogue;
use crate::export::fields::{is_text, meaning, unsaid, wire_fields};
use crate::export::names::{Scope, field_name};
use crate::lock::{EnumLock, FieldLock, RecordLock, TagLock, TagText, Type, VariantLock};

/// The attribute of each field of a record.
pub(super) fn attributes<'a>(
    catalogue: &'a Catalogue,
    record: &'a RecordLock,
) -> Vec<(String, &'a FieldLock)> {
    let mut scope = Scope::new(names::FIELD);
    let mut attribute = |field: &'a FieldLock| {
        let wanted = field_name(&field.name);
        // A field would hide the type of its name from the annotations of the class.
        let hides = catalogue.types.contains_key(&wanted);
        (scope.give(&if hides { format!("{wanted}_") } else { wanted }), field)
    };
    wire_fields(catalogue, record).fields.into_iter().map(&mut attribute).collect()
}

/// The name of each variant of an enum.
pub(super) fn variants(choices: &EnumLock) -> Vec<(String, &VariantLock)> {
    let mut scope = Scope::new(names::VARIANT);
    choices.variants.iter().map(|variant| (scope.give(&field_name(&variant.name)), variant)).collect()
}

/// How values of a set are compared: in Python, neither enums nor records are.
const LESS: &str =
    "\n    def __lt__(self, other: Any) -> bool:\n        return _order(self) < _order(other)\n";

pub(super) fn choices(name: &str, choices: &EnumLock, is_sorted: bool) -> String {
    let variants = variants(choices);
    let mut class = format!("class {name}(enum.Enum):\n");
    for (variant, lock) in &variants {
        class.push_str(&format!("    {variant} = {}\n", tag_text(&lock.value)));
    }
    let alias = |(variant, lock): &(String, &VariantLock)| -> Vec<String> {
        lock.aliases.iter().map(|alias| format!("{}: cls.{variant}", quoted(alias))).collect()
    };
    let aliases: Vec<_> = variants.iter().flat_map(alias).collect();
    if !aliases.is_empty() {
        class.push_str("\n    @classmethod\n    def _missing_(cls, value: Any) -> Any:\n");
        class.push_str(&format!("        return {{{}}}.get(value)\n", aliases.join(", ")));
    }
    if variants.is_empty() {
        class.push_str("    pass\n");
    }
    class.push_str(if is_sorted { LESS } else { "" });
    class + "\n\n"
}

/// Writes the class of a record.
pub(super) struct Class<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) frozen: &'a Frozen<'a>,
    /// The classes above this one.
    pub(super) known: &'a BTreeSet<&'a str>,
}

impl Class<'_> {
    pub(super) fn of(&self, name: &str, record: &RecordLock) -> String {
        let attributes = attributes(self.catalogue, record);
        let others = wire_fields(self.catalogue, record).others;
        let hidden = names::BUILTINS.into_iter().filter(|name| attributes.iter().any(|(own, _)| own == name));
        let hidden: BTreeSet<_> = hidden.collect();
        let hashable = self.frozen.hashable.contains(name);
        let body = Body { class: self, hidden: &hidden, hashable };
        let mut class = head(name, record, self.frozen.contains(name), !others.is_empty());
        for other in &others {
            class.push_str(&format!("    # The fields of `{}` are read, and not kept.\n", other.name));
        }
        if record.checked {
            class.push_str("    # The record's own code checks more.\n");
        }
        for (attribute, field) in &attributes {
            class.push_str(&body.field(attribute, field));
        }
        class.push_str(&body.after_init(&attributes));
        class.push_str(if hashable { LESS } else { "" });
        if attributes.is_empty() {
            class.push_str("    pass\n");
        }
        class + "\n\n"
    }
}

fn head(name: &str, record: &RecordLock, is_frozen: bool, is_open: bool) -> String {
    let mut words = vec!["msgspec.Struct".to_owned(), "kw_only=True".to_owned()];
    for (word, is_so) in [
        ("array_like=True", record.positional),
        ("forbid_unknown_fields=True", !record.allow_unknown && !is_open),
        ("omit_defaults=True", !record.encode_defaults),
        ("frozen=True", is_frozen),
    ] {
        words.extend(is_so.then(|| word.to_owned()));
    }
    if let Maybe::Set(TagLock { field, value, aliases }) = &record.tag {
        words.push(format!("tag_field={}", quoted(field)));
        words.push(format!("tag={}", tag_text(value)));
        if !aliases.is_empty() {
            return head_line(name, &words)
                + &format!("    # The record's own code takes other tags too: {}.\n", aliases.join(", "));
        }
    }
    head_line(name, &words)
}

/// The columns that a line has at most, where it can be broken.
const COLUMNS_MAX: usize = 100;

fn head_line(name: &str, words: &[String]) -> String {
    let line = format!("class {name}({}):\n", words.join(", "));
    if line.len() <= COLUMNS_MAX {
        line
    } else {
        format!("class {name}(\n    {},\n):\n", words.join(",\n    "))
    }
}

fn tag_text(value: &TagText) -> String {
    match value {
        TagText::Str(text) => quoted(text),
        TagText::Int(number) => number.to_string(),
    }
}

/// Writes what stands in a class.
struct Body<'a> {
    class: &'a Class<'a>,
    hidden: &'a BTreeSet<&'a str>,
    hashable: bool,
}

impl Body<'_> {
    fn field(&self, attribute: &str, field: &FieldLock) -> String {
        let mut lines = meaning(field);
        lines.extend(unsaid(field));
        if has_other_keys(self.class.catalogue, &field.ty) {
            lines.push("Not written: msgspec does not sort maps whose keys are not text.".to_owned());
        }
        let (_, bounds) = beneath(self.class.catalogue, &field.ty, AllBounds::of(&field.bounds));
        if let Some(pattern) = pattern::inexpressible(&bounds.patterns) {
            lines.push(format!(
                "The record's own code checks a pattern that Python has no words for: {pattern}"
            ));
        }
        let mut text: String = lines.iter().map(|line| format!("    # {}\n", one_line(line))).collect();
        text.push_str(&format!("    {attribute}: {}", self.annotation(field)));
        let name = (attribute != field.name).then(|| format!("name={}", quoted(&field.name)));
        match (self.default(field), name) {
            (None, None) => {}
            (None, Some(name)) => text.push_str(&format!(" = msgspec.field({name})")),
            (Some(Default::Same(value) | Default::Equal(value)), None) => {
                text.push_str(&format!(" = {value}"))
            }
            (Some(Default::Same(value) | Default::Equal(value)), Some(name)) => {
                text.push_str(&format!(" = msgspec.field(default={value}, {name})"));
            }
            (Some(Default::Made(by)), name) => {
                let name = name.map_or_else(String::new, |name| format!(", {name}"));
                text.push_str(&format!(" = msgspec.field(default_factory={by}{name})"));
            }
        }
        text + "\n"
    }

    fn annotation(&self, field: &FieldLock) -> String {
        let hashable = self.hashable || is_tuple(&field.ty, &field.default);
        let Class { catalogue, .. } = self.class;
        let annotations = Annotations { catalogue, hidden: self.hidden, hashable, known: None };
        annotations.of(&field.ty, &AllBounds::of(&field.bounds))
    }

    fn default(&self, field: &FieldLock) -> Option<Default> {
        let Class { catalogue, known, .. } = self.class;
        match &field.default {
            Maybe::Set(value) => {
                let defaults = Defaults { catalogue, hidden: self.hidden, hashable: self.hashable, known };
                Some(defaults.of(&field.ty, value))
            }
            Maybe::Unset if field.ty.may_be_absent() => Some(Default::Same("UNSET".to_owned())),
            Maybe::Unset => None,
        }
    }

    /// What is done when a record has been read or made.
    fn after_init(&self, attributes: &[(String, &FieldLock)]) -> String {
        let mut lines = Vec::new();
        for (attribute, field) in attributes {
            let bounds = AllBounds::of(&field.bounds);
            if let Some(meta::IntRange { min, max }) =
                meta::wide_range(self.class.catalogue, &field.ty, &bounds)
            {
                lines.push(format!(
                    "        _check_range({}, self.{attribute}, {min}, {max})\n",
                    quoted(attribute)
                ));
            }
        }
        let settled =
            attributes.iter().filter(|(_, field)| matches!(self.default(field), Some(Default::Equal(_))));
        let settled: Vec<_> = settled.map(|(attribute, _)| quoted(attribute)).collect();
        if !settled.is_empty() {
            lines.push(format!("        _settle(self, {})\n", settled.join(", ")));
        }
        if lines.is_empty() {
            return String::new();
        }
        format!("\n    def __post_init__(self) -> None:\n{}", lines.concat())
    }
}

/// Whether there is a map in a type whose keys are not text.
fn has_other_keys(catalogue: &Catalogue, ty: &Type) -> bool {
    let is_other = matches!(ty, Type::Map(key, _) if !is_text(catalogue, key));
    is_other || ty.parts().into_iter().any(|part| has_other_keys(catalogue, part))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
