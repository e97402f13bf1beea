use proofmark::Record;

const ONE: isize = 1;

#[derive(Record)]
#[record(int)]
enum Named {
    One = ONE,
}

#[derive(Record)]
#[record(int, rename_all = "lower")]
enum Renamed {
    #[variant(rename = "one")]
    One = 1,
}

#[derive(Record)]
#[record(int)]
struct Struct {
    a: u8,
}

fn main() {}
