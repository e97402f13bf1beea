use proofmark::Record;

#[derive(Record)]
#[record(forbid_unknown, name = "x", tag)]
struct Words {
    a: u8,
}

fn main() {}
