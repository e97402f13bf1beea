//! A record as people see it: names, presence and volatility from its shape, values from its bytes.

use std::borrow::Cow;

use proofmark::scalar::DateTime;
use proofmark::shape::{EnumShape, FieldShape, Presence, RecordShape, ShapeFn, UnionShape, Volatility};
use proofmark::value::Native;
use proofmark::{Ext, Shape, TagValue, Value, ext, msgpack};

use crate::render::quantity::Unit;
use crate::render::text::plural;

/// A value, or the absence of one, with what its type says about it.
#[derive(Debug)]
pub(crate) struct Node<'v> {
    /// The value as it was decoded; `None` where it is absent.
    pub(crate) value: Option<&'v Value>,
    pub(crate) form: Form<'v>,
}

/// What a node looks like.
#[derive(Debug)]
pub(crate) enum Form<'v> {
    /// A field that is absent, which is a state of its own.
    Missing,
    /// A field that is absent and so has its default, here as JSON text.
    Default(String),
    Scalar(Scalar<'v>),
    List(Vec<Node<'v>>),
    Fields(Fields<'v>),
}

/// A record or a map.
#[derive(Debug)]
pub(crate) struct Fields<'v> {
    /// The type, where it is a record.
    pub(crate) record: Option<&'static RecordShape>,
    pub(crate) entries: Vec<Entry<'v>>,
}

/// A field of a record, or an entry of a map.
#[derive(Debug)]
pub(crate) struct Entry<'v> {
    pub(crate) name: Cow<'v, str>,
    pub(crate) volatility: Option<Volatility>,
    pub(crate) node: Node<'v>,
}

/// A value without parts.
#[derive(Debug)]
pub(crate) struct Scalar<'v> {
    pub(crate) text: Cow<'v, str>,
    pub(crate) class: Class,
}

/// What kind of scalar it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Null,
    Bool,
    Number,
    Text,
    /// One of a few words: an enum, a tag.
    Word,
    /// 64 hexadecimal digits, of which a few are enough to tell two apart.
    Digest,
    /// A date, a time, a span of time.
    Time,
    /// Bytes and extension values.
    Binary,
}

impl<'v> Node<'v> {
    /// A value seen through its type; [`Shape::Any`] where that is not known.
    pub(crate) fn new(value: &'v Value, shape: Shape) -> Self {
        Self::with_unit(value, shape, None)
    }

    fn with_unit(value: &'v Value, shape: Shape, unit: Option<Unit>) -> Self {
        let form = match (shape, value) {
            (Shape::Optional(inner) | Shape::Maybe(inner), value) => {
                return Self::with_unit(value, inner(), unit);
            }
            (Shape::Newtype(newtype), Value::Str(text)) if newtype.name == "Digest" => {
                scalar(text, Class::Digest)
            }
            (Shape::Newtype(newtype), value) => return Self::with_unit(value, (newtype.inner)(), unit),
            (Shape::Union(union), value) => {
                return Self::with_unit(value, member(union, value).unwrap_or(Shape::Any), unit);
            }
            (Shape::Record(record), Value::Map(entries)) => Form::Fields(named(record, entries)),
            (Shape::Record(record), Value::Array(items)) => Form::Fields(positional(record, items)),
            (Shape::Enum(variants), value) => variant(variants, value),
            (Shape::Map { value: item, .. }, Value::Map(entries)) => map(entries, item()),
            (_, Value::Map(entries)) => map(entries, Shape::Any),
            (shape, Value::Array(items)) => list(items, shape, unit),
            (_, value) => Form::Scalar(plain(value, unit)),
        };
        Self { value: Some(value), form }
    }

    /// The node of a field that is not there.
    fn absent(field: &FieldShape) -> Self {
        let form = match field.presence {
            Presence::Default(text) => text().map_or(Form::Missing, Form::Default),
            _ => Form::Missing,
        };
        Self { value: None, form }
    }

    /// A node for what is not there.
    pub(crate) const MISSING: Self = Self { value: None, form: Form::Missing };
}

