//! Enums: plain, tagged, and unions by kind.

use proofmark::{Decode, Encode, Record, Value, convert, from_value, json, msgpack};

#[track_caller]
fn check<T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    assert_eq!(json::to_string(value).unwrap(), text);
    assert_eq!(&json::from_str::<T>(text).unwrap(), value);
    let packed = msgpack::to_vec(value).unwrap();
    assert_eq!(&msgpack::from_slice::<T>(&packed).unwrap(), value);
    assert_eq!(&convert::<T>(value).unwrap(), value);
}

#[track_caller]
fn refuse<T: for<'de> Decode<'de>>(text: &str, message: &str) {
    let error = json::from_str::<T>(text).err().expect("refused");
    assert_eq!(error.to_string(), message);
    // What is no JSON at all is for JSON alone to refuse.
    if let Ok(value) = json::from_str::<Value>(text) {
        let error = from_value::<T>(&value).err().expect("refused");
        assert_eq!(error.to_string(), message);
    }
}

#[derive(Record, Debug, PartialEq)]
#[record(rename_all = "lower")]
enum Color {
    Red,
    #[variant(rename = "bleu")]
    Blue,
}

#[derive(Record, Debug, PartialEq)]
#[record(int)]
enum Level {
    Low = 1,
    High = -10,
}

#[test]
fn plain_enums_are_their_wire_value() {
    check(&vec![Color::Red, Color::Blue], r#"["red","bleu"]"#);
    check(&vec![Level::Low, Level::High], "[1,-10]");
    refuse::<Color>(r#""blue""#, "Invalid enum value 'blue'");
    refuse::<Level>("2", "Invalid enum value 2");
    refuse::<Level>("1.0", "Expected `int`, got `float`");
}

#[derive(Record, Debug, PartialEq)]
struct Plain {
    x: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "cat")]
struct Cat {
    lives: u8,
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "dog")]
struct Dog {
    name: String,
}

#[derive(Record, Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Dog(Dog),
}

#[derive(Record, Debug, PartialEq)]
enum Mixed {
    Animal(Animal),
    Int(i64),
    Text(String),
    List(Vec<u16>),
}

