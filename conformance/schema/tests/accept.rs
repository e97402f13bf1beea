//! The schema of each record accepts what its decoder accepts, but for what the module `proofmark::schema` lists.
//!
//! `cargo test -p conformance-schema`

#[path = "../../../crates/proofmark-contract/tests/odd/mod.rs"]
mod odd;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use proofmark::schema::{annotated_json_schema_of, json_schema_of};
use proofmark::{Error, ErrorKind, Result, Shape, Value, json};
use proofmark_artifacts::{Codec, RECORDS, RecordType};
use serde_json::Value as Document;

/// What the module lists of the ways in which the two may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    /// A check in code, or in the payload of an extension.
    Code,
    /// Bytes that are not base64.
    Format,
    /// An integer beyond 64 bits.
    Range,
    /// A whole number with a fraction of zero, which to JSON Schema is an integer.
    WholeFloat,
    /// A record that is no member of a union leaves its tag out.
    Tag,
}

fn compact_golden(row: &RecordType) -> Value {
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/proofmark-artifacts/goldens");
    let text = fs::read(goldens.join(row.name).join("record.json")).expect("each record has its goldens");
    json::from_slice(&text).expect("a golden is JSON")
}

fn validator(row: &RecordType, schema: fn(Shape) -> Result<String>) -> Validator {
    let schema = schema((row.shape)()).expect("a record has a schema");
    let schema: Document = serde_json::from_str(&schema).expect("a schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{}: not a schema", row.name);
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema is valid")
}

/// Why the two verdicts differ; `None` where nothing explains it.
fn listed(validator: &Validator, document: &Document, decoded: &Result<Vec<u8>>) -> Option<Listed> {
    match decoded {
        Ok(_) => {
            let is_tag = |kind: &ValidationErrorKind| matches!(kind, ValidationErrorKind::Required { property } if property == "type");
            validator.iter_errors(document).all(|error| is_tag(error.kind())).then_some(Listed::Tag)
        }
        Err(error) if is_of_code(error) => Some(Listed::Code),
        Err(error) => match error.kind() {
            ErrorKind::Format => Some(Listed::Format),
            ErrorKind::Range => Some(Listed::Range),
            ErrorKind::Type if is_whole_float(error) => Some(Listed::WholeFloat),
            _ => None,
        },
    }
}

fn is_of_code(error: &Error) -> bool {
    error.kind() == ErrorKind::Custom || error.to_string().starts_with("Invalid Arrow schema message")
}

fn is_whole_float(error: &Error) -> bool {
    let told = error.to_string();
    told.starts_with("Expected `int") && told.contains(", got `float`")
}

#[test]
fn the_schema_accepts_what_the_decoder_accepts() {
    let (mut agreed, mut differences) = (BTreeMap::<bool, usize>::new(), BTreeMap::<Listed, usize>::new());
    for row in RECORDS {
        let (validator, golden) = (validator(row, json_schema_of), compact_golden(row));
        let odd = odd::odd_values(&golden).into_iter().chain([golden]);
        for text in odd.filter_map(|value| json::to_vec(&value).ok()) {
            let document: Document = serde_json::from_slice(&text).expect("it has just been written");
            let decoded = row.recode(&text, Codec::Json, Codec::Json);
            let accepted = validator.is_valid(&document);
            if accepted == decoded.is_ok() {
                *agreed.entry(accepted).or_default() += 1;
                continue;
            }
            let why = listed(&validator, &document, &decoded).unwrap_or_else(|| {
                let told = validator.iter_errors(&document).next().map(|error| error.to_string());
                panic!("{}: {document}\n  decoder {decoded:?}\n  schema {told:?}", row.name)
            });
            *differences.entry(why).or_default() += 1;
        }
    }
    eprintln!("agreed {agreed:?}, listed differences {differences:?}");
    assert!(agreed[&true] > 100 && agreed[&false] > 1000);
}

#[test]
fn annotations_change_no_verdict() {
    for row in RECORDS {
        let (plain, annotated) = (validator(row, json_schema_of), validator(row, annotated_json_schema_of));
        for value in odd::odd_values(&compact_golden(row)) {
            let Ok(text) = json::to_vec(&value) else { continue };
            let document: Document = serde_json::from_slice(&text).expect("it has just been written");
            assert_eq!(plain.is_valid(&document), annotated.is_valid(&document), "{}: {document}", row.name);
        }
    }
}
