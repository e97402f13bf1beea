use proofmark::Record;

#[derive(Record)]
#[record(positional)]
struct Position {
    #[field(skip_encode)]
    a: u8,
}

#[derive(Record)]
struct Both {
    #[field(skip, skip_encode)]
    a: u8,
}

fn main() {}
