use proofmark::{Maybe, Record};

#[derive(Record)]
struct Event {
    #[field(null = "not known")]
    at: Maybe<u64>,
}

fn main() {}
