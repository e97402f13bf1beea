//! The description of a type, in the terms of msgspec's `inspect.type_info`.

mod recorded;
mod shape;

pub(crate) use recorded::{MADE, recorded};
pub(crate) use shape::describe;

use serde_json::{Value as Json, json};

/// A type of which only the kind is to be told.
fn kind(name: &str) -> Json {
    json!({ "kind": name })
}

/// The members of a union, unions inside it taken apart and null last; one member is that member.
fn union(members: impl IntoIterator<Item = Json>) -> Json {
    let mut flat = Vec::new();
    for member in members {
        match member.get("types").and_then(Json::as_array) {
            Some(types) => flat.extend(types.iter().cloned()),
            None => flat.push(member),
        }
    }
    flat.sort_by_key(|member| *member == kind("NoneType"));
    flat.dedup();
    if flat.len() == 1 { flat.remove(0) } else { json!({ "kind": "UnionType", "types": flat }) }
}

/// One value out of several of a kind.
fn choice(mut values: Vec<Json>) -> Json {
    values.sort_by_key(|value| (value.as_i64(), value.to_string()));
    json!({ "kind": "EnumType", "values": values })
}
