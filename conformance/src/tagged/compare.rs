//! Holding a value of ours against a recorded one.

use jiff::SignedDuration;
use proofmark::{
    json,
    shape::{Presence, RecordShape},
};
use serde_json::Value as Json;

use super::{Node, open};
use crate::hex;

/// Tells where `node` is another value than the recorded one, if it is.
///
/// Only what Rust's types keep is compared: tuples and sets are sequences, and an enum is its wire value.
pub(crate) fn compare(recorded: &Json, node: &Node) -> Result<(), String> {
    let differs = || Err(format!("{recorded} is not {node:?}"));
    let Some((tag, body)) = open(recorded) else {
        return Err(format!("{recorded} is not a tagged value"));
    };
    let same = match (tag, node) {
        ("null", Node::Null) => true,
        ("bool", Node::Bool(value)) => body == value,
        ("int", Node::Int(value)) => body.as_str() == Some(&value.to_string()),
        ("int", Node::BigInt(digits)) => body == digits,
        ("float", Node::Float(value)) => is_float(body, *value),
        ("str", Node::Str(text)) => body == text,
        ("str_hex", Node::Str(text)) => body.as_str() == Some(&hex::write(text.as_bytes())),
        ("bytes", Node::Bytes(bytes)) | ("raw", Node::Raw(bytes)) => {
            body.as_str() == Some(&hex::write(bytes))
        }
        ("datetime", Node::DateTime(value)) => {
            let seconds = value.offset().map(jiff::tz::Offset::seconds);
            body.as_str() == Some(&format!("{:.6}", value.civil())) && offset(recorded) == seconds
        }
        ("date", Node::Date(value)) => body.as_str() == Some(&value.to_string()),
        ("time", Node::Time(value)) => {
            let seconds = value.offset().map(jiff::tz::Offset::seconds);
            body.as_str() == Some(&format!("{:.6}", value.civil())) && offset(recorded) == seconds
        }
        ("timedelta_us", Node::Duration(value)) => body.as_str() == Some(&micros(*value)),
        ("uuid", Node::Uuid(value)) => body.as_str() == Some(&value.to_string()),
        ("decimal", Node::Decimal(text)) => body == text,
        ("ext", Node::Ext(code, data)) => *body == serde_json::json!([code, hex::write(data)]),
        ("enum", node) => return recorded.get("v").map_or_else(differs, |value| compare(value, node)),
        ("list" | "tuple", Node::List(items)) => return sequence(body, items),
        ("set", Node::List(items)) => return set(body, items),
        ("map", Node::Map(entries)) => return map(body, entries),
        ("map", Node::Record(shape, fields)) => return typed_dict(body, shape, fields),
        ("struct", Node::Record(shape, fields)) => return record(recorded, shape, fields),
        ("struct", Node::List(items)) => return positional(recorded, items),
        _ => false,
    };
    if same { Ok(()) } else { differs() }
}

/// Floats are the same when their bits are; of NaN there is one.
fn is_float(recorded: &Json, value: f64) -> bool {
    let bits = recorded.as_str().and_then(|digits| u64::from_str_radix(digits, 16).ok());
    bits.is_some_and(|bits| bits == value.to_bits() || (value.is_nan() && f64::from_bits(bits).is_nan()))
}

fn offset(recorded: &Json) -> Option<i32> {
    recorded.get("off")?.as_i64()?.try_into().ok()
}

fn micros(value: SignedDuration) -> String {
    value.as_micros().to_string()
}

fn sequence(recorded: &Json, items: &[Node]) -> Result<(), String> {
    let recorded = array(recorded)?;
    if recorded.len() != items.len() {
        return Err(format!("{} elements are not {}", recorded.len(), items.len()));
    }
    recorded.iter().zip(items).enumerate().try_for_each(|(index, (recorded, item))| {
        compare(recorded, item).map_err(|what| format!("[{index}]: {what}"))
    })
}

/// Sets have no order: each recorded element must be there.
fn set(recorded: &Json, items: &[Node]) -> Result<(), String> {
    let recorded = array(recorded)?;
    if recorded.len() != items.len() {
        return Err(format!("{} elements are not {}", recorded.len(), items.len()));
    }
    match recorded.iter().find(|recorded| !items.iter().any(|item| compare(recorded, item).is_ok())) {
        Some(missing) => Err(format!("{missing} is not in the set")),
        None => Ok(()),
    }
}

fn map(recorded: &Json, entries: &[(Node, Node)]) -> Result<(), String> {
    let recorded = array(recorded)?;
    if recorded.len() != entries.len() {
        return Err(format!("{} entries are not {}", recorded.len(), entries.len()));
    }
    recorded.iter().zip(entries).try_for_each(|(recorded, (key, value))| {
        compare(recorded.get(0).unwrap_or(&Json::Null), key).map_err(|what| format!("key: {what}"))?;
        compare(recorded.get(1).unwrap_or(&Json::Null), value).map_err(|what| format!("[...]: {what}"))
    })
}