fn named<'v>(record: &'static RecordShape, entries: &'v [(Value, Value)]) -> Fields<'v> {
    let find =
        |name: &str| entries.iter().rev().find(|(key, _)| matches!(key, Value::Str(key) if key == name));
    let mut fields = Vec::with_capacity(record.fields.len() + 1);
    if let Some(tag) = &record.tag
        && let Some((_, value)) = find(tag.key.name)
    {
        fields.push(tag_entry(tag.key.name, value));
    }
    for field in record.wire_fields() {
        let found = find(field.key.name);
        // Of a part that is one of several, the fields of the others are not missing.
        if found.is_some() || record.fields.iter().any(|own| own.key.name == field.key.name) {
            fields.push(field_entry(field, found.map(|(_, value)| value)));
        }
    }
    // A type that allows unknown fields: they are shown after those it knows.
    for (key, value) in entries {
        if !is_known(record, key) {
            fields.push(Entry { name: key_text(key), volatility: None, node: Node::new(value, Shape::Any) });
        }
    }
    Fields { record: Some(record), entries: fields }
}

fn is_known(record: &RecordShape, key: &Value) -> bool {
    let Value::Str(key) = key else { return false };
    record.tag.is_some_and(|tag| tag.key.name == key)
        || record.wire_fields().iter().any(|field| field.key.name == key)
}

fn positional<'v>(record: &'static RecordShape, items: &'v [Value]) -> Fields<'v> {
    let mut items = items.iter();
    let mut fields = Vec::with_capacity(record.fields.len() + 1);
    if let Some(tag) = &record.tag
        && let Some(value) = items.next()
    {
        fields.push(tag_entry(tag.key.name, value));
    }
    fields.extend(record.fields.iter().map(|field| field_entry(field, items.next())));
    Fields { record: Some(record), entries: fields }
}

fn tag_entry<'v>(name: &'static str, value: &'v Value) -> Entry<'v> {
    let Scalar { text, .. } = plain(value, None);
    let form = Form::Scalar(Scalar { text, class: Class::Word });
    Entry { name: Cow::Borrowed(name), volatility: None, node: Node { value: Some(value), form } }
}

fn field_entry<'v>(field: &'static FieldShape, value: Option<&'v Value>) -> Entry<'v> {
    let unit = Unit::of_field(field.key.name);
    let node =
        value.map_or_else(|| Node::absent(field), |value| Node::with_unit(value, (field.shape)(), unit));
    Entry { name: Cow::Borrowed(field.key.name), volatility: field.volatility, node }
}

fn map<'v>(entries: &'v [(Value, Value)], item: Shape) -> Form<'v> {
    let entry = |(key, value): &'v (Value, Value)| Entry {
        name: key_text(key),
        volatility: None,
        node: Node::new(value, item),
    };
    Form::Fields(Fields { record: None, entries: entries.iter().map(entry).collect() })
}

fn list<'v>(items: &'v [Value], shape: Shape, unit: Option<Unit>) -> Form<'v> {
    let shape_of = |idx: usize| -> Shape {
        let item: Option<ShapeFn> = match shape {
            Shape::List(item) | Shape::Set(item) | Shape::Array { item, .. } => Some(item),
            Shape::Tuple(items) => items.get(idx).copied(),
            _ => None,
        };
        item.map_or(Shape::Any, |item| item())
    };
    let node = |(idx, item)| Node::with_unit(item, shape_of(idx), unit);
    Form::List(items.iter().enumerate().map(node).collect())
}

fn variant<'v>(shape: &EnumShape, value: &'v Value) -> Form<'v> {
    let known = shape.variants.iter().find(|variant| is_tag(value, variant.value));
    match (known, value) {
        // A number says little without its name.
        (Some(variant), Value::Int(number)) => {
            let text = Cow::Owned(format!("{} ({number})", variant.name));
            Form::Scalar(Scalar { text, class: Class::Word })
        }
        (_, value) => Form::Scalar(Scalar { class: Class::Word, ..plain(value, None) }),
    }
}

