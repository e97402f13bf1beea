//! `lines`: JSON values that follow each other.

use crate::{
    dynamic::{self, Dynamic},
    erased::decode_lines,
    table,
    tagged::{self, Node},
    vector::Case,
    verdict::{ACCEPTED, Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let (Some(expression), Some(input)) = (case.text("type"), case.bytes("input")) else {
        return Verdict::malformed("type or input");
    };
    let input = Vec::leak(input);
    let decoded = match (table::find_lines(expression), dynamic::parse(expression)) {
        (Some(decode), _) => decode(input),
        (None, Some(of)) => dynamic::with_value(of, || decode_lines::<Dynamic>(input)),
        (None, None) => return table::missing(expression),
    };
    let mut findings = Findings::default();
    match (case.error(), decoded) {
        (Some(expected), decoded) => findings.error("error", expected, &decoded),
        (None, Err(error)) => findings.differ("error", ACCEPTED, error.to_string()),
        (None, Ok(lines)) => {
            let recorded = case.get("value").cloned().unwrap_or_default();
            if let Err(what) = tagged::compare(&recorded, &Node::List(lines.items)) {
                findings.differ("value", recorded.to_string(), what);
            }
            findings.bytes("reencoded", &case.bytes("reencoded").unwrap_or_default(), &lines.written);
        }
    }
    findings.verdict()
}
