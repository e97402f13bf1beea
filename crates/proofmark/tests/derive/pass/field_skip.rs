use std::{collections::HashMap, marker::PhantomData, time::Instant};

use proofmark::{Record, json};

use crate::{check, read, refuse};

/// Neither `Instant` nor the parameter is a type of the wire.
#[derive(Record, Debug, PartialEq, Default)]
struct Plan<K> {
    id: u8,
    #[field(skip)]
    started: Option<Instant>,
    #[field(skip, default = 3)]
    retries: u8,
    #[field(skip)]
    kind: PhantomData<K>,
    #[field(skip)]
    cache: HashMap<u8, Instant>,
}

#[derive(Debug, PartialEq, Default)]
struct NoRecord;

#[test]
fn the_field_is_not_on_the_wire() {
    let plan = Plan::<NoRecord> { id: 1, retries: 3, ..Plan::default() };
    check(&plan, r#"{"id":1}"#);
    refuse::<Plan<NoRecord>>(r#"{"id":1,"retries":2}"#, "Object contains unknown field `retries`");
    let plan = Plan::<NoRecord> { id: 1, started: Some(Instant::now()), retries: 7, ..Plan::default() };
    assert_eq!(json::to_string(&plan).unwrap(), r#"{"id":1}"#);
}

#[derive(Record, Debug, PartialEq)]
#[record(positional)]
struct Position {
    x: u8,
    #[field(skip, default = 9)]
    between: u8,
    y: u8,
}

#[derive(Record, Debug, PartialEq)]
enum Event {
    Open {
        id: u8,
        #[field(skip)]
        seen: bool,
    },
}

#[test]
fn the_field_takes_no_position_and_stands_in_variants() {
    check(&Position { x: 1, between: 9, y: 2 }, "[1,2]");
    check(&Event::Open { id: 1, seen: false }, r#"{"type":"Open","id":1}"#);
    read(r#"{"type":"Open","id":1}"#, &Event::Open { id: 1, seen: false });
}

#[derive(Record, Debug, PartialEq)]
struct Nothing {
    #[field(skip)]
    inner: u8,
}

#[test]
fn a_record_may_skip_all() {
    check(&Nothing { inner: 0 }, "{}");
}
