use proofmark::Record;

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(tag = "scan.v2", tag_alias = "scan.v1", tag_alias = "scan")]
struct Scan {
    rows: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "plan", positional, tag_alias = "PLAN")]
struct Plan {
    id: u8,
}

#[derive(Record, Debug, PartialEq)]
enum Event {
    Scan(Scan),
    Plan(Plan),
}

#[test]
fn other_tags_are_read_and_never_written() {
    check(&Scan { rows: 1 }, r#"{"type":"scan.v2","rows":1}"#);
    read(r#"{"type":"scan.v1","rows":1}"#, &Scan { rows: 1 });
    read(r#"{"rows":1,"type":"scan"}"#, &Scan { rows: 1 });
    refuse::<Scan>(r#"{"type":"scan.v3","rows":1}"#, "Invalid value 'scan.v3' - at `$.type`");
    read(r#"["PLAN",1]"#, &Plan { id: 1 });
}

#[test]
fn members_of_unions_are_told_by_other_tags_too() {
    read(r#"{"type":"scan.v1","rows":1}"#, &Event::Scan(Scan { rows: 1 }));
    read(r#"["PLAN",1]"#, &Event::Plan(Plan { id: 1 }));
}
