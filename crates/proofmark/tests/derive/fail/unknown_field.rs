use proofmark::Record;

#[derive(Record)]
struct Words {
    #[field(omit, minimum = 1)]
    a: u8,
}

fn main() {}
