use proofmark::Record;

#[derive(Record)]
struct Unquoted {
    #[field(alias = b)]
    a: u8,
}

#[derive(Record)]
struct Taken {
    a: u8,
    #[field(alias = "a", alias = "c", alias = "c")]
    b: u8,
}

#[derive(Record)]
#[record(positional)]
struct Position {
    #[field(alias = "b")]
    a: u8,
}

#[derive(Record)]
#[record(transparent)]
struct Inner(#[field(alias = "b")] u8);

fn main() {}
