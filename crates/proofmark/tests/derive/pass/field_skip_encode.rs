use proofmark::{Record, json, msgpack};

use crate::{read, refuse};

#[derive(Record, Debug, PartialEq)]
struct Login {
    user: String,
    #[field(skip_encode)]
    password: String,
}

#[test]
fn the_field_is_read_and_never_written() {
    let login = Login { user: "a".into(), password: "b".into() };
    read(r#"{"user":"a","password":"b"}"#, &login);
    refuse::<Login>(r#"{"user":"a"}"#, "Object missing required field `password`");
    assert_eq!(json::to_string(&login).unwrap(), r#"{"user":"a"}"#);
    assert_eq!(msgpack::to_vec(&login).unwrap(), b"\x81\xa4user\xa1a");
}
