use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "lower")]
enum Color {
    Red,
    #[variant(rename = "bleu")]
    Blue,
}

#[derive(Record, Debug, PartialEq)]
enum Code {
    #[variant(rename = 404)]
    NotFound,
}

#[test]
fn the_wire_value_is_the_given_one() {
    check(&vec![Color::Red, Color::Blue], r#"["red","bleu"]"#);
    check(&Code::NotFound, "404");
    refuse::<Color>(r#""blue""#, "Invalid enum value 'blue'");
}
