//! What `structs` and the scalar files share: decode, compare the value, encode again.

use proofmark::{Error, Format, Order, Strictness};
use serde_json::Value as Json;

use crate::{
    erased::{Decoded, Layout, Operations, Recorded},
    hex, table, tagged,
    vector::Case,
    verdict::{ACCEPTED, Findings, Skip, Verdict},
};

/// An entry that holds the bytes of the decoded value, and how they were made.
pub(super) struct Output {
    pub(super) part: &'static str,
    /// Whether the format is the one that was decoded.
    pub(super) same_format: bool,
    pub(super) order: Order,
}

/// Decodes a case's input and compares value and outputs.
pub(super) fn replay(case: &Case, outputs: &[Output]) -> Verdict {
    let (Some(expression), Some(format), Some(input)) =
        (case.text("type"), case.format(), case.bytes("input"))
    else {
        return Verdict::malformed("type, proto or input");
    };
    let Some(operations) = table::find(expression) else {
        return table::missing(expression);
    };
    if let Some(skip) = python_only(case) {
        return skip;
    }
    let decoded = decode(operations, input, format, case);
    let mut findings = Findings::default();
    match (case.error(), &decoded) {
        (_, Err(error)) if is_bigint(error) => return Verdict::skip(Skip::BigInt),
        (Some(expected), decoded) => findings.error("error", expected, decoded),
        (None, Err(error)) => findings.differ("error", ACCEPTED, error.to_string()),
        (None, Ok(value)) => {
            value_of(case, &**value, &mut findings);
            encodings(case, &**value, format, outputs, &mut findings);
            in_memory(case, &**value, &mut findings);
        }
    }
    findings.verdict()
}

fn decode(operations: Operations, input: Vec<u8>, format: Format, case: &Case) -> Decoded {
    let strictness = if case.flag("strict") { Strictness::Strict } else { Strictness::Lenient };
    operations.decode(Vec::leak(input), format, strictness)
}

/// Errors that come from Python's own types: unhashable set elements, the interpreter's stack.
fn python_only(case: &Case) -> Option<Verdict> {
    let class = case.error_class()?;
    matches!(class, "TypeError" | "RecursionError")
        .then(|| Verdict::Skipped(Skip::PythonOnly, class.to_owned()))
}

/// Whether an integer was beyond the widest that Rust has.
pub(super) fn is_bigint(error: &Error) -> bool {
    let text = error.to_string();
    let bound = |bound: i128| {
        text.starts_with(&format!("Expected `int` {} {bound}", if bound < 0 { ">=" } else { "<=" }))
    };
    bound(i128::MIN) || bound(i128::MAX)
}

pub(super) fn value_of(case: &Case, value: &dyn Recorded, findings: &mut Findings) {
    let Some(recorded) = case.get("value") else { return };
    match value.tag() {
        Ok(node) => {
            if let Err(what) = tagged::compare(recorded, &node) {
                findings.differ("value", recorded.to_string(), what);
            }
        }
        Err(error) => findings.differ("value", recorded.to_string(), error.to_string()),
    }
}

fn encodings(case: &Case, value: &dyn Recorded, format: Format, outputs: &[Output], findings: &mut Findings) {
    for output in outputs {
        let other = if format == Format::Json { Format::MsgPack } else { Format::Json };
        let encoded = value.encode(if output.same_format { format } else { other }, Layout::of(output.order));
        // Where Python's outcome hangs on object identity, the record also has the one under equality.
        let by_equality = format!("{}_eq", output.part);
        match case.get(&by_equality).or_else(|| case.get(output.part)) {
            Some(Json::String(digits)) => {
                findings.bytes(output.part, &hex::parse(digits).unwrap_or_default(), &encoded);
            }
            Some(failed) => {
                let message = failed.get("error").and_then(|error| error.get("msg")).and_then(Json::as_str);
                findings.error(output.part, message.unwrap_or_default(), &encoded);
            }
            None => {}
        }
    }
}

/// Holds the value in memory, keys and sets in order, against what `to_builtins` made of it.
fn in_memory(case: &Case, value: &dyn Recorded, findings: &mut Findings) {
    const PART: &str = "builtins_det";
    // What hangs on object identity has no counterpart under equality.
    let Some(recorded) = case.get(PART).filter(|_| !case.flag("identity_dependent")) else { return };
    let found = value.to_value().and_then(|value| tagged::tag(&value));
    match (recorded.get("error"), found) {
        (Some(error), found) => {
            findings.error(PART, error.get("msg").and_then(Json::as_str).unwrap_or_default(), &found);
        }
        (None, Err(error)) => findings.differ(PART, ACCEPTED, error.to_string()),
        (None, Ok(node)) => {
            if let Err(what) = tagged::compare(recorded, &tagged::builtins(node)) {
                findings.differ(PART, recorded.to_string(), what);
            }
        }
    }
}
