use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Even {
    #[field(le = 10, check = even)]
    value: u8,
}

fn even(value: &u8) -> Result<(), String> {
    if value.is_multiple_of(2) { Ok(()) } else { Err(format!("{value} is odd")) }
}

#[test]
fn the_field_is_checked_after_its_constraints() {
    check(&Even { value: 2 }, r#"{"value":2}"#);
    refuse::<Even>(r#"{"value":3}"#, "3 is odd - at `$.value`");
    refuse::<Even>(r#"{"value":11}"#, "Expected `int` <= 10 - at `$.value`");
}
