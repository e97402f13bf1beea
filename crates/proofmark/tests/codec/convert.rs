//! Values in memory as a format: what is kept, what is taken, and what is refused.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Debug,
};

use proofmark::{
    Decode, Encode, Ext, Limits, Maybe, Order, Raw, Record, Strictness, Value, convert,
    convert::Converter,
    from_value, json, msgpack,
    scalar::{DateTime, Decimal, Time},
    to_value,
    value::Native,
};

/// A value that is converted to a type, and comes out as another value of it.
#[track_caller]
fn check<U: for<'de> Decode<'de> + PartialEq + Debug>(from: impl Encode, to: U) {
    assert_eq!(convert::<U>(&from).unwrap(), to);
}

#[track_caller]
fn refuse<U: for<'de> Decode<'de> + Debug>(from: impl Encode, message: &str) {
    assert_eq!(convert::<U>(&from).unwrap_err().to_string(), message);
}

#[track_caller]
fn check_lenient<U: for<'de> Decode<'de> + PartialEq + Debug>(from: impl Encode, to: U) {
    let lenient = Converter::new().strictness(Strictness::Lenient);
    assert_eq!(lenient.convert::<U>(&from).unwrap(), to);
}

#[derive(Record, Debug, PartialEq)]
struct Loose {
    id: u64,
    name: String,
    extra: Vec<u8>,
    at: DateTime,
    price: Decimal,
    ext: Ext,
}

fn loose() -> Loose {
    Loose {
        id: 7,
        name: "a".into(),
        extra: vec![1, 2],
        at: "2026-01-02T03:04:05+02:00".parse().unwrap(),
        price: "1.50".parse().unwrap(),
        ext: Ext::new(5, [3]),
    }
}

#[test]
fn what_has_no_wire_form_is_kept() {
    let value = to_value(&loose()).unwrap();
    assert_eq!(value["extra"].as_bytes(), Some(&[1, 2][..]));
    assert_eq!(value["at"].as_datetime().unwrap().to_string(), "2026-01-02T03:04:05+02:00");
    assert!(
        matches!(value["price"].as_native(), Some(Native::Decimal(price)) if price.to_string() == "1.50")
    );
    assert_eq!(value["ext"].as_ext(), Some(&Ext::new(5, [3])));
    assert_eq!(from_value::<Loose>(&value).unwrap(), loose());
    for (value, kind) in [
        (to_value(&uuid::Uuid::nil()).unwrap(), "uuid"),
        (to_value(&jiff::civil::date(2026, 1, 2)).unwrap(), "date"),
        (to_value(&Time::parse(b"03:04:05").unwrap()).unwrap(), "time"),
        (to_value(&jiff::SignedDuration::from_secs(1)).unwrap(), "duration"),
        (to_value(&jiff::Timestamp::UNIX_EPOCH).unwrap(), "datetime"),
        (to_value(&u128::MAX).unwrap(), "int"),
    ] {
        assert_eq!(value.kind().name(), kind);
        assert_eq!(to_value(&value).unwrap(), value);
        assert_eq!(from_value::<Value>(&value).unwrap(), value);
    }
}

#[test]
fn records_maps_and_other_records_become_each_other() {
    #[derive(Record, Debug, PartialEq)]
    #[record(allow_unknown)]
    struct Narrow {
        name: String,
        id: i32,
    }
    check(loose(), Narrow { name: "a".into(), id: 7 });
    let map = BTreeMap::from([("name", Value::from("b")), ("id", 8.into())]);
    check(&map, Narrow { name: "b".into(), id: 8 });
    check(
        Narrow { name: "b".into(), id: 8 },
        BTreeMap::from([("name".to_owned(), Value::from("b")), ("id".into(), 8.into())]),
    );
    check(HashMap::from([("a", 1u8)]), BTreeMap::from([("a".to_owned(), 1i64)]));
    check(BTreeSet::from([2, 1]), vec![1, 2]);
    check(vec![2, 2], HashSet::from([2]));
    check((1, 2), vec![1, 2]);
}

