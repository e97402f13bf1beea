use proofmark::Record;

struct NoDefault;

#[derive(Record)]
struct Without {
    #[field(skip)]
    a: NoDefault,
}

#[derive(Record)]
struct Named {
    #[field(skip, rename = "b", ge = 1, check = even)]
    a: u8,
}

#[derive(Record)]
struct Valued {
    #[field(skip = true)]
    a: u8,
}

fn main() {}
