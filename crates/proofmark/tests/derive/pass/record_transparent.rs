use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(transparent)]
struct Name(#[field(min_len = 1)] String);

#[derive(Record, Debug, PartialEq)]
#[record(transparent)]
struct Rows {
    count: Option<u8>,
}

#[test]
fn the_inner_value_stands_for_the_whole() {
    check(&Name("a".into()), r#""a""#);
    check(&vec![Rows { count: Some(1) }, Rows { count: None }], "[1,null]");
    refuse::<Name>(r#""""#, "Expected `str` of length >= 1");
}
