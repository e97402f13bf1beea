//! Values that are no records.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

use proofmark::{
    Describe, Ext, Maybe, Raw, Record, Shape, Value,
    schema::{json_schema, json_schema_of},
};

use crate::{check, check_defs};

#[test]
fn scalars_have_their_type() {
    check::<()>(r#"{"type":"null"}"#);
    check::<bool>(r#"{"type":"boolean"}"#);
    check::<f64>(r#"{"type":"number"}"#);
    check::<f32>(r#"{"type":"number"}"#);
    check::<Cow<'_, str>>(r#"{"type":"string"}"#);
    check::<char>(r#"{"type":"string","maxLength":1,"minLength":1}"#);
    check::<Vec<u8>>(r#"{"type":"string","contentEncoding":"base64"}"#);
    check::<[u8; 4]>(r#"{"type":"string","contentEncoding":"base64","maxLength":8,"minLength":8}"#);
    check::<Value>("{}");
    check::<Raw<'_>>("{}");
    for (shape, schema) in [
        (Shape::DateTime { tz: None }, r#"{"type":"string"}"#),
        (Shape::DateTime { tz: Some(false) }, r#"{"type":"string"}"#),
        (Shape::DateTime { tz: Some(true) }, r#"{"type":"string","format":"date-time"}"#),
        (Shape::Date, r#"{"type":"string","format":"date"}"#),
        (Shape::Time, r#"{"type":"string"}"#),
        (Shape::Duration, r#"{"type":"string","format":"duration"}"#),
        (Shape::Uuid, r#"{"type":"string","format":"uuid"}"#),
        (Shape::Decimal, r#"{"type":"string","format":"decimal"}"#),
        (Shape::Opaque("elsewhere::Type"), "{}"),
    ] {
        assert_eq!(json_schema_of(shape).unwrap(), schema);
    }
}

#[test]
fn integers_have_the_bounds_that_readers_can_hold() {
    check::<i64>(r#"{"type":"integer"}"#);
    check::<i128>(r#"{"type":"integer"}"#);
    check::<u64>(r#"{"type":"integer","minimum":0}"#);
    check::<u128>(r#"{"type":"integer","minimum":0}"#);
    check::<u8>(r#"{"type":"integer","minimum":0,"maximum":255}"#);
    check::<u32>(r#"{"type":"integer","minimum":0,"maximum":4294967295}"#);
    check::<i16>(r#"{"type":"integer","minimum":-32768,"maximum":32767}"#);
    check::<i32>(r#"{"type":"integer","minimum":-2147483648,"maximum":2147483647}"#);
}

#[derive(proofmark::Record)]
#[record(transparent)]
struct Few(#[field(max_len = 3)] BTreeSet<String>);

#[test]
fn bounds_of_a_set_stand_before_what_makes_it_one() {
    check::<Few>(r#"{"type":"array","items":{"type":"string"},"maxItems":3,"uniqueItems":true}"#);
}

#[test]
fn an_empty_tuple_has_no_elements_to_describe() {
    let schema = json_schema_of(proofmark::Shape::Tuple(&[])).unwrap();
    assert_eq!(schema, r#"{"type":"array","minItems":0,"maxItems":0}"#);
}

#[test]
fn collections_have_their_elements() {
    check::<Vec<i64>>(r#"{"type":"array","items":{"type":"integer"}}"#);
    check::<Vec<Value>>(r#"{"type":"array"}"#);
    check::<BTreeSet<String>>(r#"{"type":"array","items":{"type":"string"},"uniqueItems":true}"#);
    check::<[f64; 3]>(r#"{"type":"array","items":{"type":"number"},"maxItems":3,"minItems":3}"#);
    check::<(i64, String)>(concat!(
        r#"{"type":"array","minItems":2,"maxItems":2,"#,
        r#""prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}"#,
    ));
    check::<BTreeMap<String, i64>>(r#"{"type":"object","additionalProperties":{"type":"integer"}}"#);
    check::<HashMap<i64, String>>(r#"{"type":"object","additionalProperties":{"type":"string"}}"#);
    check::<HashMap<String, Value>>(r#"{"type":"object"}"#);
    check::<Rc<Vec<Box<i64>>>>(r#"{"type":"array","items":{"type":"integer"}}"#);
}

#[test]
fn null_stands_last() {
    check::<Option<f64>>(r#"{"anyOf":[{"type":"number"},{"type":"null"}]}"#);
    check::<Option<Option<f64>>>(r#"{"anyOf":[{"type":"number"},{"type":"null"}]}"#);
    check::<Maybe<Option<f64>>>(r#"{"anyOf":[{"type":"number"},{"type":"null"}]}"#);
    check::<Option<()>>(r#"{"type":"null"}"#);
    check::<Option<Value>>("{}");
}

#[derive(Record)]
enum Mixed {
    Int(i64),
    Text(String),
    Or(Option<Other>),
}

#[derive(Record)]
enum Other {
    List(Vec<i64>),
}

#[test]
fn unions_are_taken_apart() {
    check::<Mixed>(concat!(
        r#"{"anyOf":[{"type":"integer"},{"type":"string"},"#,
        r#"{"type":"array","items":{"type":"integer"}},{"type":"null"}]}"#,
    ));
    check::<Other>(r#"{"type":"array","items":{"type":"integer"}}"#);
}

/// Anything that JSON can say.
#[derive(Record)]
enum Json {
    Null(()),
    Text(String),
    List(Vec<Self>),
    Map(BTreeMap<String, Nested>),
}

/// A list of lists.
#[derive(Record)]
#[record(transparent)]
struct Nested(Vec<Self>);

#[test]
fn types_that_hold_themselves_are_defined() {
    check_defs::<Nested>(
        "Nested",
        r##""Nested":{"title":"Nested","description":"A list of lists.","type":"array","items":{"$ref":"#/$defs/Nested"}}"##,
    );
    check_defs::<Json>(
        "Json",
        concat!(
            r##""Json":{"title":"Json","description":"Anything that JSON can say.","anyOf":[{"type":"string"},"##,
            r##"{"type":"array","items":{"$ref":"#/$defs/Json"}},"##,
            r##"{"type":"object","additionalProperties":{"$ref":"#/$defs/Nested"}},{"type":"null"}]},"##,
            r##""Nested":{"title":"Nested","description":"A list of lists.","type":"array","items":{"$ref":"#/$defs/Nested"}}"##,
        ),
    );
}

/// A name of at most nine letters.
#[derive(Record, PartialEq, Eq, PartialOrd, Ord)]
#[record(transparent)]
struct Name(#[field(min_len = 1, max_len = 9, pattern = "^[a-z]+$")] String);

#[test]
fn newtypes_are_written_in_place() {
    check::<Name>(
        r#"{"description":"A name of at most nine letters.","type":"string","maxLength":9,"minLength":1,"pattern":"^[a-z]+$"}"#,
    );
    check::<BTreeMap<Name, i64>>(concat!(
        r#"{"type":"object","propertyNames":{"description":"A name of at most nine letters.","maxLength":9,"#,
        r#""minLength":1,"pattern":"^[a-z]+$"},"additionalProperties":{"type":"integer"}}"#,
    ));
}

#[test]
fn extension_values_are_refused() {
    assert_eq!(json_schema::<Vec<Ext>>().unwrap_err().to_string(), "JSON Schema has no extension values");
    let with_text = Shape::Ext { code: Some(3), text: Some(<Vec<u8>>::shape) };
    assert_eq!(json_schema_of(with_text).unwrap(), json_schema::<Vec<u8>>().unwrap());
}