/// The member of a union that a value is, which its tag tells, or else its wire kind.
fn member(union: &UnionShape, value: &Value) -> Option<Shape> {
    let members = || union.members.iter().map(|(_, member)| member());
    members()
        .find(|member| is_tagged(*member, value))
        .or_else(|| members().find(|member| is_alike(*member, value)))
}

fn is_tagged(shape: Shape, value: &Value) -> bool {
    match shape {
        Shape::Newtype(newtype) => is_tagged((newtype.inner)(), value),
        Shape::Union(union) => union.members.iter().any(|(_, member)| is_tagged(member(), value)),
        Shape::Record(record) => match (&record.tag, value) {
            (Some(tag), Value::Map(entries)) => entries.iter().any(|(key, found)| {
                matches!(key, Value::Str(key) if key == tag.key.name) && is_tag(found, tag.value)
            }),
            (Some(tag), Value::Array(items)) => items.first().is_some_and(|found| is_tag(found, tag.value)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an untagged member of this shape could be this value.
fn is_alike(shape: Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Newtype(newtype), value) => is_alike((newtype.inner)(), value),
        (Shape::Record(record), Value::Map(_)) => record.tag.is_none() && !record.positional,
        (Shape::Record(record), Value::Array(_)) => record.tag.is_none() && record.positional,
        (Shape::Map { .. }, Value::Map(_)) => true,
        (Shape::List(_) | Shape::Set(_) | Shape::Array { .. } | Shape::Tuple(_), Value::Array(_)) => true,
        _ => false,
    }
}

fn is_tag(found: &Value, wanted: TagValue) -> bool {
    match (found, wanted) {
        (Value::Str(found), TagValue::Str(wanted)) => found == wanted,
        (Value::Int(found), TagValue::Int(wanted)) => *found == wanted,
        _ => false,
    }
}

fn key_text(key: &Value) -> Cow<'_, str> {
    plain(key, None).text
}

fn scalar(text: &str, class: Class) -> Form<'_> {
    Form::Scalar(Scalar { text: Cow::Borrowed(text), class })
}

fn plain(value: &Value, unit: Option<Unit>) -> Scalar<'_> {
    let owned = |text: String, class| Scalar { text: Cow::Owned(text), class };
    match value {
        Value::Null => Scalar { text: Cow::Borrowed("null"), class: Class::Null },
        Value::Bool(value) => owned(value.to_string(), Class::Bool),
        Value::Int(number) => owned(integer(*number, unit), Class::Number),
        Value::UInt(number) => owned(number.to_string(), Class::Number),
        Value::Float(number) => owned(format!("{number:?}"), Class::Number),
        Value::Str(text) => Scalar { text: Cow::Borrowed(text), class: Class::Text },
        Value::Bytes(bytes) => owned(binary(bytes), Class::Binary),
        Value::Ext(ext) => match timestamp(ext) {
            Some(at) => self::native(&Native::DateTime(at)),
            None => owned(extension(ext), Class::Binary),
        },
        Value::Native(native) => self::native(native),
        // Containers are no scalars; where one stands for a key, its size must do.
        Value::Array(items) => owned(format!("[{} items]", items.len()), Class::Text),
        Value::Map(entries) => owned(format!("{{{} entries}}", entries.len()), Class::Text),
    }
}

fn integer(number: i64, unit: Option<Unit>) -> String {
    match (unit, u64::try_from(number)) {
        (Some(unit), Ok(number)) => unit.show(number),
        _ => number.to_string(),
    }
}

fn native(native: &Native) -> Scalar<'static> {
    let (text, class) = match native {
        Native::BigInt(digits) => (digits.clone(), Class::Number),
        Native::DateTime(at) => (at.to_string().replacen('T', " ", 1), Class::Time),
        Native::Date(date) => (date.to_string(), Class::Time),
        Native::Time(time) => (time.to_string(), Class::Time),
        Native::Duration(duration) => (format!("{duration:#}"), Class::Time),
        Native::Uuid(uuid) => (uuid.to_string(), Class::Text),
        Native::Decimal(decimal) => (decimal.to_string(), Class::Number),
        _ => (format!("{native:?}"), Class::Text),
    };
    Scalar { text: Cow::Owned(text), class }
}

