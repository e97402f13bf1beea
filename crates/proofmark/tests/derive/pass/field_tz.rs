use proofmark::{Record, json, scalar::DateTime};

use crate::refuse;

#[derive(Record, Debug)]
#[allow(dead_code)]
struct Aware {
    #[field(tz = true)]
    at: DateTime,
}

#[derive(Record, Debug)]
#[allow(dead_code)]
struct Naive {
    #[field(tz = false)]
    at: DateTime,
}

#[test]
fn the_offset_is_wanted_or_refused() {
    json::from_str::<Aware>(r#"{"at":"2026-11-22T10:00:00Z"}"#).unwrap();
    json::from_str::<Naive>(r#"{"at":"2026-11-22T10:00:00"}"#).unwrap();
    refuse::<Aware>(
        r#"{"at":"2026-11-22T10:00:00"}"#,
        "Expected `datetime` with a timezone component - at `$.at`",
    );
    refuse::<Naive>(
        r#"{"at":"2026-11-22T10:00:00Z"}"#,
        "Expected `datetime` with no timezone component - at `$.at`",
    );
}
