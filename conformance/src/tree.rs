//! Holding two JSON documents against each other, key order included.

use proofmark::{
    Order, Value,
    json::{self, Encoder},
    value::Map,
};

use crate::{info::MADE, verdict::Findings};

/// Notes each place where two documents differ.
pub(crate) fn compare(part: &str, recorded: &str, found: &str, findings: &mut Findings) {
    match (json::from_str(recorded), json::from_str(found)) {
        (Ok(recorded), Ok(found)) => walk(part, &recorded, &found, findings),
        _ => findings.text(part, recorded, found),
    }
}

/// A document as compact text, its keys as they are.
pub(crate) fn text(document: &Value) -> String {
    let bytes = Encoder::new().order(Order::Declared).to_vec(document).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn walk(part: &str, recorded: &Value, found: &Value, findings: &mut Findings) {
    match (recorded, found) {
        (Value::Map(one), Value::Map(other)) if one.keys().eq(other.keys()) => {
            for ((key, recorded), found) in entries(one).zip(other.values()) {
                walk(&format!("{part}.{key}"), recorded, found, findings);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (index, (recorded, found)) in one.iter().zip(other.iter()).enumerate() {
                walk(&format!("{part}[{index}]"), recorded, found, findings);
            }
        }
        (Value::Str(made), _) if made == MADE => {}
        // A bound of a float can be written as an integer.
        _ if recorded.as_f64().is_some() && recorded.as_f64() == found.as_f64() => {}
        _ => findings.text(part, &text(recorded), &text(found)),
    }
}

fn entries(map: &Map) -> impl Iterator<Item = (&str, &Value)> {
    map.iter().map(|(key, value)| (key.as_str().unwrap_or_default(), value))
}
