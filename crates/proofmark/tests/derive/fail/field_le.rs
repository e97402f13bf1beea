use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(le = "1")]
    a: u8,
}

fn main() {}
