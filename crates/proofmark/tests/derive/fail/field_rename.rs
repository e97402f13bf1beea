use proofmark::Record;

#[derive(Record)]
struct Unquoted {
    #[field(rename = b)]
    a: u8,
}

#[derive(Record)]
struct Taken {
    a: u8,
    #[field(rename = "a")]
    b: u8,
}

#[derive(Record)]
struct Control {
    #[field(rename = "line\nbreak")]
    a: u8,
}

fn main() {}
