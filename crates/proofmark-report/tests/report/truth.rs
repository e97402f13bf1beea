//! No page shows a number that no artifact holds.

use std::io::Read as _;

use proofmark::Value;
use proofmark_artifacts::{Codec, RunStore};

use crate::fixture::{Fixture, everything};
use crate::formula::evaluate;
use crate::markup::numbers;

/// What is packed into a page.
pub(crate) fn packed(html: &str) -> Value {
    let (_, rest) = html.split_once("id=\"artifacts\">").expect("the artifacts are in the page");
    let (base64, _) = rest.split_once('<').expect("they end");
    let bytes = base64_simd::STANDARD.decode_to_vec(base64).expect("base64");
    let mut json = Vec::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut json).expect("gzip");
    Codec::Json.decode(&json).expect("JSON")
}

/// Every number of a page against the artifacts.
pub(crate) fn check(store: &RunStore, html: &str) -> usize {
    let own = packed(html);
    let of_run = |run: &str| {
        if run.is_empty() {
            return own.clone();
        }
        let bundle = store.bundle(&store.resolve(run).unwrap()).unwrap();
        packed(&proofmark_report::page(&proofmark_report::Recorded::read(&bundle)))
    };
    let numbers = numbers(html);
    for number in &numbers {
        let expected = evaluate(&number.origin, &of_run);
        let is_near = (number.value - expected).abs() <= expected.abs() * 1e-6;
        assert!(is_near, "{} is {expected}, not {}", number.origin, number.value);
    }
    numbers.len()
}

#[test]
fn every_number_is_what_its_field_or_formula_says() {
    let fixture = Fixture::new();
    fixture.run(300_000_000, everything);
    fixture.run(400_000_000, |run| run.put(&crate::fixture::sample::repro()).unwrap());
    let latest = fixture.run(412_000_000, everything);
    let count = check(&fixture.store, &fixture.page(&latest));
    assert!(count > 100, "only {count} numbers");
}

#[test]
fn the_packed_artifacts_are_those_of_the_bundle() {
    let fixture = Fixture::new();
    let id = fixture.run(1, everything);
    let recorded = fixture.recorded(&id);
    let packed = packed(&fixture.page(&id));
    for document in &recorded.documents {
        let proofmark_report::DocumentState::Verified(json) = &document.state else { panic!("damaged") };
        let expected: Value = Codec::Json.decode(json).unwrap();
        assert_eq!(packed["artifacts"][document.entry.name.as_str()], expected, "{}", document.entry.name);
    }
    assert_eq!(packed["bundle"]["run_id"], id.as_str());
}
