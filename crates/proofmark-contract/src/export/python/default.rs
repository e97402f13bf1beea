//! Frozen defaults as expressions.

use std::collections::BTreeSet;

use proofmark::{Maybe, Value, json};

use super::record::{attributes, variants};
use super::{extension, quoted};
use crate::export::catalogue::Catalogue;
use crate::lock::{Definition, EnumLock, RecordLock, TagText, Type, UnionLock};

/// A default as an expression.
#[derive(Debug, PartialEq)]
pub(super) enum Default {
    /// The value is one object however it is made, so msgspec knows it again.
    Same(String),
    /// A value that equals it has to be exchanged for it, for msgspec to know it again.
    Equal(String),
    /// It is made anew each time, by an expression of this name or a function.
    Made(String),
}

/// Writes defaults into a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Defaults<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// Builtin types that a field of the class hides.
    pub(super) hidden: &'a BTreeSet<&'a str>,
    /// Whether sequences of the class are tuples.
    pub(super) hashable: bool,
    /// The classes above this one.
    pub(super) known: &'a BTreeSet<&'a str>,
}

/// The integers of which Python holds one object each.
const SMALL: std::ops::RangeInclusive<i64> = -5..=256;

impl Defaults<'_> {
    /// The default of a field; a sequence with items is a tuple, as [`is_tuple`] says.
    pub(super) fn of(&self, ty: &Type, value: &Value) -> Default {
        match (ty.present(), value) {
            (_, Value::Null) => Default::Same("None".to_owned()),
            (_, Value::Bool(_)) => self.expression(ty, value).map_or_else(|| made(value), Default::Same),
            (Type::Int { .. }, Value::Int(number)) if SMALL.contains(number) => {
                Default::Same(number.to_string())
            }
            (Type::List(_), Value::Array(items)) if items.is_empty() && !self.hashable => self.empty("list"),
            (Type::Set(_), Value::Array(items)) if items.is_empty() && !self.hashable => self.empty("set"),
            (Type::Map(..), Value::Map(map)) if map.is_empty() => self.empty("dict"),
            (Type::Any | Type::Opaque(_), Value::Map(map)) if map.is_empty() => self.empty("dict"),
            (Type::Raw, value) => Default::Made(format!("lambda: Raw({})", bytes(value))),
            (ty, value) => match self.expression(ty, value) {
                Some(text) if self.is_enum(ty) => Default::Same(text),
                Some(text) if !has_map(value, ty) || self.is_record(ty) => Default::Equal(text),
                Some(text) => Default::Made(format!("lambda: {text}")),
                None => made(value),
            },
        }
    }

    fn empty(&self, name: &str) -> Default {
        let hidden = self.hidden.contains(name);
        Default::Made(if hidden { format!("builtins.{name}") } else { name.to_owned() })
    }

    fn is_enum(&self, ty: &Type) -> bool {
        matches!(self.catalogue.definition(ty), Some(Definition::Enum(choices)) if !choices.open)
    }

    fn is_record(&self, ty: &Type) -> bool {
        matches!(self.catalogue.definition(ty), Some(Definition::Record(_)))
    }

    /// The value as an expression; `None` where it is not of the type, or a class it needs stands below.
    fn expression(&self, ty: &Type, value: &Value) -> Option<String> {
        let text = value.as_str().map(quoted);
        let converted = |of: &str| Some(format!("msgspec.convert({}, {of})", text.as_ref()?));
        match (ty, value) {
            (Type::Optional(_) | Type::Null | Type::Any | Type::Opaque(_), Value::Null) => {
                Some("None".to_owned())
            }
            (Type::Optional(of) | Type::Maybe(of), value) => self.expression(of, value),
            (Type::Any | Type::Opaque(_), value) => literal(value),
            (Type::Bool, Value::Bool(_)) | (Type::Int { .. }, Value::Int(_) | Value::UInt(_)) => {
                literal(value)
            }
            (Type::Float { .. }, value) => value.as_f64().map(|value| format!("{value:?}")),
            (Type::Str, Value::Str(_)) => text,
            (Type::Bytes | Type::ByteArray(_), _) => {
                converted(if self.hidden.contains("bytes") { "builtins.bytes" } else { "bytes" })
            }
            (Type::DateTime(_), _) => converted("dt.datetime"),
            (Type::Date, _) => converted("dt.date"),
            (Type::Time, _) => converted("dt.time"),
            (Type::Duration, _) => converted("dt.timedelta"),
            (Type::Uuid, _) => converted("UUID"),
            (Type::Decimal, _) => converted("Decimal"),
            (Type::Ext { code: Some(code), text: Some(text) }, value) => {
                Some(format!("{}({})", extension::class_name(*code), self.expression(text, value)?))
            }
            (Type::List(item) | Type::Array(item, _), Value::Array(items)) => {
                self.items(items.iter().map(|value| (&**item, value)))
            }
            (Type::Tuple(parts), Value::Array(items)) if parts.len() == items.len() => {
                self.items(parts.iter().zip(items.iter()))
            }
            (Type::Set(item), Value::Array(items)) => {
                let items = self.items(items.iter().map(|value| (&**item, value)))?;
                Some(format!(
                    "{}({items})",
                    if self.hidden.contains("frozenset") { "builtins.frozenset" } else { "frozenset" }
                ))
            }
            (Type::Map(key, of), Value::Map(map)) => {
                let entry = |(name, value): &(Value, Value)| {
                    Some(format!("{}: {}", self.expression(key, name)?, self.expression(of, value)?))
                };
                Some(format!("{{{}}}", map.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", ")))
            }
            (Type::Named(name), value) => self.named(name, self.catalogue.definition(ty)?, value),
            _ => None,
        }
    }

    fn items<'v>(&self, items: impl Iterator<Item = (&'v Type, &'v Value)>) -> Option<String> {
        let item = |(ty, value)| Some(format!("{},", self.expression(ty, value)?));
        let items = items.map(item).collect::<Option<Vec<_>>>()?.join(" ");
        Some(format!("({items})"))
    }

    fn named(&self, name: &str, definition: &Definition, value: &Value) -> Option<String> {
        match definition {
            Definition::Enum(choices) if choices.open => literal(value),
            Definition::Enum(choices) => self.choice(name, choices, value),
            Definition::Newtype(newtype) => self.expression(&newtype.of, value),
            Definition::Union(union) => self.member(union, value),
            Definition::Record(record) if self.known.contains(name) => self.record(name, record, value),
            Definition::Record(_) => None,
        }
    }

    fn choice(&self, name: &str, choices: &EnumLock, value: &Value) -> Option<String> {
        let is_it = |wire: &TagText| match wire {
            TagText::Str(text) => value.as_str() == Some(text),
            TagText::Int(number) => value.as_i64() == Some(*number),
        };
        let found = variants(choices).into_iter().find(|(_, variant)| is_it(&variant.value));
        found.filter(|_| self.known.contains(name)).map(|(variant, _)| format!("{name}.{variant}"))
    }

    fn member(&self, union: &UnionLock, value: &Value) -> Option<String> {
        union.members.iter().find_map(|member| self.expression(&member.ty, value))
    }

    fn record(&self, name: &str, record: &RecordLock, value: &Value) -> Option<String> {
        let is_tagged = match &record.tag {
            Maybe::Set(tag) if record.positional => {
                value.get(0).is_some_and(|found| is_tag(&tag.value, found))
            }
            Maybe::Set(tag) => value.get(tag.field.as_str()).is_some_and(|found| is_tag(&tag.value, found)),
            Maybe::Unset => true,
        };
        if !is_tagged || value.is_null() {
            return None;
        }
        let first = usize::from(matches!(record.tag, Maybe::Set(_)));
        let mut arguments = Vec::new();
        for (index, (attribute, field)) in attributes(self.catalogue, record).into_iter().enumerate() {
            let found = match record.positional {
                true => value.get(first + index),
                false => value.get(field.name.as_str()),
            };
            match found {
                Some(found) => arguments.push(format!("{attribute}={}", self.expression(&field.ty, found)?)),
                None if field.is_required() => return None,
                None => {}
            }
        }
        Some(format!("{name}({})", arguments.join(", ")))
    }
}

