//! `encode`: the bytes of values without a type of their own, and encoding into a buffer that is not empty.

use proofmark::{Format, Order};
use sha2::{Digest as _, Sha256};

use crate::{
    erased::Recorded,
    hex, tagged,
    vector::Case,
    verdict::{Findings, Skip, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let (Some(format), Some(recorded)) = (case.format(), case.get("value")) else {
        return Verdict::malformed("proto or value");
    };
    let order = match order(case) {
        Ok(order) => order,
        Err(option) => return Verdict::Skipped(Skip::NoOption, option),
    };
    let value = match tagged::sample(recorded, format) {
        Ok(value) => value,
        Err((reason, what)) => return Verdict::Skipped(reason, what),
    };
    match case.text("op") {
        None => compare(case, &value.encode(format, order)),
        Some("encode_into") => encode_into(case, &*value, format, order),
        Some(_) => Verdict::malformed("op that is known"),
    }
}

/// The order among the options, which has to be the only one.
fn order(case: &Case) -> Result<Order, String> {
    let options = case.get("opts").and_then(serde_json::Value::as_object);
    let mut order = Order::Declared;
    for (name, value) in options.into_iter().flatten() {
        order = match (name.as_str(), value.as_str()) {
            ("order", Some("deterministic")) => Order::Deterministic,
            ("order", Some("sorted")) => Order::Sorted,
            _ => return Err(format!("{name} = {value}")),
        };
    }
    Ok(order)
}

/// Python writes at an offset of a buffer; in Rust the buffer is cut or filled up to it, and the message appended.
fn encode_into(case: &Case, value: &dyn Recorded, format: Format, order: Order) -> Verdict {
    let mut buffer = case.bytes("buffer").unwrap_or_default();
    match case.get("offset").and_then(serde_json::Value::as_i64) {
        Some(-1) => {}
        Some(offset) => match usize::try_from(offset) {
            Ok(offset) => buffer.resize(offset, 0),
            Err(_) => return Verdict::Skipped(Skip::PythonOnly, "a negative offset".to_owned()),
        },
        None => return Verdict::malformed("offset"),
    }
    let outcome = value.encode_into(format, order, &mut buffer);
    compare(case, &outcome.map(|()| buffer))
}

fn compare(case: &Case, found: &proofmark::Result<Vec<u8>>) -> Verdict {
    let mut findings = Findings::default();
    match (case.error(), case.bytes("output"), case.text("output_sha256")) {
        (Some(expected), ..) => findings.error("error", expected, found),
        (_, Some(output), _) => findings.bytes("output", &output, found),
        (.., Some(digest)) => match found {
            Ok(found) => findings.text("output_sha256", digest, &hex::write(&Sha256::digest(found))),
            Err(error) => findings.differ("output", "<accepted>", error.to_string()),
        },
        _ => return Verdict::malformed("output, output_sha256 or error"),
    }
    findings.verdict()
}
