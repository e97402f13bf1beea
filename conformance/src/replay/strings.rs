//! `strings`: the bytes of a text in both formats, and as a key.

use std::collections::BTreeMap;

use proofmark::{json, msgpack};

use crate::{
    vector::Case,
    verdict::{Findings, Skip, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    if case.get("utf8_surrogatepass").is_some() {
        return Verdict::Skipped(Skip::PythonOnly, "text with lone surrogates".to_owned());
    }
    let text = case.bytes("utf8").and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = (text, case.bytes("json"), case.bytes("msgpack"), case.bytes("json_as_key"));
    let (Some(text), Some(in_json), Some(in_msgpack), Some(key)) = parts else {
        return Verdict::malformed("utf8, json, msgpack or json_as_key");
    };
    let mut findings = Findings::default();
    findings.bytes("json", &in_json, &json::to_vec(&text));
    findings.bytes("msgpack", &in_msgpack, &msgpack::to_vec(&text));
    let map = [b"{", &key[..], b":0}"].concat();
    findings.bytes("json_as_key", &map, &json::to_vec(&BTreeMap::from([(text, 0)])));
    findings.verdict()
}
