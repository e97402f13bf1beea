//! `convert`: values in memory made into types.

use proofmark::{Strictness, convert::Converter};

use super::codec::{is_bigint, value_of};
use crate::{
    table, tagged,
    vector::Case,
    verdict::{ACCEPTED, Findings, Skip, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let (Some(expression), Some(recorded)) = (case.text("type"), case.get("input")) else {
        return Verdict::malformed("type or input");
    };
    let Some(operations) = table::find(expression) else {
        return table::missing(expression);
    };
    let (converter, input) = match (converter(case), tagged::value(recorded)) {
        (Ok(converter), Ok(input)) => (converter, input),
        (Err(option), _) => return Verdict::Skipped(Skip::NoOption, option),
        (_, Err((reason, what))) => return Verdict::Skipped(reason, what),
    };
    // Borrowing types point into the value, which lives as long as the program.
    let converted = operations.convert(Box::leak(Box::new(input)), converter);
    let mut findings = Findings::default();
    match (case.error(), &converted) {
        (_, Err(error)) if is_bigint(error) => return Verdict::skip(Skip::BigInt),
        (Some(expected), converted) => findings.error("error", expected, converted),
        (None, Err(error)) => findings.differ("error", ACCEPTED, error.to_string()),
        (None, Ok(value)) => value_of(case, &**value, &mut findings),
    }
    findings.verdict()
}

/// How many types Python spells as text or bytes; the option that names some of them only has no counterpart.
const NATIVE: usize = 7;

fn converter(case: &Case) -> Result<Converter, String> {
    let strictness = if case.flag("strict") { Strictness::Strict } else { Strictness::Lenient };
    // Lenient conversion takes text keys for what they spell.
    let mut converter = Converter::new().strictness(strictness).str_keys(strictness == Strictness::Lenient);
    let flags = case.get("flags").and_then(serde_json::Value::as_object);
    for (name, value) in flags.into_iter().flatten() {
        match (name.as_str(), value.as_bool()) {
            ("str_keys", Some(str_keys)) => converter = converter.str_keys(str_keys),
            ("builtin_types", None) if value.as_array().is_some_and(|types| types.len() == NATIVE) => {
                converter = converter.native_only(true);
            }
            _ => return Err(format!("{name} = {value}")),
        }
    }
    Ok(converter)
}
