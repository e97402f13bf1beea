use proofmark::Record;

#[derive(Record)]
struct Crossed {
    #[field(ge = 10, le = 9)]
    a: u8,
    #[field(ge = 0, gt = 1)]
    b: u8,
    #[field(le = 0, lt = 1)]
    c: u8,
    #[field(gt = 0.5, lt = 0.5)]
    d: f64,
    #[field(min_len = 3, max_len = 2)]
    e: String,
}

fn main() {}
