use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(ge = 1)]
    a: String,
}

#[derive(Record)]
struct Fraction {
    #[field(le = 1.5)]
    a: Option<u8>,
}

fn main() {}
