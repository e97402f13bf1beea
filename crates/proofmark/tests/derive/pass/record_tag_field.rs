use proofmark::Record;

use crate::check;

#[derive(Record, Debug, PartialEq)]
#[record(tag_field = "kind")]
struct Named {
    rows: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag_field = "op")]
enum Op {
    Get { key: u8 },
    Stop,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag_field = "is")]
enum Units {
    On,
    Off,
}

#[test]
fn the_tag_stands_in_the_named_field() {
    check(&Named { rows: 1 }, r#"{"kind":"Named","rows":1}"#);
    check(&vec![Op::Get { key: 1 }, Op::Stop], r#"[{"op":"Get","key":1},{"op":"Stop"}]"#);
    check(&vec![Units::On, Units::Off], r#"[{"is":"On"},{"is":"Off"}]"#);
}
