//! Values that are decoded when they are first looked at.

use proofmark::{Lazy, Limits, Raw, Record, Strictness, json, msgpack, to_value};

#[derive(Record, Debug, PartialEq)]
struct Message {
    kind: String,
    rows: Lazy<Vec<i64>>,
}

fn message(rows: &str) -> Message {
    json::from_str(&format!(r#"{{"rows":{rows},"kind":"scan"}}"#)).unwrap()
}

#[test]
fn it_is_decoded_once_and_only_when_asked() {
    let read = message("[7, 8]");
    assert!(!read.rows.is_decoded());
    assert_eq!(read.rows.raw().unwrap().as_bytes(), b"[7, 8]");
    let first = read.rows.get().unwrap();
    assert!(std::ptr::eq(first, read.rows.get().unwrap()));
    assert!(read.rows.is_decoded());
    assert_eq!(read.rows.into_inner().unwrap(), [7, 8]);
    assert_eq!(message("[9]").rows.into_inner().unwrap(), [9]);
}

#[test]
fn what_is_no_such_value_is_told_when_asked() {
    let read = message(r#"["a"]"#);
    for _ in 0..2 {
        let error = read.rows.get().unwrap_err();
        assert_eq!(error.to_string(), "Expected `int`, got `str` - at `$[0]`");
    }
    assert!(!read.rows.is_decoded());
    assert!(read.rows.into_inner().is_err());
    assert!(
        json::from_str::<Message>(r#"{"rows":[1,],"kind":"scan"}"#).is_err(),
        "syntax is checked at once"
    );
}

#[test]
fn it_is_written_as_it_came_or_transcoded() {
    let text = r#"{"kind":"scan","rows":[7, 8]}"#;
    let read: Message = json::from_str(text).unwrap();
    assert_eq!(json::to_string(&read).unwrap(), text);
    let packed = msgpack::to_vec(&read).unwrap();
    let built = Message { kind: "scan".into(), rows: vec![7, 8].into() };
    assert_eq!(packed, msgpack::to_vec(&built).unwrap());
    let unpacked: Message = msgpack::from_slice(&packed).unwrap();
    assert_eq!(json::to_string(&unpacked).unwrap(), r#"{"kind":"scan","rows":[7,8]}"#);
    assert_eq!(to_value(&unpacked).unwrap(), to_value(&built).unwrap());
}

#[test]
fn equality_is_that_of_the_value() {
    assert_eq!(message("[7, 8]"), message("[7,8]"));
    assert_ne!(message("[7]"), message("[8]"));
    assert_eq!(Lazy::new(vec![7i64]), message("[7]").rows);
    assert_eq!(message("[true]"), message("[true]"));
    assert_ne!(message("[true]"), message("[ true]"));
}

#[test]
fn limits_and_strictness_are_those_of_the_decoder() {
    let text = br#"["7"]"#;
    let lenient = json::Decoder::new().strictness(Strictness::Lenient);
    assert_eq!(lenient.from_slice::<Lazy<Vec<i64>>>(text).unwrap().get().unwrap(), &[7]);
    assert!(json::from_slice::<Lazy<Vec<i64>>>(text).unwrap().get().is_err());

    let raw = Raw::with_limits(proofmark::Format::Json, &b"[[[1]]]"[..], Limits::depth(3)).unwrap();
    assert_eq!(Lazy::<Vec<Vec<Vec<i8>>>>::from_raw(raw).get().unwrap(), &[[[1]]]);
    let shallow = json::Decoder::new().limits(Limits::depth(2));
    assert!(shallow.from_slice::<Lazy<Vec<Vec<Vec<i8>>>>>(b"[[[1]]]").is_err());
}

#[test]
fn debug_shows_what_is_there() {
    let read = message("[7]");
    assert!(format!("{:?}", read.rows).starts_with("Lazy(Some(Raw"));
    read.rows.get().unwrap();
    assert_eq!(format!("{:?}", read.rows), "[7]");
    assert_eq!(format!("{:?}", Lazy::new(1)), "1");
}
