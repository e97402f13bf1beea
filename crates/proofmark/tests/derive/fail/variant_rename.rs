use proofmark::Record;

#[derive(Record)]
enum Same {
    #[variant(rename = "b")]
    A,
    #[variant(rename = "b")]
    B,
}

#[derive(Record)]
enum Mixed {
    #[variant(rename = 1)]
    A,
    B,
}

#[derive(Record)]
enum OfTypes {
    #[variant(rename = "number")]
    Int(i64),
    Text(String),
}

fn main() {}
