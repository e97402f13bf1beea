use proofmark::Record;

#[derive(Record)]
struct Closure {
    #[field(check = |value| Ok(()))]
    a: u8,
}

#[derive(Record)]
struct Bare {
    #[field(check)]
    a: u8,
}

fn main() {}
