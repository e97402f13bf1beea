use proofmark::{Record, json};

use crate::check;

#[derive(Record, Debug, PartialEq)]
#[record(encode_defaults)]
struct Full {
    #[field(default = 3)]
    retries: u8,
}

#[derive(Record, Debug, PartialEq)]
struct Terse {
    #[field(default = 3)]
    retries: u8,
}

#[test]
fn defaults_are_written() {
    check(&Full { retries: 3 }, r#"{"retries":3}"#);
    assert_eq!(json::from_str::<Full>("{}").unwrap(), Full { retries: 3 });
    check(&Terse { retries: 3 }, "{}");
}
