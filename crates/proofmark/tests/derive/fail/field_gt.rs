use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(gt = "1")]
    a: u8,
}

fn main() {}
