use proofmark::Record;

#[derive(Record)]
struct Negative {
    #[field(min_len = -1)]
    a: String,
}

#[derive(Record)]
struct Bare {
    #[field(min_len)]
    a: String,
}

fn main() {}
