//! What the codec goes by and JSON Schema has no word for, as `x-` keys.

use super::{
    build::tag_value,
    json::{Json, Object},
};
use crate::{
    Shape,
    shape::{EnumShape, FieldShape, Presence, RecordShape},
};

/// The integers that have a word of their own.
const INTEGERS: [(&str, i128, u128); 10] = [
    ("i8", i8::MIN as i128, i8::MAX as u128),
    ("i16", i16::MIN as i128, i16::MAX as u128),
    ("i32", i32::MIN as i128, i32::MAX as u128),
    ("i64", i64::MIN as i128, i64::MAX as u128),
    ("i128", i128::MIN, i128::MAX as u128),
    ("u8", 0, u8::MAX as u128),
    ("u16", 0, u16::MAX as u128),
    ("u32", 0, u32::MAX as u128),
    ("u64", 0, u64::MAX as u128),
    ("u128", 0, u128::MAX),
];

/// The width of numbers, the code of an extension, the keys of a map that are not text.
pub(super) fn shape(shape: Shape) -> Object {
    match shape {
        Shape::Int { min, max } => {
            let word = INTEGERS.iter().find(|(_, low, high)| (min, max) == (*low, *high));
            word.map_or_else(Object::default, |(word, ..)| Object::of("x-number", Json::string(word)))
        }
        Shape::Float { bits } => Object::of("x-number", Json::string(&format!("f{bits}"))),
        Shape::Ext { code: Some(code), .. } => Object::of("x-ext-code", Json::literal(code)),
        Shape::Map { key, .. } => {
            key_kind(key()).map_or_else(Object::default, |kind| Object::of("x-keys", Json::string(kind)))
        }
        _ => Object::default(),
    }
}

/// What keys are that are text in JSON, and something else in MessagePack or in the program.
fn key_kind(key: Shape) -> Option<&'static str> {
    match key {
        Shape::Int { .. } => Some("integer"),
        Shape::Float { .. } => Some("number"),
        Shape::Bool => Some("boolean"),
        Shape::DateTime { .. } => Some("date-time"),
        Shape::Date => Some("date"),
        Shape::Time => Some("time"),
        Shape::Duration => Some("duration"),
        Shape::Uuid => Some("uuid"),
        Shape::Decimal => Some("decimal"),
        Shape::Enum(choices) => Some(choices.name),
        Shape::Newtype(newtype) => key_kind((newtype.inner)()),
        _ => None,
    }
}

/// How a record is read and written.
pub(super) fn record(shape: &RecordShape) -> Object {
    let unknown = if shape.allow_unknown { "skipped" } else { "refused" };
    let mut record = Object::of("x-unknown-fields", Json::string(unknown));
    if shape.positional {
        let tag = shape.tag.iter().map(|tag| tag.key.name);
        let fields = shape.fields.iter().map(|field| field.key.name);
        record.set("x-positions", Json::strings(tag.chain(fields)));
    }
    if shape.wire_fields().iter().any(|field| matches!(field.presence, Presence::Default(_))) {
        // Positions cannot be left out.
        let is_omitted = !shape.encode_defaults && !shape.positional;
        record.set("x-defaults", Json::string(if is_omitted { "omitted" } else { "written" }));
    }
    if shape.checked { record.with("x-checked", Json::literal(true)) } else { record }
}

/// What absence is, what the field was called, and whether code looks at it.
pub(super) fn field(shape: &FieldShape) -> Object {
    let presence = match shape.presence {
        Presence::Required => "required",
        Presence::Maybe => "maybe",
        Presence::Default(_) => "default",
    };
    let mut field = Object::of("x-presence", Json::string(presence));
    shape.was.iter().for_each(|was| field.set("x-was", Json::string(was)));
    if shape.checked { field.with("x-checked", Json::literal(true)) } else { field }
}

/// The name of each value.
pub(super) fn plain_enum(shape: &EnumShape) -> Object {
    let mut names = Object::default();
    shape.variants.iter().for_each(|variant| names.set(variant.name, tag_value(variant.value)));
    Object::of("x-names", names)
}
