use proofmark::{Describe, Maybe, Record, Shape};

#[derive(Record)]
#[allow(dead_code)]
struct Event {
    #[field(null = "still running", absent = "not asked")]
    ended: Maybe<Option<u64>>,
}

#[test]
fn the_shape_says_what_null_means() {
    let Shape::Record(shape) = Event::shape() else { panic!("a record") };
    assert_eq!(shape.fields[0].null, Some("still running"));
}
