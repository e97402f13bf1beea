use proofmark::Record;

#[derive(Record)]
struct Event {
    #[field(volatile = "sometimes")]
    at: u64,
}

fn main() {}
