use std::collections::BTreeMap;

use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Filled {
    #[field(min_len = 2)]
    text: String,
    #[field(min_len = 1)]
    list: Vec<u16>,
    #[field(min_len = 1)]
    map: BTreeMap<String, u8>,
    #[field(min_len = 1)]
    bytes: Vec<u8>,
}

#[test]
fn shorter_values_are_refused() {
    let full = Filled { text: "éé".into(), list: vec![1], map: [("k".into(), 1)].into(), bytes: vec![1] };
    check(&full, r#"{"text":"éé","list":[1],"map":{"k":1},"bytes":"AQ=="}"#);
    refuse::<Filled>(r#"{"text":"é"}"#, "Expected `str` of length >= 2 - at `$.text`");
    refuse::<Filled>(r#"{"list":[]}"#, "Expected `array` of length >= 1 - at `$.list`");
    refuse::<Filled>(r#"{"map":{}}"#, "Expected `object` of length >= 1 - at `$.map`");
    refuse::<Filled>(r#"{"bytes":""}"#, "Expected `bytes` of length >= 1 - at `$.bytes`");
}
