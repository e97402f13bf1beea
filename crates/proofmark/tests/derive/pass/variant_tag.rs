use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
enum Event {
    #[variant(tag = "scan.v1")]
    Scan { rows: u8 },
    #[variant(tag = "end.v1")]
    End,
}

#[test]
fn the_tag_is_the_given_one() {
    check(&vec![Event::Scan { rows: 1 }, Event::End], r#"[{"type":"scan.v1","rows":1},{"type":"end.v1"}]"#);
    refuse::<Event>(r#"{"type":"Scan","rows":1}"#, "Invalid value 'Scan' - at `$.type`");
}