#[test]
fn the_tag_may_stand_anywhere() {
    let cat = Animal::Cat(Cat { lives: 7 });
    check(&cat, r#"{"type":"cat","lives":7}"#);
    for text in
        [r#"{"lives":7,"type":"cat"}"#, r#"{"lives":7,"t\u0079pe":"cat"}"#, r#"{ "type" : "cat", "lives":7}"#]
    {
        assert_eq!(json::from_str::<Animal>(text).unwrap(), cat, "{text}");
    }
    refuse::<Animal>(r#"{"lives":7}"#, "Object missing required field `type`");
    refuse::<Animal>(r#"{"lives":7,"type":"cow"}"#, "Invalid value 'cow' - at `$.type`");
    refuse::<Animal>(r#"{"type":1}"#, "Expected `str`, got `int` - at `$.type`");
    // In memory there is no second key.
    let error = json::from_str::<Animal>(r#"{"type":"cat","lives":7,"type":"dog"}"#).unwrap_err();
    assert_eq!(error.to_string(), "Invalid value 'dog' - at `$.type`");
    refuse::<Animal>("[]", "Expected `object`, got `array`");
}

#[test]
fn a_lone_tagged_record_needs_no_tag() {
    assert_eq!(json::from_str::<Cat>(r#"{"lives":7}"#).unwrap(), Cat { lives: 7 });
    refuse::<Cat>(r#"{"type":"dog","lives":7}"#, "Invalid value 'dog' - at `$.type`");
}

#[test]
fn members_are_told_by_kind() {
    check(&Mixed::Animal(Animal::Dog(Dog { name: "x".into() })), r#"{"type":"dog","name":"x"}"#);
    check(&Mixed::Int(-3), "-3");
    check(&Mixed::Text("t".into()), r#""t""#);
    check(&Mixed::List(vec![1, 2]), "[1,2]");
    refuse::<Mixed>("true", "Expected `int | str | object | array`, got `bool`");
    refuse::<Option<Mixed>>("true", "Expected `int | str | object | array | null`, got `bool`");
}

#[derive(Record, Debug, PartialEq)]
#[record(tag_field = "op")]
enum Op {
    Get {
        key: String,
    },
    #[variant(tag = "set")]
    Put {
        key: String,
        value: Option<u8>,
    },
    Stop,
}

#[test]
fn struct_variants_are_tagged_by_their_name() {
    check(&Op::Get { key: "k".into() }, r#"{"op":"Get","key":"k"}"#);
    check(&Op::Put { key: "k".into(), value: None }, r#"{"op":"set","key":"k","value":null}"#);
    check(&Op::Stop, r#"{"op":"Stop"}"#);
    let _ = Plain { x: 1 };
}

#[derive(Record, Debug, PartialEq)]
enum WholeOrNot {
    Whole(i64),
    Float(f64),
}

#[derive(Record, Debug, PartialEq)]
enum LevelOrColor {
    Level(Level),
    Color(Color),
}

#[track_caller]
fn lenient<T: for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(text: &str, outcome: Result<T, &str>) {
    let decoder = json::Decoder::new().strictness(proofmark::Strictness::Lenient);
    let decoded = decoder.from_slice::<T>(text.as_bytes()).map_err(|error| error.to_string());
    assert_eq!(decoded.as_ref().map_err(String::as_str), outcome.as_ref().map_err(|text| *text));
}

#[test]
fn lenient_text_is_the_number_that_it_spells() {
    lenient(r#""1""#, Ok(WholeOrNot::Whole(1)));
    lenient(r#""1.0""#, Ok(WholeOrNot::Float(1.0)));
    lenient("1.0", Ok(WholeOrNot::Float(1.0)));
    lenient(r#""-0""#, Ok(false));
    lenient::<bool>(r#""1.0""#, Err("Expected `bool`, got `str`"));
    lenient::<i64>(r#""1e400""#, Err("Number out of range"));
    lenient::<Level>(r#""1e400""#, Err("Number out of range"));
    lenient(r#"{"1.0":2}"#, Ok(std::collections::BTreeMap::from([(1u8, 2u8)])));
}

#[test]
fn lenient_text_stays_text_where_any_text_fits() {
    lenient(r#""5""#, Ok(Mixed::Text("5".into())));
    lenient(r#""null""#, Ok(Some("null".to_owned())));
    lenient(r#""1""#, Ok(LevelOrColor::Level(Level::Low)));
    lenient(r#""red""#, Ok(LevelOrColor::Color(Color::Red)));
    lenient(r#""NULL""#, Ok(None::<Color>));
}

#[test]
fn tags_of_another_kind_are_told() {
    refuse::<Animal>(r#"{"type":null}"#, "Expected `str`, got `null` - at `$.type`");
    let error = msgpack::from_slice::<Animal>(b"\x81\xa4type\x01").unwrap_err();
    assert_eq!(error.to_string(), "Expected `str`, got `int` - at `$.type`");
}

#[derive(Record, Debug, PartialEq)]
enum TimeOrExt {
    Time(proofmark::scalar::DateTime),
    Ext(proofmark::Ext),
}

#[test]
fn a_broken_timestamp_is_no_extension_value() {
    let decode = |bytes: &[u8]| msgpack::from_slice::<TimeOrExt>(bytes);
    assert_eq!(
        decode(b"\xd6\xff\0\0\0\x01").unwrap(),
        TimeOrExt::Time("1970-01-01T00:00:01Z".parse().unwrap())
    );
    assert_eq!(decode(b"\xd4\x01x").unwrap(), TimeOrExt::Ext(proofmark::Ext::new(1, *b"x")));
    let error = decode(b"\xc7\x0c\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0").unwrap_err();
    assert_eq!(error.to_string(), "Invalid MessagePack timestamp: nanoseconds out of range");
}
