use proofmark::Record;

#[derive(Record)]
enum Twice {
    A,
    #[variant(fallback)]
    B,
    #[variant(fallback)]
    C(String),
}

#[derive(Record)]
enum Named {
    A { x: u8 },
    #[variant(fallback)]
    B { x: u8 },
}

#[derive(Record)]
enum Renamed {
    A,
    #[variant(fallback, rename = "b")]
    B(String),
}

#[derive(Record)]
#[record(tag = "one")]
struct One {}

#[derive(Record)]
enum Inner {
    One(One),
    #[variant(fallback)]
    Unknown,
}

#[derive(Record)]
#[record(tag = "two")]
struct Two {}

#[derive(Record)]
enum Other {
    Two(Two),
    #[variant(fallback)]
    Unknown,
}

#[derive(Record)]
enum NoFallbackOfItsOwn {
    Inner(Inner),
    Other(Other),
}

fn main() {}
