use proofmark::Record;

#[derive(Record)]
#[field(rename = "b")]
struct Words {
    #[record(tag = "c")]
    a: u8,
}

#[derive(Record)]
enum Variants {
    #[field(rename = "b")]
    A,
}

#[derive(Record)]
enum Values {
    Int(#[field(ge = 1)] i64),
}

#[derive(Record)]
#[record]
struct Bare {
    a: u8,
}

fn main() {}
