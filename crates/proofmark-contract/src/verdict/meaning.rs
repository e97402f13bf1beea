//! Whether what was read is what was meant: fields are compared by what they were first known as, numbers of enums by the
//! variant that they stand for.

use proofmark::value::Native;
use proofmark::{Maybe, Value};

use super::witness::Outcome;
use crate::lock::{Definition, EnumLock, FieldLock, Lock, RecordLock, Type, UnionLock};
use crate::sample::tag_value;

/// Where and how what was read differs from what was meant.
pub(super) fn difference(writer: Side<'_>, meant: &Value, reader: Side<'_>, read: &Value) -> Option<Outcome> {
    let compare = Compare { writer: writer.lock, reader: reader.lock };
    compare.values(writer.ty, meant, reader.ty, read, "$".to_owned())
}

/// A type of a lock.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) lock: &'a Lock,
    pub(super) ty: &'a Type,
}

#[derive(Clone, Copy)]
struct Compare<'a> {
    writer: &'a Lock,
    reader: &'a Lock,
}

impl Compare<'_> {
    fn values(self, from: &Type, meant: &Value, to: &Type, read: &Value, place: String) -> Option<Outcome> {
        if let (Value::Array(meant), Value::Array(read)) = (meant, read)
            && !is_record(self.writer, from)
        {
            return self.items(from, meant, to, read, place);
        }
        match (resolved(self.writer, from, meant), resolved(self.reader, to, read)) {
            (Resolved::Record(from), Resolved::Record(to)) => self.records(from, meant, to, read, &place),
            (Resolved::Enum(from), Resolved::Enum(to)) => {
                let same = match (variant(from, meant), variant(to, read)) {
                    (Some(meant), Some(read)) => meant == read || is_text(&meant_value(meant, from)),
                    _ => same(meant, read),
                };
                (!same).then(|| other(&place, &named(from, meant), &named(to, read)))
            }
            (Resolved::Record(_), Resolved::Other) | (Resolved::Other, Resolved::Record(_)) => {
                by_name(meant, read, &place)
            }
            _ if same(meant, read) => None,
            _ => Some(other(&place, &shown(meant), &shown(read))),
        }
    }

    fn items(
        self,
        from: &Type,
        meant: &[Value],
        to: &Type,
        read: &[Value],
        place: String,
    ) -> Option<Outcome> {
        if meant.len() != read.len() {
            let shown = |items: &[Value]| shown(&Value::from_iter(items.iter().cloned()));
            return Some(other(&place, &shown(meant), &shown(read)));
        }
        let part = |ty: &Type, index: usize| match ty.present() {
            Type::List(of) | Type::Set(of) | Type::Array(of, _) => (**of).clone(),
            Type::Tuple(parts) => parts.get(index).cloned().unwrap_or(Type::Any),
            _ => Type::Any,
        };
        let pairs = meant.iter().zip(read).enumerate();
        pairs
            .map(|(at, (meant, read))| {
                self.values(&part(from, at), meant, &part(to, at), read, format!("{place}[{at}]"))
            })
            .find_map(|found| found)
    }

    fn records(
        self,
        from: &RecordLock,
        meant: &Value,
        to: &RecordLock,
        read: &Value,
        place: &str,
    ) -> Option<Outcome> {
        from.fields.iter().find_map(|field| {
            let found = to.fields.iter().find(|found| is_same_field(field, found))?;
            let place = format!("{place}.{}", found.name);
            match (meant.get(&*field.name), read.get(&*found.name)) {
                (Some(meant), Some(read)) => self.values(&field.ty, meant, &found.ty, read, place),
                (None, None) => None,
                (meant, read) => Some(other(&place, &shown_or_absent(meant), &shown_or_absent(read))),
            }
        })
    }
}

/// A record and a map, by the names that both have: a default is not said in a map.
fn by_name(meant: &Value, read: &Value, place: &str) -> Option<Outcome> {
    let (Value::Map(meant), Value::Map(read)) = (meant, read) else {
        return (!same(meant, read)).then(|| other(place, &shown(meant), &shown(read)));
    };
    meant.iter().find_map(|(name, meant)| {
        let read = read.get(name.as_str()?)?;
        (!same(meant, read)).then(|| other(&format!("{place}.{name}"), &shown(meant), &shown(read)))
    })
}

