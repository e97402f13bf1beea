//! `format`: JSON text laid out anew.

use proofmark::json::{self, Indent};

use crate::{
    vector::Case,
    verdict::{Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let indent = match case.get("indent").map(|indent| indent.as_i64().unwrap_or(2)) {
        Some(0) => Indent::OneLine,
        Some(width) => usize::try_from(width).map_or(Indent::None, Indent::Spaces),
        None => return Verdict::malformed("indent"),
    };
    let Some(input) = case.bytes("input") else { return Verdict::malformed("input") };
    let formatted = json::format(&input, indent);
    let mut findings = Findings::default();
    match (case.error(), case.bytes("output")) {
        (Some(expected), _) => findings.error("error", expected, &formatted),
        (None, output) => findings.bytes("output", &output.unwrap_or_default(), &formatted),
    }
    findings.verdict()
}
