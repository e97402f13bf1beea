use proofmark::Record;

#[derive(Record)]
enum Taken {
    #[variant(alias = "B")]
    A,
    B,
}

#[derive(Record)]
enum TakenTag {
    #[variant(alias = "B")]
    A { x: u8 },
    B,
}

#[derive(Record)]
#[record(int)]
enum Number {
    #[variant(alias = "B")]
    A = 1,
}

fn main() {}
