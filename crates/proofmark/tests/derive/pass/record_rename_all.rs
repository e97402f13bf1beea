use proofmark::Record;

use crate::check;

#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "camel")]
struct Camel {
    first_name: u8,
    #[field(rename = "last_name")]
    last_name: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "kebab")]
enum Plain {
    ParseError,
}

#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "snake")]
enum Tagged {
    ParseError { line_number: u8 },
}

#[test]
fn names_follow_the_rule() {
    check(&Camel { first_name: 1, last_name: 2 }, r#"{"firstName":1,"last_name":2}"#);
    check(&Plain::ParseError, r#""parse-error""#);
    check(&Tagged::ParseError { line_number: 1 }, r#"{"type":"parse_error","line_number":1}"#);
}
