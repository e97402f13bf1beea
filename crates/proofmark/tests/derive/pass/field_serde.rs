use std::net::Ipv4Addr;

use proofmark::{Describe, Maybe, Record, Shape, shape::Presence};
use serde::{Deserialize, Serialize};

use crate::{check, refuse};

/// A type of a crate that knows serde alone.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
enum Level {
    #[default]
    Low,
    Custom {
        percent: u8,
    },
}

#[derive(Record, Debug, PartialEq)]
struct Event {
    #[field(serde)]
    host: Ipv4Addr,
    #[field(serde, default)]
    level: Level,
    #[field(serde, default = vec![1], check = is_short)]
    ports: Vec<u16>,
    rows: Maybe<u64>,
}

fn is_short(ports: &[u16]) -> Result<(), &'static str> {
    if ports.len() < 3 { Ok(()) } else { Err("too many ports") }
}

#[derive(Record, Debug, PartialEq)]
#[record(positional)]
struct Pair {
    #[field(serde)]
    level: Level,
    rows: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(transparent)]
struct Host(#[field(serde)] Ipv4Addr);

fn event() -> Event {
    Event { host: Ipv4Addr::LOCALHOST, level: Level::Low, ports: vec![1], rows: Maybe::Unset }
}

#[test]
fn the_field_is_written_and_read_by_serde() {
    check(&event(), r#"{"host":"127.0.0.1"}"#);
    check(
        &Event { level: Level::Custom { percent: 7 }, ports: vec![], rows: Maybe::Set(1), ..event() },
        r#"{"host":"127.0.0.1","level":{"Custom":{"percent":7}},"ports":[],"rows":1}"#,
    );
    check(&Pair { level: Level::Low, rows: 3 }, r#"["Low",3]"#);
    check(&Host(Ipv4Addr::UNSPECIFIED), r#""0.0.0.0""#);
}

#[test]
fn faults_have_the_path_of_the_record_and_of_the_type() {
    refuse::<Event>(r#"{"level":"Low"}"#, "Object missing required field `host`");
    refuse::<Event>(r#"{"host":1}"#, "Expected `str`, got `int` - at `$.host`");
    refuse::<Event>(r#"{"host":"x"}"#, "invalid IPv4 address syntax - at `$.host`");
    refuse::<Event>(r#"{"host":"0.0.0.0","level":"High"}"#, "Invalid enum value 'High' - at `$.level`");
    refuse::<Event>(
        r#"{"host":"0.0.0.0","level":{"Custom":{"percent":-1}}}"#,
        "Expected `int` >= 0 - at `$.level.Custom.percent`",
    );
    refuse::<Event>(r#"{"host":"0.0.0.0","ports":[1,2,3]}"#, "too many ports - at `$.ports`");
}

#[test]
fn the_description_has_a_name_and_a_default() {
    let Shape::Record(record) = Event::shape() else { panic!("a record") };
    let Shape::Opaque(name) = (record.fields[1].shape)() else { panic!("an opaque type") };
    assert!(name.ends_with("Level"), "{name}");
    let Presence::Default(text) = record.fields[1].presence else { panic!("a default") };
    assert_eq!(text().unwrap(), "\"Low\"");
}
