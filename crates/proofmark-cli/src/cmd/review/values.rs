//! What differs between two stored values, place by place, also where they are binary.

use std::collections::BTreeMap;
use std::path::Path;

use proofmark::{Limits, Value, json, msgpack};
use proofmark_artifacts::{Codec, DEPTH_MAX};

/// A line for each place that differs: `.plan.nodes[4].partitions   4 -> 24`.
pub(super) fn difference(path: &Path, old: &[u8], new: &[u8]) -> Vec<String> {
    let codec = Codec::of_file(&path.to_string_lossy());
    match codec.and_then(|codec| Some((read(codec, old)?, read(codec, new)?))) {
        Some((old, new)) => of_maps(&places(&old), &places(&new)),
        None => of_texts(&String::from_utf8_lossy(old), &String::from_utf8_lossy(new)),
    }
}

fn read(codec: Codec, bytes: &[u8]) -> Option<Value> {
    let limits = Limits::depth(DEPTH_MAX);
    match codec {
        Codec::Json => json::Decoder::new().limits(limits).from_slice(bytes).ok(),
        Codec::MessagePack => msgpack::Decoder::new().limits(limits).from_slice(bytes).ok(),
    }
}

/// The scalars of a value by their place.
fn places(value: &Value) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    collect(value, String::new(), &mut places);
    places
}

fn collect(value: &Value, place: String, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{place}[{index}]"), into);
            }
        }
        Value::Map(map) if !map.is_empty() => {
            for (key, value) in map {
                let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                collect(value, format!("{place}.{key}"), into);
            }
        }
        Value::Bytes(bytes) => drop(into.insert(place, format!("{} bytes", bytes.len()))),
        scalar => drop(into.insert(place, scalar.to_string())),
    }
}

fn of_maps(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, before) in old {
        match new.get(place) {
            Some(after) if after == before => {}
            Some(after) => lines.push(format!("{place}   {before} -> {after}")),
            None => lines.push(format!("{place}   {before} -> absent")),
        }
    }
    let added = new.iter().filter(|(place, _)| !old.contains_key(*place));
    lines.extend(added.map(|(place, after)| format!("{place}   absent -> {after}")));
    if lines.is_empty() {
        lines.push("the same values in other bytes".to_owned());
    }
    lines
}

fn of_texts(old: &str, new: &str) -> Vec<String> {
    let (before, after): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = (before.len() - same).min(after.len() - same);
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let gone = before[same..before.len() - tail].iter().map(|line| format!("- {line}"));
    let come = after[same..after.len() - tail].iter().map(|line| format!("+ {line}"));
    std::iter::once(format!("from line {}", same + 1)).chain(gone).chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, old: &[u8], new: &[u8], lines: &[&str]) {
        assert_eq!(difference(Path::new(file), old, new), lines);
    }

    #[test]
    fn values_are_compared_place_by_place_in_both_formats() {
        let lines = [".a[1]   2 -> 3", ".b   \"x\" -> absent", ".c   absent -> null"];
        check("r.json", br#"{"a":[1,2],"b":"x"}"#, br#"{"a":[1,3],"c":null}"#, &lines);
        let packed = |text: &[u8]| msgpack::to_vec(&json::from_slice::<Value>(text).unwrap()).unwrap();
        let (old, new) = (packed(br#"{"a":[1,2],"b":"x"}"#), packed(br#"{"a":[1,3],"c":null}"#));
        check("r.msgpack", &old, &new, &lines);
        check("r.json", b"{}", b"{ }", &["the same values in other bytes"]);
    }

    #[test]
    fn what_is_no_value_is_compared_line_by_line() {
        check("r.py", b"a\nb\nc\n", b"a\nx\ny\nc\n", &["from line 2", "- b", "+ x", "+ y"]);
        check("r.json", b"a\nb\n", b"a\n", &["from line 2", "- b"]);
    }
}
