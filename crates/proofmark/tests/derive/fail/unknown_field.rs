use proofmark::Record;

#[derive(Record)]
struct Words {
    #[field(skip, minimum = 1)]
    a: u8,
}

fn main() {}
