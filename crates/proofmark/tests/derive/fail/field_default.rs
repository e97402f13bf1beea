use proofmark::Record;

#[derive(Record)]
struct Twice {
    #[field(default, default = 1)]
    a: u8,
}

fn main() {}