fn is_same_field(old: &FieldLock, new: &FieldLock) -> bool {
    old.identity() == new.identity() || old.name == new.identity() || new.name == old.identity()
}

/// What a type is, once names are followed and the member of a union is known.
enum Resolved<'a> {
    Record(&'a RecordLock),
    Enum(&'a EnumLock),
    Other,
}

fn resolved<'a>(lock: &'a Lock, ty: &'a Type, value: &Value) -> Resolved<'a> {
    match lock.definition(ty.present()) {
        Some(Definition::Record(record)) => Resolved::Record(record),
        Some(Definition::Enum(choices)) => Resolved::Enum(choices),
        Some(Definition::Newtype(newtype)) => resolved(lock, &newtype.of, value),
        Some(Definition::Union(union)) => {
            member(lock, union, value).map_or(Resolved::Other, Resolved::Record)
        }
        None => Resolved::Other,
    }
}

fn is_record(lock: &Lock, ty: &Type) -> bool {
    matches!(lock.definition(ty.present()), Some(Definition::Record(_)))
}

/// The record of a union that a value is, by its tag.
fn member<'a>(lock: &'a Lock, union: &'a UnionLock, value: &Value) -> Option<&'a RecordLock> {
    union.members.iter().find_map(|member| match lock.definition(&member.ty)? {
        Definition::Record(record) => match &record.tag {
            Maybe::Set(tag) => (value.get(&*tag.field) == Some(&tag_value(&tag.value))).then_some(record),
            Maybe::Unset => None,
        },
        Definition::Union(inner) => self::member(lock, inner, value),
        _ => None,
    })
}

fn variant<'a>(choices: &'a EnumLock, value: &Value) -> Option<&'a str> {
    let found = choices.variants.iter().find(|variant| tag_value(&variant.value) == *value)?;
    Some(&found.name)
}

fn meant_value(name: &str, choices: &EnumLock) -> Value {
    let found = choices.variants.iter().find(|variant| variant.name == name);
    found.map_or(Value::Null, |variant| tag_value(&variant.value))
}

/// Text says itself what it stands for, whatever a variant is called in code.
fn is_text(value: &Value) -> bool {
    value.as_str().is_some()
}

/// A value of an enum with the variant that it stands for.
fn named(choices: &EnumLock, value: &Value) -> String {
    match variant(choices, value) {
        Some(name) => format!("{value} ({name})"),
        None => value.to_string(),
    }
}

/// Whether two values say the same, as far as formats and types may spell it differently.
fn same(meant: &Value, read: &Value) -> bool {
    match (meant, read) {
        (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
        (Value::Float(float), int) | (int, Value::Float(float)) if int.as_i128().is_some() => {
            int.as_i128().is_some_and(|int| *float as i128 == int && int as f64 == *float)
        }
        (Value::Native(native), Value::Str(text)) | (Value::Str(text), Value::Native(native)) => {
            is_spelled(native, text)
        }
        (Value::Native(native), Value::Float(_)) | (Value::Float(_), Value::Native(native)) => {
            matches!(**native, Native::Decimal(_))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(&**b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter().zip(b.iter()).all(|(a, b)| same_key(&a.0, &b.0) && same(&a.1, &b.1))
        }
        (a, b) => a == b,
    }
}

/// Keys are text in JSON, whatever they are keys of.
fn same_key(meant: &Value, read: &Value) -> bool {
    let text = |key: &Value| key.as_str().map_or_else(|| key.to_string(), str::to_owned);
    same(meant, read) || text(meant) == text(read)
}

/// Whether a value is spelled `text`.
fn is_spelled(native: &Native, text: &str) -> bool {
    Value::from(native.clone()).to_string().trim_matches('"').eq_ignore_ascii_case(text)
}

fn other(place: &str, written: &str, read: &str) -> Outcome {
    Outcome::Other { place: place.to_owned(), written: written.to_owned(), read: read.to_owned() }
}

fn shown_or_absent(value: Option<&Value>) -> String {
    value.map_or_else(|| "absent".to_owned(), shown)
}

/// As much of a value as fits a line.
fn shown(value: &Value) -> String {
    const CHARS_MAX: usize = 80;
    let text = match value {
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        value => value.to_string(),
    };
    match text.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
