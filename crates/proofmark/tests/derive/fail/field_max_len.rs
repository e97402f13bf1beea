use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(max_len = "9")]
    a: String,
}

fn main() {}
