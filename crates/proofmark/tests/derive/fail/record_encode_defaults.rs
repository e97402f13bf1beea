use proofmark::Record;

#[derive(Record)]
#[record(positional, encode_defaults)]
struct Row {
    a: u8,
}

#[derive(Record)]
#[record(encode_defaults)]
enum OfTypes {
    Int(i64),
    Text(String),
}

fn main() {}
