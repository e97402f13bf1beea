use proofmark::Record;

#[derive(Record)]
struct Text {
    #[field(lt = "1")]
    a: u8,
}

fn main() {}
