//! `floats`: the text of a float, as a value and as a key.

use std::collections::BTreeMap;

use proofmark::json;

use crate::{
    types::any::FloatKey,
    vector::Case,
    verdict::{Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let bits = case.text("bits").and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let (Some(bits), Some(text), Some(key)) = (bits, case.text("json"), case.text("json_key")) else {
        return Verdict::malformed("bits, json or json_key");
    };
    let value = f64::from_bits(bits);
    let mut findings = Findings::default();
    findings.bytes("json", text.as_bytes(), &json::to_vec(&value));
    let map = format!("{{{key}:0}}");
    findings.bytes("json_key", map.as_bytes(), &json::to_vec(&BTreeMap::from([(FloatKey(value), 0)])));
    findings.verdict()
}
