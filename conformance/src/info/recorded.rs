//! What was recorded about a Python type, without what Rust has no word for.
//!
//! Tuples of any length are lists, frozen sets are sets, and the classes of records, bytes and literals are one each; the
//! names of Python's enum members are left out, and a default that a function makes is told where it is known.

use serde_json::{Map, Value as Json, json};

use super::{choice, kind, union};
use crate::tagged;

/// A recorded description in the terms of ours.
pub(crate) fn recorded(info: &Json) -> Json {
    match info.get("kind").and_then(Json::as_str).unwrap_or_default() {
        "ByteArrayType" | "MemoryViewType" => with_kind(info, "BytesType"),
        "VarTupleType" => with_kind(info, "ListType"),
        "FrozenSetType" => with_kind(info, "SetType"),
        "UnionType" => union(entries(info, "types").map(recorded)),
        "LiteralType" => literal(info),
        "EnumType" => {
            choice(entries(info, "members").filter_map(|member| member.get(1)).map(tagged::plain).collect())
        }
        "StructType" | "DataclassType" | "TypedDictType" | "NamedTupleType" => record(info),
        "Metadata" => {
            let mut documented = info.clone();
            documented["type"] = recorded(info.get("type").unwrap_or(&Json::Null));
            documented
        }
        _ => with_kind(info, info.get("kind").and_then(Json::as_str).unwrap_or_default()),
    }
}

fn entries<'a>(info: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> {
    info.get(name).and_then(Json::as_array).into_iter().flatten()
}

/// The same entries under the name of another kind, types inside it in the terms of ours.
fn with_kind(info: &Json, name: &str) -> Json {
    let mut entries: Map<_, _> = info.as_object().cloned().unwrap_or_default();
    for (key, value) in &mut entries {
        if key.ends_with("_type") {
            *value = recorded(value);
        } else if key == "item_types" {
            *value = self::entries(info, key).map(recorded).collect();
        }
    }
    entries.insert("kind".to_owned(), name.into());
    entries.into()
}

/// Values of one kind are a choice; of several kinds, a union of such.
fn literal(info: &Json) -> Json {
    let values = Vec::from_iter(entries(info, "values").map(tagged::plain));
    let of = |belongs: fn(&Json) -> bool| {
        let values = Vec::from_iter(values.iter().filter(|value| belongs(value)).cloned());
        (!values.is_empty()).then(|| choice(values))
    };
    let null = values.contains(&Json::Null).then(|| kind("NoneType"));
    union([of(Json::is_string), of(Json::is_i64), of(Json::is_boolean), null].into_iter().flatten())
}

fn record(info: &Json) -> Json {
    if info.get("ref").is_some() {
        return info.clone();
    }
    let is_tuple = info.get("kind").is_some_and(|kind| kind == "NamedTupleType");
    let flag = |name: &str| info.get(name).and_then(Json::as_bool).unwrap_or(is_tuple);
    let name = info.get("cls").and_then(Json::as_str).unwrap_or_default();
    let mut record = json!({
        "kind": "StructType",
        "cls": name.split('[').next(),
        "fields": entries(info, "fields").map(field).collect::<Vec<_>>(),
        "array_like": flag("array_like"),
        "forbid_unknown_fields": flag("forbid_unknown_fields"),
    });
    for key in ["tag_field", "tag"] {
        info.get(key).into_iter().for_each(|value| record[key] = value.clone());
    }
    record
}

fn field(info: &Json) -> Json {
    let mut field = info.as_object().cloned().unwrap_or_default();
    let made = field.remove("default_factory");
    let made = match made.as_ref().and_then(Json::as_str) {
        Some("list" | "set") => Some(json!([])),
        Some("dict") => Some(json!({})),
        Some("int") => Some(json!(0)),
        Some(_) => Some(MADE.into()),
        None => info.get("default").map(tagged::plain),
    };
    made.into_iter().for_each(|default| {
        field.insert("default".to_owned(), default);
    });
    field.insert("type".to_owned(), recorded(info.get("type").unwrap_or(&Json::Null)));
    field.into()
}

/// Stands for a default that a function of Python makes.
pub(crate) const MADE: &str = "<made>";