/// A typed dictionary holds the fields that were there, in their order on the wire, and is a record of ours.
fn typed_dict(recorded: &Json, shape: &RecordShape, fields: &[(&str, Node)]) -> Result<(), String> {
    let recorded = array(recorded)?;
    if recorded.len() != fields.len() {
        return Err(format!("{} entries are not {}", recorded.len(), fields.len()));
    }
    recorded.iter().try_for_each(|entry| {
        let name = entry.get(0).and_then(|key| key.get("str")).and_then(Json::as_str).unwrap_or_default();
        let value = entry.get(1).unwrap_or(&Json::Null);
        field(shape, name, value, fields.iter().find(|(found, _)| *found == name).map(|(_, node)| node))
    })
}

fn record(recorded: &Json, shape: &RecordShape, fields: &[(&str, Node)]) -> Result<(), String> {
    let expected = array(recorded.get("f").unwrap_or(&Json::Null))?;
    if expected.len() != shape.fields.len() {
        return Err(format!("{} fields are not {}", expected.len(), shape.fields.len()));
    }
    expected.iter().zip(shape.fields).try_for_each(|(entry, declared)| {
        let value = entry.get(1).unwrap_or(&Json::Null);
        let found = fields.iter().find(|(name, _)| *name == declared.key.name).map(|(_, node)| node);
        field(shape, declared.key.name, value, found)
    })
}

/// A field that was written is compared; one that was left out must be unset, or equal to its default.
fn field(shape: &RecordShape, name: &str, recorded: &Json, found: Option<&Node>) -> Result<(), String> {
    let absent = recorded.get("unset").is_some() || *recorded == serde_json::json!({"raw": ""});
    match found {
        Some(node) => compare(recorded, node),
        None if absent || is_default(shape, name, recorded) => Ok(()),
        None => Err(format!("{recorded} is absent")),
    }
    .map_err(|what| format!(".{name}: {what}"))
}

fn is_default(shape: &RecordShape, name: &str, recorded: &Json) -> bool {
    let declared = shape.fields.iter().find(|field| field.key.name == name);
    let Some(Presence::Default(text)) = declared.map(|field| field.presence) else { return false };
    let default = text().ok().and_then(|text| serde_json::from_str::<Json>(&text).ok());
    default == Some(plain(recorded))
}

/// A recorded value as JSON, for the few kinds that defaults are made of.
pub(crate) fn plain(recorded: &Json) -> Json {
    let Some((tag, body)) = open(recorded) else {
        return Json::Null;
    };
    let items = || body.as_array().into_iter().flatten();
    let entry = |entry: &Json| (entry.get(0).cloned(), plain(entry.get(1).unwrap_or(&Json::Null)));
    match tag {
        "null" => Json::Null,
        "int" => body.as_str().and_then(|digits| serde_json::from_str(digits).ok()).unwrap_or_default(),
        "float" => {
            recorded.get("r").and_then(Json::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
        }
        "list" | "tuple" | "set" => items().map(plain).collect(),
        "map" => items()
            .map(entry)
            .filter_map(|(key, value)| Some((plain(&key?).as_str()?.to_owned(), value)))
            .collect(),
        "struct" => {
            let fields = recorded.get("f").and_then(Json::as_array).into_iter().flatten();
            fields.map(entry).filter_map(|(key, value)| Some((key?.as_str()?.to_owned(), value))).collect()
        }
        "bytes" => {
            let bytes = body.as_str().and_then(hex::parse).unwrap_or_default();
            json::to_string(&bytes).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
        }
        "enum" => plain(recorded.get("v").unwrap_or(&Json::Null)),
        _ => body.clone(),
    }
}

/// A positional record is a sequence, with its tag first where it has one.
fn positional(recorded: &Json, items: &[Node]) -> Result<(), String> {
    let expected = array(recorded.get("f").unwrap_or(&Json::Null))?;
    let Some(tags) = items.len().checked_sub(expected.len()).filter(|tags| *tags < 2) else {
        return Err(format!("{} fields are not {} elements", expected.len(), items.len()));
    };
    expected.iter().zip(&items[tags..]).try_for_each(|(entry, item)| {
        let name = entry.get(0).and_then(Json::as_str).unwrap_or_default();
        compare(entry.get(1).unwrap_or(&Json::Null), item).map_err(|what| format!(".{name}: {what}"))
    })
}

fn array(recorded: &Json) -> Result<&Vec<Json>, String> {
    recorded.as_array().ok_or_else(|| format!("{recorded} is not a list"))
}
