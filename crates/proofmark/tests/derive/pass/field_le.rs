use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Bounded {
    #[field(le = 3)]
    int: i64,
    #[field(le = -0.5)]
    float: Option<f64>,
}

#[test]
fn values_beyond_the_bound_are_refused() {
    check(&Bounded { int: 3, float: None }, r#"{"int":3,"float":null}"#);
    refuse::<Bounded>(r#"{"int":4,"float":null}"#, "Expected `int` <= 3 - at `$.int`");
    refuse::<Bounded>(r#"{"int":3,"float":0}"#, "Expected `float` <= -0.5 - at `$.float`");
}
