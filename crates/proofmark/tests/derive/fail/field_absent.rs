use proofmark::Record;

#[derive(Record)]
struct Event {
    #[field(absent = "not known")]
    at: Option<u64>,
}

fn main() {}
