use proofmark::Record;

#[derive(Record)]
struct Mismatch {
    #[field(default = 1.5)]
    a: u8,
}

fn main() {}
