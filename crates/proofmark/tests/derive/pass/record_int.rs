use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(int)]
enum Level {
    Low = -1,
    Next,
    High = 10,
}

#[test]
fn discriminants_are_the_wire_values() {
    check(&vec![Level::Low, Level::Next, Level::High], "[-1,0,10]");
    refuse::<Level>("1", "Invalid enum value 1");
    refuse::<Level>(r#""Low""#, "Expected `int`, got `str`");
}
