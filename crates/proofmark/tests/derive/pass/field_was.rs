use proofmark::{Describe as _, Record, Shape};

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
struct Column {
    #[field(was = "type")]
    kind: String,
    name: String,
}

#[test]
fn the_first_name_is_told_and_changes_nothing_on_the_wire() {
    let Shape::Record(shape) = Column::shape() else { panic!("a struct is a record") };
    assert_eq!(shape.fields.iter().map(|field| field.was).collect::<Vec<_>>(), [Some("type"), None]);
    check(&Column { kind: "int".into(), name: "a".into() }, r#"{"kind":"int","name":"a"}"#);
    refuse::<Column>(r#"{"type":"int","name":"a"}"#, "Object contains unknown field `type`");
}
