use proofmark::Record;

#[derive(Record)]
#[record(positional = true)]
struct Value {
    a: u8,
}

#[derive(Record)]
#[record(positional)]
enum Plain {
    A,
    B,
}

#[derive(Record)]
#[record(positional)]
struct Unnamed(u8, u8);

fn main() {}