#[test]
fn the_widening_of_convert_is_its_own() {
    check(Decimal::parse("1.5").unwrap(), 1.5);
    check(1.5, Decimal::parse("1.5").unwrap());
    check("YWI=", b"ab".to_vec());
    check([1u8; 16], uuid::Uuid::from_bytes([1; 16]));
    check("2026-01-02", jiff::civil::date(2026, 1, 2));
    check(u128::MAX, u128::MAX as f64);
    refuse::<i64>(true, "Expected `int`, got `bool`");
    refuse::<i64>(1.0, "Expected `int`, got `float`");
    refuse::<bool>(1, "Expected `bool`, got `int`");
    refuse::<String>(b"ab".to_vec(), "Expected `str`, got `bytes`");
    refuse::<String>(uuid::Uuid::nil(), "Expected `str`, got `uuid`");
    refuse::<i64>(Decimal::from(1), "Expected `int`, got `decimal`");
    refuse::<jiff::civil::Date>(jiff::Timestamp::UNIX_EPOCH, "Expected `date`, got `datetime`");
    refuse::<Vec<u16>>(Ext::new(1, []), "Expected `array`, got `ext`");
    refuse::<u8>(256, "Expected `int` <= 255");
    refuse::<i64>(u128::MAX, "Expected `int` <= 9223372036854775807");
}

#[test]
fn lenient_conversion_takes_text() {
    check_lenient(BTreeMap::from([("id", "7")]), BTreeMap::from([("id".to_owned(), 7u8)]));
    check_lenient("true", true);
    check_lenient("null", None::<u8>);
    check_lenient("null", Some("null".to_owned()));
    check_lenient(2.0, 2i32);
    check_lenient(HashMap::from([("1", 1)]), BTreeMap::from([(1u8, 1u8)]));
    refuse::<BTreeMap<u8, u8>>(BTreeMap::from([("1", 1)]), "Expected `int`, got `str` - at `key` in `$`");
}

#[test]
fn errors_carry_their_path() {
    refuse::<Vec<BTreeMap<String, (u8, bool)>>>(
        [BTreeMap::from([("k", (1, 2))])],
        "Expected `bool`, got `int` - at `$[0][...][1]`",
    );
    refuse::<Loose>(BTreeMap::from([(1, 2)]), "Expected `str`, got `int` - at `key` in `$`");
    let mut value = to_value(&loose()).unwrap();
    *value.get_mut("price").unwrap() = true.into();
    refuse::<Loose>(&value, "Expected `decimal`, got `bool` - at `$.price`");
    value.as_map_mut().unwrap().remove("price");
    refuse::<Loose>(&value, "Object missing required field `price`");
    value.as_map_mut().unwrap().insert("prize", 1);
    refuse::<Vec<Loose>>([value], "Object contains unknown field `prize` - at `$[0]`");
    refuse::<(u8, u8)>([1], "Expected `array` of length 2, got 1");
}

#[test]
fn borrowed_fields_point_into_the_value() {
    #[derive(Record)]
    struct Borrowed<'a> {
        text: &'a str,
        bytes: &'a [u8],
        cow: Cow<'a, str>,
    }
    let value = Value::from_iter([
        ("text", Value::from("abc")),
        ("bytes", Value::Bytes(vec![1])),
        ("cow", "def".into()),
    ]);
    let borrowed: Borrowed<'_> = from_value(&value).unwrap();
    assert_eq!(borrowed.text.as_ptr(), value["text"].as_str().unwrap().as_ptr());
    assert_eq!(borrowed.bytes.as_ptr(), value["bytes"].as_bytes().unwrap().as_ptr());
    assert!(matches!(borrowed.cow, Cow::Borrowed("def")));
}

#[derive(Record, Debug, PartialEq)]
#[record(tag = "z")]
struct Tagged {
    z: u8,
    a: Maybe<HashMap<u8, HashSet<u8>>>,
}

