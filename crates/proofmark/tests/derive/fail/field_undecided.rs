use proofmark::{Maybe, Record};

#[derive(Record)]
struct NoDay {
    #[field(undecided = "soon")]
    end: Maybe<u64>,
}

#[derive(Record)]
struct NoMonth {
    #[field(undecided = "2026-13-01")]
    end: Maybe<u64>,
}

#[derive(Record)]
#[record(transparent)]
struct Inner(#[field(undecided = "2026-12-31")] u8);

fn main() {}
