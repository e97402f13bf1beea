use std::collections::BTreeMap;

use proofmark::Record;

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "lower")]
enum Level {
    #[variant(alias = "warn", alias = "WARN")]
    Warning,
    Error,
}

#[derive(Record, Debug, PartialEq)]
enum Event {
    #[variant(alias = "Begin")]
    Open {
        id: u8,
    },
    Close,
}

#[test]
fn other_names_are_read_and_never_written() {
    check(&[Level::Warning, Level::Error], r#"["warning","error"]"#);
    read(r#"["warn","WARN"]"#, &[Level::Warning, Level::Warning]);
    read(r#"{"warn":1}"#, &BTreeMap::from([(Level::Warning, 1)]));
    refuse::<Level>(r#""Warn""#, "Invalid enum value 'Warn'");
    check(&Event::Open { id: 1 }, r#"{"type":"Open","id":1}"#);
    read(r#"{"type":"Begin","id":1}"#, &Event::Open { id: 1 });
    read(r#"{"id":1,"type":"Begin"}"#, &Event::Open { id: 1 });
    refuse::<Event>(r#"{"type":"begin","id":1}"#, "Invalid value 'begin' - at `$.type`");
}
