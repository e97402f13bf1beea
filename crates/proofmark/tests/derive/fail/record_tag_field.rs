use proofmark::Record;

#[derive(Record)]
#[record(tag_field = kind)]
struct Unquoted {
    a: u8,
}

#[derive(Record)]
#[record(tag_field = "kind")]
struct Taken {
    kind: u8,
}

#[derive(Record)]
#[record(tag_field = "kind")]
enum OfTypes {
    Int(i64),
    Text(String),
}

fn main() {}
