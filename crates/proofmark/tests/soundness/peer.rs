//! JSON as `serde_json` reads it.

use std::collections::BTreeMap;

use proofmark::{Limits, Record, Result, Value, decode::DecodeOwned, json};
use serde::Deserialize;

/// Both take the same documents, as values and as records, and find the same in them.
pub(crate) fn json_peer(bytes: &[u8]) {
    let ours = read::<Value>(bytes);
    let theirs = serde_json::from_slice::<serde_json::Value>(bytes);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            let text = json::to_vec(ours).expect("JSON holds what came from it");
            let again = serde_json::from_slice(&text).expect("they read what we write");
            assert!(is_near(theirs, &again), "{theirs} became {again}");
        }
        (Err(_), Err(_)) => {}
        _ => panic!("ours: {ours:?}, theirs: {theirs:?}"),
    }
    json_peer_record(bytes);
}

/// As deep as they go.
fn read<T: DecodeOwned>(bytes: &[u8]) -> Result<T> {
    json::Decoder::new().limits(Limits::depth(127)).from_slice(bytes)
}

/// Equal but for floats, which `serde_json` does not always round to the nearest.
fn is_near(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (a, b) {
        (Array(a), Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_near(a, b)),
        (Object(a), Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && is_near(a.1, b.1))
        }
        (Number(a), Number(b)) if a != b => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= a.abs() * 1e-14,
            _ => false,
        },
        _ => a == b,
    }
}

#[derive(Record, Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Both {
    #[field(default)]
    #[serde(default)]
    a: u8,
    #[field(default)]
    #[serde(default)]
    b: i64,
    #[field(default)]
    #[serde(default)]
    c: String,
    #[field(default)]
    #[serde(default)]
    d: Option<bool>,
    #[field(default)]
    #[serde(default)]
    e: Vec<(u16, i8)>,
    #[field(default)]
    #[serde(default)]
    f: BTreeMap<String, [u32; 2]>,
    #[field(default)]
    #[serde(default)]
    g: Option<Box<Both>>,
}

fn json_peer_record(bytes: &[u8]) {
    let ours = read::<Both>(bytes);
    let theirs = serde_json::from_slice::<Both>(bytes);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
        (Err(_), Err(_)) => {}
        // With us, of two fields of one name the last counts.
        (Ok(_), Err(error)) if error.to_string().starts_with("duplicate field") => {}
        // With us, minus zero without a point is a whole zero.
        (Ok(_), Err(error)) if error.to_string().contains("floating point `-0.0`") => {}
        // To them, every record is positional too.
        (Err(error), Ok(_)) if error.to_string().contains("got `array`") => {}
        _ => panic!("ours: {ours:?}, theirs: {theirs:?}"),
    }
}
