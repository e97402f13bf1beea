use proofmark::Record;

#[derive(Record)]
enum Words {
    #[variant(other)]
    A,
}

fn main() {}
