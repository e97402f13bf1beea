//! The forms that an encoder may be told to write.

use std::{collections::BTreeMap, fmt::Debug};

use proofmark::{DecimalFormat, Decode, Encode, UuidFormat, Value, json, msgpack, scalar::Decimal, to_value};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x12345678_9abc_def0_1234_56789abcdef0);
const CANONICAL: &str = "12345678-9abc-def0-1234-56789abcdef0";
const HEX: &str = "123456789abcdef0123456789abcdef0";

fn encoders(uuid: UuidFormat, decimal: DecimalFormat) -> (json::Encoder, msgpack::Encoder) {
    (
        json::Encoder::new().uuid_format(uuid).decimal_format(decimal),
        msgpack::Encoder::new().uuid_format(uuid).decimal_format(decimal),
    )
}

/// What is written in both formats, from the type and out of a [`Value`], and read again.
#[track_caller]
fn check<T>(value: &T, (json, msgpack): (json::Encoder, msgpack::Encoder), text: &str, packed: &[u8])
where
    T: Encode + for<'de> Decode<'de> + PartialEq + Debug,
{
    assert_eq!(String::from_utf8(json.to_vec(value).unwrap()).unwrap(), text);
    assert_eq!(msgpack.to_vec(value).unwrap(), packed);
    assert_eq!(&json::from_str::<T>(text).unwrap(), value);
    assert_eq!(&msgpack::from_slice::<T>(packed).unwrap(), value);
    let kept: Value = to_value(value).unwrap();
    assert_eq!(json.to_vec(&kept).unwrap(), text.as_bytes());
    assert_eq!(msgpack.to_vec(&kept).unwrap(), packed);
}

fn packed_text(text: &str) -> Vec<u8> {
    msgpack::to_vec(text).unwrap()
}

#[test]
fn a_uuid_is_written_with_hyphens_or_without() {
    let canonical = encoders(UuidFormat::Canonical, DecimalFormat::String);
    check(&ID, canonical, &json::to_string(CANONICAL).unwrap(), &packed_text(CANONICAL));
    let hex = encoders(UuidFormat::Hex, DecimalFormat::String);
    check(&ID, hex, &json::to_string(HEX).unwrap(), &packed_text(HEX));
    let key = [&b"\x81"[..], &packed_text(HEX), b"\x01"].concat();
    check(&BTreeMap::from([(ID, 1)]), hex, &format!("{{\"{HEX}\":1}}"), &key);
}

#[test]
fn a_uuid_is_bytes_in_messagepack_alone() {
    let (json, msgpack) = encoders(UuidFormat::Bytes, DecimalFormat::String);
    let packed = msgpack.to_vec(&ID).unwrap();
    assert_eq!(packed, [b"\xc4\x10", &ID.as_bytes()[..]].concat());
    assert_eq!(msgpack::from_slice::<Uuid>(&packed).unwrap(), ID);
    let as_key = msgpack.to_vec(&BTreeMap::from([(ID, 1)])).unwrap();
    assert_eq!(msgpack::from_slice::<BTreeMap<Uuid, u8>>(&as_key).unwrap(), BTreeMap::from([(ID, 1)]));
    let refused = json.to_vec(&vec![ID]).unwrap_err();
    assert_eq!(refused.to_string(), "JSON has no bytes to write a UUID as - at `$[0]`");
    assert!(json.to_vec(&BTreeMap::from([(ID, 1)])).is_err());
}

#[test]
fn a_decimal_is_written_as_text_or_as_a_number() {
    let number = encoders(UuidFormat::Canonical, DecimalFormat::Number);
    for (text, float) in [("1.50", 1.5_f64), ("-0.0", -0.0), ("5E+3", 5000.0), ("0E-10", 0.0), ("0.1", 0.1)] {
        let value = Decimal::parse(text).unwrap();
        let (json, msgpack) = number;
        assert_eq!(json.to_vec(&value).unwrap(), text.as_bytes());
        assert_eq!(json::from_str::<Decimal>(text).unwrap(), value, "every digit stays");
        assert_eq!(msgpack.to_vec(&value).unwrap(), msgpack::to_vec(&float).unwrap());
        let kept = to_value(&value).unwrap();
        assert_eq!(json.to_vec(&kept).unwrap(), text.as_bytes());
        let string = encoders(UuidFormat::Canonical, DecimalFormat::String);
        check(&value, string, &format!("\"{text}\""), &packed_text(text));
    }
}

#[test]
fn a_decimal_that_is_no_number_is_null_in_json_and_a_float_in_messagepack() {
    let (json, msgpack) = encoders(UuidFormat::Canonical, DecimalFormat::Number);
    for (text, float) in [("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)] {
        let value = Decimal::parse(text).unwrap();
        assert_eq!(json.to_vec(&value).unwrap(), b"null");
        assert_eq!(msgpack.to_vec(&value).unwrap(), msgpack::to_vec(&float).unwrap());
    }
    let nan = Decimal::parse("NaN").unwrap();
    assert_eq!(json.to_vec(&nan).unwrap(), b"null");
    assert!(msgpack::from_slice::<f64>(&msgpack.to_vec(&nan).unwrap()).unwrap().is_nan());
}

#[test]
fn a_decimal_beyond_the_range_of_floats_is_no_float() {
    let (json, msgpack) = encoders(UuidFormat::Canonical, DecimalFormat::Number);
    let value = Decimal::parse("1E+400").unwrap();
    assert_eq!(json.to_vec(&value).unwrap(), b"1E+400");
    assert_eq!(msgpack.to_vec(&value).unwrap_err().to_string(), "Number out of range");
}

#[test]
fn a_decimal_key_is_text_in_json_and_a_float_in_messagepack() {
    let (json, msgpack) = encoders(UuidFormat::Canonical, DecimalFormat::Number);
    let map = BTreeMap::from([(Decimal::parse("1.5").unwrap(), 1)]);
    assert_eq!(json.to_vec(&map).unwrap(), br#"{"1.5":1}"#);
    assert_eq!(msgpack.to_vec(&map).unwrap(), b"\x81\xcb\x3f\xf8\0\0\0\0\0\0\x01");
}
