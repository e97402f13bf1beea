use proofmark::{Maybe, Record};

#[derive(Record)]
#[record(positional)]
struct Row {
    a: u8,
    b: Maybe<u8>,
}

fn main() {}
