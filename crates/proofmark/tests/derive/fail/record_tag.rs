use proofmark::Record;

#[derive(Record)]
#[record(tag = 1.5)]
struct Fraction {
    a: u8,
}

#[derive(Record)]
#[record(tag = 9223372036854775808)]
struct Wide {
    a: u8,
}

#[derive(Record)]
#[record(tag = "say \"hi\"")]
struct Quoted {
    a: u8,
}

#[derive(Record)]
#[record(tag = "each variant has its own")]
enum Union {
    Unit,
    Named { a: u8 },
}

fn main() {}
