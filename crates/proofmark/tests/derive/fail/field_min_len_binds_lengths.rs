use proofmark::Record;

#[derive(Record)]
struct Number {
    #[field(min_len = 1)]
    a: u8,
}

fn main() {}
