use proofmark::Record;

#[derive(Record)]
struct Broken {
    #[field(pattern = "^[a-z")]
    a: String,
    #[field(pattern = "(?<!a)b")]
    b: String,
    #[field(pattern = r"\p{Klingon}")]
    c: String,
}

fn main() {}
