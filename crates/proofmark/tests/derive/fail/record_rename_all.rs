use proofmark::Record;

#[derive(Record)]
#[record(rename_all = "Train-Case")]
struct Rule {
    first_name: u8,
}

#[derive(Record)]
#[record(rename_all = "lower")]
struct Collide {
    a: u8,
    A: u8,
}

#[derive(Record)]
#[record(transparent, rename_all = "camel")]
struct Inner(u8);

fn main() {}
