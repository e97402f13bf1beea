use proofmark::{Describe, Record, Shape, shape::Volatility};

#[derive(Record)]
#[allow(dead_code)]
struct Event {
    #[field(volatile = "time")]
    at: u64,
    #[field(volatile = "host")]
    host: u64,
    #[field(volatile = "path")]
    path: u64,
    #[field(volatile = "random")]
    id: u64,
    #[field(volatile = "race")]
    order: u64,
    #[field(volatile = "measured")]
    elapsed: u64,
    rows: u64,
}

#[test]
fn the_shape_says_why_a_field_differs() {
    let Shape::Record(shape) = Event::shape() else { panic!("a record") };
    let found: Vec<_> = shape.fields.iter().map(|field| field.volatility.map(Volatility::name)).collect();
    let words = ["time", "host", "path", "random", "race", "measured"];
    assert_eq!(found[..6], words.map(Some));
    assert_eq!(found[6], None);
}
