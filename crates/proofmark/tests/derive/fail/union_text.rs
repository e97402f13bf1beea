use proofmark::Record;

#[derive(Record)]
enum TwoTexts {
    Text(String),
    Bytes(Vec<u8>),
}

#[derive(Record)]
enum TwoNumbers {
    Small(u8),
    Float(f64),
    Large(Option<i64>),
}

#[derive(Record)]
enum AnyFirst {
    Any(proofmark::Value),
    Int(i64),
}

fn main() {}
