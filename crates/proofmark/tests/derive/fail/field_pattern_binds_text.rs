use proofmark::Record;

#[derive(Record)]
struct List {
    #[field(pattern = "^[a-z]+$")]
    a: Vec<String>,
}

fn main() {}
