use proofmark::Record;

#[derive(Record)]
struct Event {
    #[field(serde, min_len = 1)]
    at: String,
}

#[derive(Record)]
struct Value {
    #[field(serde = true)]
    at: String,
}

fn main() {}
