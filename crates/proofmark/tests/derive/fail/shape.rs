use proofmark::Record;

#[derive(Record)]
struct Unnamed(u8, u8);

#[derive(Record)]
enum Empty {}

#[derive(Record)]
enum Pair {
    Two(u8, u8),
}

#[derive(Record)]
union Bits {
    int: u32,
    float: f32,
}

#[derive(Record)]
#[record(int)]
enum Same {
    A = 1,
    B = 1,
}

#[derive(Record)]
#[record(int)]
enum Wide {
    A = 9223372036854775808,
}

fn main() {}
