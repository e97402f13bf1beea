use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(tag = "manifest.v1")]
struct Text {
    rows: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = -3)]
struct Int {
    rows: u8,
}

#[test]
fn a_record_tells_which_one_it_is() {
    check(&Text { rows: 1 }, r#"{"type":"manifest.v1","rows":1}"#);
    check(&Int { rows: 1 }, r#"{"type":-3,"rows":1}"#);
    refuse::<Text>(r#"{"type":"manifest.v2","rows":1}"#, "Invalid value 'manifest.v2' - at `$.type`");
    refuse::<Int>(r#"{"type":"-3","rows":1}"#, "Expected `int`, got `str` - at `$.type`");
}
