//! `float_parse`: the float of a text.

use proofmark::json;

use crate::{
    vector::Case,
    verdict::{ACCEPTED, Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let Some(text) = case.text("text") else { return Verdict::malformed("text") };
    let parsed = json::from_str::<f64>(text);
    let mut findings = Findings::default();
    match (case.text("bits"), &parsed) {
        (Some(bits), Ok(value)) => findings.text("bits", bits, &format!("{:016x}", value.to_bits())),
        (Some(_), Err(error)) => findings.differ("error", ACCEPTED, error.to_string()),
        (None, parsed) => findings.error("error", case.error().unwrap_or_default(), parsed),
    }
    findings.verdict()
}
