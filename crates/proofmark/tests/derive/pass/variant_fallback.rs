use std::{borrow::Cow, collections::BTreeMap};

use proofmark::{Raw, Record, Value, json};

use crate::{check, read, refuse};

#[derive(Record, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Low,
    High,
    #[variant(fallback)]
    Unknown,
}

#[derive(Record, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'a> {
    Table,
    #[variant(fallback)]
    Other(Cow<'a, str>),
}

#[derive(Record, Debug, PartialEq)]
enum Name {
    Root,
    #[variant(fallback)]
    Other(String),
}

#[derive(Record, Debug, PartialEq)]
#[record(int)]
#[repr(i64)]
enum Code {
    Ok = 0,
    Failed = 1,
    #[variant(fallback)]
    Other(i64),
}

#[test]
fn values_that_no_variant_has_become_the_fallback() {
    check(&Level::Unknown, r#""Unknown""#);
    read(r#"["Low","Middle"]"#, &[Level::Low, Level::Unknown]);
    read(r#"{"Middle":1}"#, &BTreeMap::from([(Level::Unknown, 1)]));
    refuse::<Level>("7", "Expected `str`, got `int`");
}

#[test]
fn a_fallback_with_a_value_keeps_it() {
    let kind: Kind<'_> = json::from_str(r#""View""#).unwrap();
    assert!(matches!(&kind, Kind::Other(Cow::Borrowed("View"))));
    assert_eq!(json::to_string(&kind).unwrap(), r#""View""#);
    assert_eq!(json::from_str::<Kind<'_>>(r#""Table""#).unwrap(), Kind::Table);
    refuse::<BTreeMap<String, Name>>(r#"{"a":[]}"#, "Expected `str`, got `array` - at `$[...]`");
    check(&[Code::Ok, Code::Failed, Code::Other(7), Code::Other(-1)], "[0,1,7,-1]");
    refuse::<Code>(r#""a""#, "Expected `int`, got `str`");
    refuse::<Code>("9223372036854775808", "Expected `int` <= 9223372036854775807");
}

#[derive(Record, Debug, PartialEq)]
enum Event {
    Open {
        id: u8,
    },
    #[variant(fallback)]
    Unknown,
}

#[test]
fn a_record_of_another_tag_becomes_the_fallback() {
    check(&Event::Unknown, r#"{"type":"Unknown"}"#);
    check(&Event::Open { id: 1 }, r#"{"type":"Open","id":1}"#);
    let text = r#"[{"type":"Shut","why":[1,{"a":null}]},{"a":1,"type":"Open","id":2}]"#;
    refuse::<Vec<Event>>(text, "Object contains unknown field `a` - at `$[1]`");
    let text = r#"[{"type":"Shut","why":[1,{"a":null}]},{"id":2,"type":"Open"}]"#;
    read(text, &vec![Event::Unknown, Event::Open { id: 2 }]);
    refuse::<Event>(r#"{"type":"Open"}"#, "Object missing required field `id`");
    refuse::<Event>(r#"{"id":1}"#, "Object missing required field `type`");
    refuse::<Event>(r#"{"type":1}"#, "Expected `str`, got `int` - at `$.type`");
    refuse::<Event>("[]", "Expected `object`, got `array`");
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "open")]
struct Open {
    id: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "close")]
struct Close {}

#[derive(Record, Debug, PartialEq)]
enum Known {
    Open(Open),
    #[variant(fallback)]
    Other(BTreeMap<String, Value>),
}

/// The inner union takes what it knows; of what neither knows the outer one takes all.
#[derive(Record, Debug, PartialEq)]
enum Outer {
    Known(Known),
    Close(Close),
    #[variant(fallback)]
    Unknown(BTreeMap<String, Value>),
}

/// Without a fallback of its own, the inner one's counts.
#[derive(Record, Debug, PartialEq)]
enum Wrapper {
    Close(Close),
    Known(Known),
    Count(u8),
}

#[test]
fn in_nested_unions_the_outermost_fallback_counts() {
    let other = |tag: &str| BTreeMap::from([("type".to_owned(), Value::from(tag))]);
    check(&Outer::Known(Known::Open(Open { id: 1 })), r#"{"type":"open","id":1}"#);
    check(&Outer::Close(Close {}), r#"{"type":"close"}"#);
    check(&Outer::Unknown(other("x")), r#"{"type":"x"}"#);
    check(&Wrapper::Close(Close {}), r#"{"type":"close"}"#);
    check(&Wrapper::Known(Known::Other(other("x"))), r#"{"type":"x"}"#);
    check(&Wrapper::Count(7), "7");
}

#[derive(Record, Debug, PartialEq)]
enum Lossless<'a> {
    Open(Open),
    #[variant(fallback)]
    Other(Raw<'a>),
}

#[test]
fn an_undecoded_value_keeps_everything() {
    let text = r#"{"b":1, "type":"later.v2"}"#;
    let value: Lossless<'_> = json::from_str(text).unwrap();
    assert!(matches!(&value, Lossless::Other(raw) if raw.as_bytes() == text.as_bytes()));
    assert_eq!(json::to_string(&value).unwrap(), text);
}
