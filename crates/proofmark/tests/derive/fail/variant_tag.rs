use proofmark::Record;

#[derive(Record)]
enum Same {
    #[variant(tag = "b")]
    A { x: u8 },
    #[variant(tag = "b")]
    B { x: u8 },
}

#[derive(Record)]
enum Mixed {
    #[variant(tag = 1)]
    A { x: u8 },
    B { x: u8 },
}

fn main() {}
