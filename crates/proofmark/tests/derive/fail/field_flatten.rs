use std::collections::BTreeMap;

use proofmark::{Record, Value};

#[derive(Record)]
struct Page {
    #[field(alias = "from")]
    offset: u32,
}

#[derive(Record)]
struct Number {
    #[field(flatten)]
    a: u8,
}

#[derive(Record)]
#[record(positional)]
struct Point {
    x: u8,
}

#[derive(Record)]
struct Position {
    #[field(flatten)]
    point: Point,
}

#[derive(Record)]
struct NumberKeys {
    #[field(flatten)]
    rest: BTreeMap<u8, Value>,
}

#[derive(Record)]
struct Taken {
    from: u8,
    #[field(flatten)]
    page: Page,
}

#[derive(Record)]
struct Twice {
    #[field(flatten)]
    one: Option<Page>,
    #[field(flatten)]
    other: Page,
}

#[derive(Record)]
struct Behind {
    #[field(flatten)]
    rest: BTreeMap<String, Value>,
    #[field(flatten)]
    page: Page,
}

#[derive(Record)]
struct Named {
    #[field(flatten, rename = "b", default)]
    page: Page,
}

#[derive(Record)]
#[record(positional)]
struct Array {
    #[field(flatten)]
    page: Page,
}

fn main() {}
