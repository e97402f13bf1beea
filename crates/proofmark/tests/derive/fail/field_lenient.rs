use proofmark::Record;

#[derive(Record)]
struct Valued {
    #[field(lenient = true)]
    a: u8,
}

#[derive(Record)]
struct Serde {
    #[field(lenient, serde)]
    a: u8,
}

#[derive(Record)]
#[record(transparent)]
struct Inner(#[field(lenient)] u8);

fn main() {}