#[test]
fn order_is_that_of_the_formats() {
    let sets = (0..20).map(|key| (key, (0..20).rev().collect())).collect();
    let tagged = Tagged { z: 1, a: Maybe::Set(sets) };
    for order in [Order::Deterministic, Order::Sorted] {
        let value = Converter::new().order(order).to_value(&tagged).unwrap();
        let written = json::Encoder::new().order(order).to_vec(&tagged).unwrap();
        // Written as declared, the value shows the order in which it was built.
        let declared = json::Encoder::new().order(Order::Declared);
        assert_eq!(declared.to_vec(&value).unwrap(), written, "{order:?}");
        assert_eq!(from_value::<Tagged>(&value).unwrap(), tagged);
    }
    assert_eq!(to_value(&Tagged { z: 1, a: Maybe::Unset }).unwrap().to_string(), r#"{"type":"z","z":1}"#);
}

#[test]
fn undecoded_values_are_decoded_on_the_way() {
    let raw: Raw<'_> = json::from_str(r#"{"a":[1.50]}"#).unwrap();
    let value = to_value(&raw).unwrap();
    assert_eq!(value, Value::from_iter([("a", [1.5])]));
    let back: Raw<'_> = from_value(&value).unwrap();
    assert_eq!(back.as_bytes(), msgpack::to_vec(&value).unwrap());
    assert_eq!(convert::<Value>(&back).unwrap(), value);
}

#[test]
fn nesting_and_length_are_limited_both_ways() {
    let nested = [[[0u16; 1]; 1]; 1];
    let message = "Nesting is deeper than 2 levels";
    let two = Converter::new().limits(Limits::depth(2));
    assert_eq!(two.to_value(&nested).unwrap_err().to_string(), format!("{message} - at `$[0][0]`"));
    let value = to_value(&nested).unwrap();
    let error = two.from_value::<[[[u16; 1]; 1]; 1]>(&value).unwrap_err();
    assert_eq!(error.to_string(), format!("{message} - at `$[0][0]`"));
    let three = Converter::new().limits(Limits::depth(3));
    assert_eq!(three.convert::<[[[u16; 1]; 1]; 1]>(&nested).unwrap(), nested);
    let raw = Raw::new(proofmark::Format::Json, b"[[[]]]").unwrap();
    assert!(two.to_value(&raw).is_err() && three.to_value(&raw).is_ok());

    let mut limits = Limits::DEFAULT;
    limits.collection_len_max = 2;
    let short = Converter::new().limits(limits);
    assert_eq!(short.convert::<Vec<u16>>(&[1u16, 2]).unwrap(), [1, 2]);
    let error = short.convert::<Vec<u16>>(&[1u16, 2, 3]).unwrap_err();
    assert_eq!(error.to_string(), "Collection is longer than 2 elements");
}

#[test]
fn text_keys_are_for_what_has_a_text() {
    let text_keys = Converter::new().str_keys(true);
    let error = text_keys.to_value(&BTreeMap::from([(true, 1)])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Only dicts with str-like or number-like keys are supported - at `key` in `$`"
    );
    let value = Value::from_iter([("1", 1), ("x", 2)]);
    let error = text_keys.from_value::<BTreeMap<i8, u8>>(&value).unwrap_err();
    assert_eq!(error.to_string(), "Expected `int`, got `str` - at `key` in `$`");
    let error = text_keys.from_value::<BTreeMap<bool, u8>>(&value).unwrap_err();
    assert_eq!(error.to_string(), "Expected `bool`, got `str` - at `key` in `$`");
    let error = text_keys.from_value::<BTreeMap<i8, u8>>(&Value::from_iter([("128", 1)])).unwrap_err();
    assert_eq!(error.to_string(), "Expected `int` <= 127 - at `key` in `$`");
    // Values are no keys: text in them stays text.
    let error = text_keys.from_value::<BTreeMap<i8, u8>>(&Value::from_iter([("1", "1")])).unwrap_err();
    assert_eq!(error.to_string(), "Expected `int`, got `str` - at `$[...]`");
}

#[test]
fn text_can_be_refused_for_what_has_a_type_of_its_own() {
    let native = Converter::new().native_only(true);
    assert_eq!(native.convert::<Loose>(&loose()).unwrap(), loose());

    let refuse = |found: &Value, wanted: &str, error: proofmark::Error| {
        let found = found.kind().name();
        assert_eq!(error.to_string(), format!("Expected `{wanted}`, got `{found}`"));
    };
    for found in [Value::from("1"), Value::from(1), Value::from(1.5), Value::Null] {
        refuse(&found, "datetime", native.from_value::<DateTime>(&found).unwrap_err());
        refuse(&found, "date", native.from_value::<jiff::civil::Date>(&found).unwrap_err());
        refuse(&found, "time", native.from_value::<Time>(&found).unwrap_err());
        refuse(&found, "duration", native.from_value::<jiff::SignedDuration>(&found).unwrap_err());
        refuse(&found, "uuid", native.from_value::<uuid::Uuid>(&found).unwrap_err());
        refuse(&found, "decimal", native.from_value::<Decimal>(&found).unwrap_err());
        refuse(&found, "bytes", native.from_value::<Vec<u8>>(&found).unwrap_err());
    }
    let lenient = native.strictness(Strictness::Lenient);
    assert_eq!(lenient.convert::<Decimal>(&"1.5").unwrap(), "1.5".parse().unwrap());
}
