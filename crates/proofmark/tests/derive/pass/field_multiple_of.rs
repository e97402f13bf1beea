use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Steps {
    #[field(multiple_of = 5)]
    int: i64,
    #[field(multiple_of = 0.25)]
    float: f64,
}

#[test]
fn values_between_the_steps_are_refused() {
    check(&Steps { int: -10, float: 0.75 }, r#"{"int":-10,"float":0.75}"#);
    refuse::<Steps>(r#"{"int":4,"float":0}"#, "Expected `int` that's a multiple of 5 - at `$.int`");
    refuse::<Steps>(r#"{"int":0,"float":0.3}"#, "Expected `float` that's a multiple of 0.25 - at `$.float`");
}
