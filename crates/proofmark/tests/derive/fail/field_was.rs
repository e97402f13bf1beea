use proofmark::Record;

#[derive(Record)]
struct Unquoted {
    #[field(was = b)]
    a: u8,
}

#[derive(Record)]
struct Same {
    #[field(was = "a")]
    a: u8,
}

#[derive(Record)]
struct Twice {
    #[field(was = "c")]
    a: u8,
    #[field(was = "c")]
    b: u8,
}

#[derive(Record)]
#[record(transparent)]
struct Inner(#[field(was = "b")] u8);

fn main() {}
