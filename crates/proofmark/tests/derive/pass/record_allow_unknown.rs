use proofmark::{Record, json};

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(allow_unknown)]
struct Open {
    a: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(positional, allow_unknown)]
struct OpenRow {
    a: u8,
}

#[derive(Record, Debug, PartialEq)]
struct Closed {
    a: u8,
}

#[test]
fn unknown_fields_are_skipped() {
    check(&Open { a: 1 }, r#"{"a":1}"#);
    assert_eq!(json::from_str::<Open>(r#"{"b":[{}],"a":1,"c":2}"#).unwrap(), Open { a: 1 });
    assert_eq!(json::from_str::<OpenRow>(r#"[1,{"b":2}]"#).unwrap(), OpenRow { a: 1 });
    refuse::<Open>(r#"{"b":[}"#, "JSON is malformed: invalid character (byte 6)");
    refuse::<Closed>(r#"{"a":1,"b":2}"#, "Object contains unknown field `b`");
}
