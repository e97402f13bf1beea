use proofmark::{Record, scalar::DateTime};

#[derive(Record)]
struct Words {
    #[field(tz = "UTC")]
    a: DateTime,
}

fn main() {}
