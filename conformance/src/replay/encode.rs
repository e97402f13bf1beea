//! `encode`: the bytes of values without a type of their own, and encoding into a buffer that is not empty.

use proofmark::{DecimalFormat, Format, Order, UuidFormat};
use sha2::{Digest as _, Sha256};

use crate::{
    erased::{Layout, Recorded},
    hex, tagged,
    vector::Case,
    verdict::{Findings, Skip, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let (Some(format), Some(recorded)) = (case.format(), case.get("value")) else {
        return Verdict::malformed("proto or value");
    };
    let layout = match layout(case) {
        Ok(layout) => layout,
        Err(option) => return Verdict::Skipped(Skip::NoOption, option),
    };
    let value = match tagged::sample(recorded, format) {
        Ok(value) => value,
        Err((reason, what)) => return Verdict::Skipped(reason, what),
    };
    match case.text("op") {
        None => compare(case, &value.encode(format, layout)),
        Some("encode_into") => encode_into(case, &*value, format, layout),
        Some(_) => Verdict::malformed("op that is known"),
    }
}

/// The options; without an order, everything stays as it is.
fn layout(case: &Case) -> Result<Layout, String> {
    let options = case.get("opts").and_then(serde_json::Value::as_object);
    let mut layout = Layout::of(Order::Declared);
    for (name, value) in options.into_iter().flatten() {
        match (name.as_str(), value.as_str()) {
            ("order", Some("deterministic")) => layout.order = Order::Deterministic,
            ("order", Some("sorted")) => layout.order = Order::Sorted,
            ("uuid_format", Some("canonical")) => layout.uuid = UuidFormat::Canonical,
            ("uuid_format", Some("hex")) => layout.uuid = UuidFormat::Hex,
            ("uuid_format", Some("bytes")) => layout.uuid = UuidFormat::Bytes,
            ("decimal_format", Some("string")) => layout.decimal = DecimalFormat::String,
            ("decimal_format", Some("number")) => layout.decimal = DecimalFormat::Number,
            _ => return Err(format!("{name} = {value}")),
        }
    }
    Ok(layout)
}

/// Python writes at an offset of a buffer; in Rust the buffer is cut or filled up to it, and the message appended.
fn encode_into(case: &Case, value: &dyn Recorded, format: Format, layout: Layout) -> Verdict {
    let mut buffer = case.bytes("buffer").unwrap_or_default();
    match case.get("offset").and_then(serde_json::Value::as_i64) {
        Some(-1) => {}
        Some(offset) => match usize::try_from(offset) {
            Ok(offset) => buffer.resize(offset, 0),
            Err(_) => return Verdict::Skipped(Skip::PythonOnly, "a negative offset".to_owned()),
        },
        None => return Verdict::malformed("offset"),
    }
    let outcome = value.encode_into(format, layout, &mut buffer);
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
