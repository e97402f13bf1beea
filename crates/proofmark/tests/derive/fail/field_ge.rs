use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(ge = "1")]
    a: u8,
}

fn main() {}
