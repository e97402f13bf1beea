//! `rename`: the wire name of a field under each rule.

use serde_json::Value as Json;

use crate::{
    vector::Case,
    verdict::{Findings, Skip, Verdict},
};

/// The file of the derive, whose rules no other crate can call.
#[path = "../../../crates/proofmark-derive/src/case.rs"]
#[expect(dead_code, reason = "variants have names of their own, which are not recorded")]
mod case;

const RULES: [&str; 5] = ["lower", "upper", "camel", "pascal", "kebab"];

pub(super) fn replay(case: &Case) -> Verdict {
    let Some(name) = case.text("name") else { return Verdict::malformed("name") };
    let mut findings = Findings::default();
    for rule in RULES {
        match case.get(rule) {
            Some(Json::String(recorded)) => findings.text(rule, recorded, &case::field(name, rule)),
            Some(_) => return Verdict::Skipped(Skip::PythonOnly, format!("a class without {name}")),
            None => {}
        }
    }
    findings.verdict()
}
