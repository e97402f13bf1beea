use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Short {
    #[field(max_len = 2)]
    text: String,
    #[field(max_len = 0)]
    list: Option<Vec<u16>>,
}

#[test]
fn longer_values_are_refused() {
    check(&Short { text: "éé".into(), list: Some(vec![]) }, r#"{"text":"éé","list":[]}"#);
    refuse::<Short>(r#"{"text":"abc"}"#, "Expected `str` of length <= 2 - at `$.text`");
    refuse::<Short>(r#"{"list":[1]}"#, "Expected `array` of length <= 0 - at `$.list`");
}
