use proofmark::Record;

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq)]
struct Column {
    #[field(rename = "dataType", alias = "data_type", alias = "type")]
    data_type: String,
    #[field(alias = "nulls", default)]
    nullable: bool,
}

#[test]
fn other_names_are_read_and_never_written() {
    let column = Column { data_type: "int".into(), nullable: true };
    check(&column, r#"{"dataType":"int","nullable":true}"#);
    read(r#"{"data_type":"int","nulls":true}"#, &column);
    read(r#"{"nulls":true,"type":"int"}"#, &column);
}

#[test]
fn of_several_names_the_last_counts_as_with_duplicates() {
    read(r#"{"type":"a","dataType":"b"}"#, &Column { data_type: "b".into(), nullable: false });
    read(r#"{"dataType":"b","type":"a"}"#, &Column { data_type: "a".into(), nullable: false });
}

#[test]
fn faults_are_told_of_the_name_that_is_written() {
    refuse::<Column>(r#"{"type":1}"#, "Expected `str`, got `int` - at `$.dataType`");
    refuse::<Column>(r#"{"nulls":true}"#, "Object missing required field `dataType`");
    refuse::<Column>(r#"{"Type":"int"}"#, "Object contains unknown field `Type`");
}
