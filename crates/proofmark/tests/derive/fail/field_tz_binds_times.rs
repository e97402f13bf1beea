use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(tz = true)]
    a: String,
}

fn main() {}