/// The instant in an extension value, where it is one.
fn timestamp(ext: &Ext) -> Option<DateTime> {
    let bytes = (ext.code() == ext::TIMESTAMP).then(|| msgpack::to_vec(ext))?;
    msgpack::from_slice(&bytes.ok()?).ok()
}

fn extension(ext: &Ext) -> String {
    match ext::lookup(ext.code()) {
        Some(row) => format!("{}, {}", row.name, binary(ext.data())),
        None => format!("extension {}, {}", ext.code(), binary(ext.data())),
    }
}

/// The size, and the first bytes in hexadecimal.
fn binary(bytes: &[u8]) -> String {
    const SHOWN: usize = 16;
    let digits: String = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let rest = if bytes.len() > SHOWN { "…" } else { "" };
    format!("{} {digits}{rest}", plural(bytes.len(), "byte", "bytes"))
}

#[cfg(test)]
mod tests {
    use proofmark::{Describe, Maybe, Record, json};

    use super::*;

    #[derive(Record)]
    #[record(tag = "outer")]
    struct Outer {
        name: String,
        #[field(volatile = "measured")]
        elapsed_ns: u64,
        note: Maybe<String>,
        #[field(default)]
        items: Vec<Item>,
        level: Option<u8>,
    }

    #[derive(Record, PartialEq)]
    #[record(positional)]
    struct Item {
        bytes: u64,
        kind: Kind,
    }

    #[derive(Record, Clone, Copy, PartialEq)]
    #[record(int)]
    enum Kind {
        Small = 1,
    }

    /// One line per leaf: path, class, text.
    fn leaves(prefix: &str, node: &Node<'_>, out: &mut Vec<String>) {
        match &node.form {
            Form::Missing => out.push(format!("{prefix} -")),
            Form::Default(text) => out.push(format!("{prefix} = {text}")),
            Form::Scalar(Scalar { text, class }) => out.push(format!("{prefix} {class:?} {text}")),
            Form::List(items) => items.iter().for_each(|item| leaves(&format!("{prefix}[]"), item, out)),
            Form::Fields(fields) => fields.entries.iter().for_each(|entry| {
                let volatility = entry.volatility.map_or(String::new(), |why| format!("~{}", why.name()));
                leaves(&format!("{prefix}.{}{volatility}", entry.name), &entry.node, out);
            }),
        }
    }

    fn check(value: &Value, shape: Shape, expected: &[&str]) {
        let mut out = Vec::new();
        leaves("", &Node::new(value, shape), &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn names_presence_and_volatility_come_from_the_type() {
        let record = Outer {
            name: "x".to_owned(),
            elapsed_ns: 1_500,
            note: Maybe::Unset,
            items: vec![Item { bytes: 2_048, kind: Kind::Small }],
            level: None,
        };
        let value: Value = msgpack::from_slice(&msgpack::to_vec(&record).unwrap()).unwrap();
        check(
            &value,
            Outer::shape(),
            &[
                ".type Word outer",
                ".name Text x",
                ".elapsed_ns~measured Number 1.50 µs",
                ".note -",
                ".items[].bytes Number 2.05 kB",
                ".items[].kind Word Small (1)",
                ".level Null null",
            ],
        );
    }

    #[test]
    fn an_absent_field_with_a_default_has_it() {
        let value: Value = json::from_str(r#"{"type":"outer","name":"x","elapsed_ns":0,"level":1}"#).unwrap();
        let mut out = Vec::new();
        leaves("", &Node::new(&value, Outer::shape()), &mut out);
        assert!(out.contains(&".items = []".to_owned()), "{out:?}");
    }

    #[test]
    fn a_value_without_a_type_is_shown_as_it_is() {
        let value: Value = msgpack::from_slice(b"\x83\x01\xc4\x01\xff\xa1a\xd4\x05\x07\xc0\x90").unwrap();
        check(&value, Shape::Any, &[".1 Binary 1 byte ff", ".a Binary extension 5, 1 byte 07"]);
    }
}
