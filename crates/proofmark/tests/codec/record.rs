//! Records.

use std::{borrow::Cow, collections::BTreeMap};

use proofmark::{Decode, Encode, Maybe, Order, Raw, Record, Value, convert, from_value, json, msgpack};

/// A value's bytes in both formats, and the way back.
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

#[derive(Record, Clone, Debug, PartialEq)]
struct User {
    id: i64,
    name: String,
    #[field(default)]
    email: Option<String>,
    #[field(default)]
    tags: Vec<String>,
    #[field(default = true)]
    active: bool,
}

#[test]
fn fields_equal_to_their_default_are_omitted() {
    let user = User { id: 1, name: "a".into(), email: None, tags: vec![], active: true };
    check(&user, r#"{"id":1,"name":"a"}"#);
    check(
        &User { active: false, email: Some("x".into()), ..user },
        r#"{"id":1,"name":"a","email":"x","active":false}"#,
    );
}

#[test]
fn fields_are_read_in_any_order_and_layout() {
    let user = User { id: 1, name: "a\n".into(), email: None, tags: vec!["t".into()], active: true };
    for text in [
        r#"{"id":1,"name":"a\n","tags":["t"]}"#,
        r#"{"tags":["t"],"name":"a\n","id":1}"#,
        "{ \"tags\" : [ \"t\" ] ,\n  \"name\": \"a\\n\",\r\n\t\"id\": 1 }",
        r#"{"n\u0061me":"a\n","id":7,"id":1,"tags":["t"]}"#,
    ] {
        assert_eq!(json::from_str::<User>(text).unwrap(), user, "{text}");
    }
}

#[test]
fn faults_carry_their_path() {
    refuse::<User>(r#"{"id":1}"#, "Object missing required field `name`");
    refuse::<User>(r#"{"id":1,"name":2}"#, "Expected `str`, got `int` - at `$.name`");
    refuse::<User>(r#"{"id":1,"name":"a","email":2}"#, "Expected `str | null`, got `int` - at `$.email`");
    refuse::<User>(r#"{"id":1,"name":"a","tags":["x",1]}"#, "Expected `str`, got `int` - at `$.tags[1]`");
    refuse::<User>(r#"{"id":1,"nam":"a"}"#, "Object contains unknown field `nam`");
    refuse::<User>(r#"{"id":1.5,"name":"a"}"#, "Expected `int`, got `float` - at `$.id`");
    refuse::<BTreeMap<String, User>>(
        r#"{"k":{"id":1}}"#,
        "Object missing required field `name` - at `$[...]`",
    );
    refuse::<BTreeMap<u8, u8>>(r#"{"k":1}"#, "Expected `int`, got `str` - at `key` in `$`");
    refuse::<User>(r#"{"id":1,"name":"a",}"#, "JSON is malformed: trailing comma in object (byte 19)");
    refuse::<User>(r#"{"id":1,"name":"a"} x"#, "JSON is malformed: trailing characters (byte 21)");
}

#[derive(Record, Debug, PartialEq)]
struct Patch {
    id: u8,
    name: Maybe<Option<String>>,
    age: Maybe<u32>,
}

#[test]
fn absent_null_and_value_are_told_apart() {
    check(&Patch { id: 1, name: Maybe::Unset, age: Maybe::Unset }, r#"{"id":1}"#);
    check(&Patch { id: 1, name: Maybe::Set(None), age: Maybe::Set(3) }, r#"{"id":1,"name":null,"age":3}"#);
    refuse::<Patch>(r#"{"id":1,"age":null}"#, "Expected `int`, got `null` - at `$.age`");
}

#[derive(Record, Debug, PartialEq)]
#[record(positional, tag = 1)]
struct Scan {
    fragments: u64,
    rows: u64,
    #[field(default)]
    count: Option<u64>,
}

#[test]
fn positional_records_are_arrays() {
    check(&Scan { fragments: 1, rows: 300, count: None }, "[1,1,300,null]");
    assert_eq!(json::from_str::<Scan>("[1,1,300]").unwrap(), Scan { fragments: 1, rows: 300, count: None });
    refuse::<Scan>("[1,2]", "Expected `array` of at least length 3, got 2");
    refuse::<Scan>("[1,2,3,4,5]", "Expected `array` of at most length 3, got 4");
    refuse::<Scan>("[2,2,3]", "Invalid value 2 - at `$[0]`");
    refuse::<Scan>("{}", "Expected `array`, got `object`");
}

#[derive(Record, Debug, PartialEq)]
struct Bounded {
    #[field(ge = 0, le = 100)]
    share: i32,
    #[field(min_len = 2, pattern = "^[a-z]+$")]
    name: String,
    #[field(check = even)]
    even: u8,
}

fn even(value: &u8) -> Result<(), &'static str> {
    if value.is_multiple_of(2) { Ok(()) } else { Err("must be even") }
}

#[test]
fn constraints_hold() {
    check(&Bounded { share: 7, name: "ab".into(), even: 2 }, r#"{"share":7,"name":"ab","even":2}"#);
    refuse::<Bounded>(r#"{"share":101}"#, "Expected `int` <= 100 - at `$.share`");
    refuse::<Bounded>(r#"{"share":1,"name":"a"}"#, "Expected `str` of length >= 2 - at `$.name`");
    refuse::<Bounded>(r#"{"share":1,"name":"aB"}"#, "Expected `str` matching regex '^[a-z]+$' - at `$.name`");
    refuse::<Bounded>(r#"{"share":1,"name":"ab","even":3}"#, "must be even - at `$.even`");
}

#[derive(Record, Debug, PartialEq)]
struct Borrowed<'a> {
    text: &'a str,
    cow: Cow<'a, str>,
    raw: Raw<'a>,
}

#[test]
fn borrowed_fields_point_into_the_input() {
    let text = r#"{"text":"plain","cow":"a\tb","raw":[1, 2]}"#;
    let value: Borrowed<'_> = json::from_str(text).unwrap();
    assert_eq!(value.text.as_ptr(), text[9..].as_ptr());
    assert!(matches!(&value.cow, Cow::Owned(text) if text == "a\tb"));
    assert_eq!(value.raw.as_bytes(), b"[1, 2]");
}

#[derive(Record, Debug, PartialEq)]
struct Tree<T> {
    value: T,
    #[field(default)]
    children: Vec<Self>,
}

#[test]
fn generic_and_recursive_records_work() {
    let leaf = || Tree { value: 2u8, children: vec![] };
    check(
        &Tree { value: 1, children: vec![leaf(), leaf()] },
        r#"{"value":1,"children":[{"value":2},{"value":2}]}"#,
    );
}

#[derive(Record)]
#[record(tag = "order")]
struct Sorted {
    zeta: u8,
    alpha: u8,
}

#[test]
fn sorted_order_moves_fields_and_the_tag() {
    let value = Sorted { zeta: 1, alpha: 2 };
    assert_eq!(json::to_string(&value).unwrap(), r#"{"type":"order","zeta":1,"alpha":2}"#);
    let sorted = json::Encoder::new().order(Order::Sorted).to_vec(&value).unwrap();
    assert_eq!(sorted, br#"{"alpha":2,"type":"order","zeta":1}"#);
    let sorted = msgpack::Encoder::new().order(Order::Sorted).to_vec(&value).unwrap();
    assert_eq!(sorted, b"\x83\xa5alpha\x02\xa4type\xa5order\xa4zeta\x01");
}

#[test]
fn bytes_are_base64_in_json_and_bin_in_messagepack() {
    check(&b"ab".to_vec(), r#""YWI=""#);
    assert_eq!(msgpack::to_vec(&b"ab".to_vec()).unwrap(), b"\xc4\x02ab");
    check(&vec![vec![1u16], vec![]], "[[1],[]]");
}

#[derive(Record, Debug, PartialEq)]
#[record(check = Interval::check)]
struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    fn check(&self) -> Result<(), &'static str> {
        if self.low > self.high { Err("low must be <= high") } else { Ok(()) }
    }
}

#[test]
fn the_check_of_a_record_sees_all_fields() {
    check(&Interval { low: 1.0, high: 2.5 }, r#"{"low":1.0,"high":2.5}"#);
    refuse::<Interval>(r#"{"low":3,"high":2.5}"#, "low must be <= high");
    refuse::<Vec<Interval>>(r#"[{"low":3,"high":2.5}]"#, "low must be <= high - at `$[0]`");
    refuse::<Interval>(r#"{"low":3}"#, "Object missing required field `high`");
}

#[derive(Record, Debug, PartialEq)]
struct Named {
    #[field(min_len = 1, max_len = 2)]
    ids: indexmap::IndexMap<String, u8>,
}

#[test]
fn maps_in_order_of_insertion_are_bounded_and_sorted() {
    let named: Named = json::from_str(r#"{"ids":{"b":1,"a":2}}"#).unwrap();
    assert_eq!(json::to_string(&named).unwrap(), r#"{"ids":{"a":2,"b":1}}"#);
    let declared = json::Encoder::new().order(Order::Declared).to_vec(&named).unwrap();
    assert_eq!(declared, br#"{"ids":{"b":1,"a":2}}"#);
    refuse::<Named>(r#"{"ids":{}}"#, "Expected `object` of length >= 1 - at `$.ids`");
    refuse::<Named>(r#"{"ids":{"a":1,"b":2,"c":3}}"#, "Expected `object` of length <= 2 - at `$.ids`");
}

#[test]
fn arrays_have_exactly_their_length() {
    check(&[1u16, 2], "[1,2]");
    check(&[1u8, 2], r#""AQI=""#);
    check::<[u16; 0]>(&[], "[]");
    refuse::<[u16; 2]>("[1]", "Expected `array` of length 2, got 1");
    refuse::<[u16; 2]>(r#"[1,2,"x",4]"#, "Expected `array` of length 2, got 4");
    refuse::<[u16; 0]>(r#"["x"]"#, "Expected `array` of length 0, got 1");
    refuse::<[u16; 2]>(r#"[1,"x"]"#, "Expected `int`, got `str` - at `$[1]`");
}

#[test]
fn json_that_is_cut_is_told_from_json_that_is_wrong() {
    for text in [r#""\u""#, r#""\u00""#, r#""\ud800""#, r#""\ud800x""#] {
        refuse::<String>(text, "Input data was truncated");
    }
    refuse::<String>(r#""\u00zz""#, "JSON is malformed: invalid character in unicode escape (byte 6)");
    refuse::<f64>("-x", "JSON is malformed: invalid character (byte 1)");
    refuse::<f64>("-", "JSON is malformed: invalid number (byte 1)");
    refuse::<f64>("1.x", "JSON is malformed: invalid number (byte 2)");
}

#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Level {
    Warning,
    Error,
    #[variant(rename = "at_all")]
    None,
}

#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[record(transparent)]
struct Told(Level);

#[test]
fn choices_as_keys_are_sorted_by_their_names_and_not_as_they_are_declared() {
    use std::collections::HashMap;

    fn check<T: proofmark::Encode>(value: &T, sorted: &str) {
        assert_eq!(json::to_string(value).unwrap(), sorted);
        let tree = proofmark::to_value(value).unwrap();
        assert_eq!(msgpack::to_vec(value).unwrap(), msgpack::to_vec(&tree).unwrap(), "{sorted}");
    }
    let levels = [Level::Warning, Level::Error, Level::None];
    let counted = r#"{"Error":1,"Warning":0,"at_all":2}"#;
    check(&BTreeMap::from_iter(levels.into_iter().zip(0u8..)), counted);
    check(&HashMap::<_, _>::from_iter(levels.into_iter().zip(0u8..)), counted);
    check(&BTreeMap::from_iter(levels.map(Told).into_iter().zip(0u8..)), counted);
    let levels = BTreeMap::from_iter(levels.into_iter().zip(0u8..));
    let declared = json::Encoder::new().order(Order::Declared).to_vec(&levels).unwrap();
    assert_eq!(declared, br#"{"Warning":0,"Error":1,"at_all":2}"#);
}
