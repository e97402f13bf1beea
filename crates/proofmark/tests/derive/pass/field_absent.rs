use proofmark::{Describe, Maybe, Record, Shape};

#[derive(Record)]
#[allow(dead_code)]
struct Event {
    #[field(absent = "not known")]
    at: Maybe<u64>,
    #[field(default, absent = "none")]
    rows: u64,
}

#[test]
fn the_shape_says_what_absence_means() {
    let Shape::Record(shape) = Event::shape() else { panic!("a record") };
    assert_eq!(shape.fields[0].absent, Some("not known"));
    assert_eq!(shape.fields[1].absent, Some("none"));
}