fn is_tag(tag: &TagText, found: &Value) -> bool {
    match tag {
        TagText::Str(text) => found.as_str() == Some(text),
        TagText::Int(number) => found.as_i64() == Some(*number),
    }
}

/// Whether a field of this type and default is a tuple in Python, so that its default can be known again.
pub(super) fn is_tuple(ty: &Type, default: &Maybe<Value>) -> bool {
    let Maybe::Set(Value::Array(items)) = default else { return false };
    !items.is_empty() && matches!(ty.present(), Type::List(_) | Type::Array(..) | Type::Set(_))
}

fn has_map(value: &Value, ty: &Type) -> bool {
    match value {
        Value::Map(_) => true,
        Value::Array(items) => matches!(ty, Type::Any) || items.iter().any(|item| has_map(item, &Type::Null)),
        _ => false,
    }
}

/// A value that Python makes of JSON.
fn made(value: &Value) -> Default {
    Default::Made(format!("lambda: msgspec.json.decode({})", bytes(value)))
}

fn bytes(value: &Value) -> String {
    let text = json::to_string(value).unwrap_or_default();
    format!("{}.encode()", quoted(&text))
}

/// A value of any type as a literal; `None` where that would be a JSON text of its own.
fn literal(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("None".to_owned()),
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        Value::Str(text) => Some(quoted(text)),
        Value::Int(_) | Value::UInt(_) | Value::Float(_) => json::to_string(value).ok(),
        _ => None,
    }
}
