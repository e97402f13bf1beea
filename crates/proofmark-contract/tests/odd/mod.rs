//! Odd values: a record with one thing changed at a time.

use proofmark::Value;
use proofmark::value::{Array, Map};

/// Each value that differs from `value` in one place.
pub(crate) fn odd_values(value: &Value) -> Vec<Value> {
    let mut odd = replacements();
    match value {
        Value::Map(map) => odd.extend(odd_maps(map)),
        Value::Array(items) => odd.extend(odd_arrays(items)),
        Value::Str(text) => odd.extend([format!("{text} "), format!("{text}\n")].map(Value::from)),
        Value::Int(number) => odd.extend([Value::from(-number), Value::from(*number as f64 + 0.5)]),
        _ => {}
    }
    odd
}

/// What may stand anywhere and seldom should: other kinds, nothing, the ends of integers, text beyond ASCII.
fn replacements() -> Vec<Value> {
    vec![
        Value::Null,
        Value::from(true),
        Value::from(-1),
        Value::from(0),
        Value::from(1.5),
        Value::from(2.0),
        Value::from(u32::MAX as i64 + 1),
        Value::from(i64::MIN),
        Value::from(u64::MAX),
        Value::from(""),
        Value::from("日付 🚀 \u{0}"),
        Value::Array(Vec::new().into()),
        Value::Array(vec![Value::Null].into()),
        Value::Map(Vec::new().into()),
        Value::from_iter([("no_such_field", Value::Null)]),
    ]
}

fn odd_maps(map: &Map) -> Vec<Value> {
    let entries = map.to_vec();
    let mut odd = Vec::new();
    for (at, (_, value)) in entries.iter().enumerate() {
        let mut shorter = entries.clone();
        let mut moved = entries.clone();
        let entry = shorter.remove(at);
        moved.remove(at);
        moved.push(entry);
        odd.extend([shorter, moved]);
        odd.extend(odd_values(value).into_iter().map(|value| {
            let mut changed = entries.clone();
            changed[at].1 = value;
            changed
        }));
    }
    let mut longer = entries;
    longer.push((Value::from("no_such_field"), Value::from(1)));
    odd.push(longer);
    odd.into_iter().map(|entries| Value::Map(entries.into())).collect()
}

fn odd_arrays(items: &Array) -> Vec<Value> {
    let items = items.to_vec();
    let mut odd = Vec::new();
    for (at, value) in items.iter().enumerate() {
        let mut shorter = items.clone();
        shorter.remove(at);
        odd.push(shorter);
        odd.extend(odd_values(value).into_iter().map(|value| {
            let mut changed = items.clone();
            changed[at] = value;
            changed
        }));
    }
    let mut longer = items;
    longer.push(Value::from(1));
    odd.push(longer);
    odd.into_iter().map(|items| Value::Array(items.into())).collect()
}
