use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Reference {
    #[field(rename = "$ref")]
    target: String,
}

#[test]
fn the_wire_name_is_the_given_one() {
    check(&Reference { target: "a".into() }, r#"{"$ref":"a"}"#);
    refuse::<Reference>(r#"{"target":"a"}"#, "Object contains unknown field `target`");
    refuse::<Reference>(r#"{"$ref":1}"#, "Expected `str`, got `int` - at `$.$ref`");
}
