use proofmark::{Describe as _, Maybe, Record, Shape};

use crate::check;

#[derive(Record, Debug, PartialEq)]
struct Range {
    #[field(undecided = "2099-12-31")]
    end: Maybe<u64>,
}

#[test]
fn the_day_is_told_and_changes_nothing_on_the_wire() {
    let Shape::Record(shape) = Range::shape() else { panic!("a struct is a record") };
    assert_eq!(shape.fields[0].undecided, Some("2099-12-31"));
    check(&Range { end: Maybe::Set(7) }, r#"{"end":7}"#);
}
