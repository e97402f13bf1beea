use proofmark::Record;

#[derive(Record)]
#[record(check = "is_fine")]
struct Quoted {
    a: u8,
}

#[derive(Record)]
#[record(check = is_fine)]
enum Plain {
    A,
    B,
}

fn main() {}
