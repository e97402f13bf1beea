use proofmark::Record;

#[derive(Record)]
struct Zero {
    #[field(multiple_of = 0)]
    a: u8,
    #[field(multiple_of = -0.5)]
    b: f64,
}

fn main() {}
