use proofmark::Record;

#[derive(Record)]
#[record(allow_unknown)]
enum Plain {
    A,
    B,
}

#[derive(Record)]
#[record(allow_unknown, allow_unknown)]
struct Twice {
    a: u8,
}

fn main() {}
