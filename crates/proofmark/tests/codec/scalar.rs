//! Dates, times, durations, decimals, UUIDs and paths.

use std::{collections::BTreeMap, fmt::Debug, path::PathBuf};

use jiff::{SignedDuration, Timestamp, civil};
use proofmark::{
    Decode, Encode, Record, Strictness, Value, convert,
    convert::Converter,
    json, msgpack,
    scalar::{DateTime, Decimal, ScalarError, Time, TimeDelta},
};
use uuid::Uuid;

trait Scalar: Encode + for<'de> Decode<'de> {}
impl<T: Encode + for<'de> Decode<'de>> Scalar for T {}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads JSON, and the same value in MessagePack and in memory; all give the same value or fault.
#[track_caller]
fn read<T: Scalar>(text: &str, strictness: Strictness) -> Result<T, String> {
    let value: Value = json::from_str(text).unwrap();
    let packed = msgpack::to_vec(&value).unwrap();
    let from_json = json::Decoder::new().strictness(strictness).from_slice::<T>(text.as_bytes());
    let from_msgpack = msgpack::Decoder::new().strictness(strictness).from_slice::<T>(&packed);
    let from_value = Converter::new().strictness(strictness).from_value::<T>(&value);
    let written = |result: &proofmark::Result<T>| match result {
        Ok(value) => json::to_string(value).unwrap(),
        Err(error) => error.to_string(),
    };
    assert_eq!(written(&from_json), written(&from_msgpack), "{text}");
    assert_eq!(written(&from_json), written(&from_value), "{text}");
    from_json.map_err(|error| error.to_string())
}

/// Reads `text`, and expects it written as `written` in JSON and as `packed` in MessagePack, and both read
/// back equal.
#[track_caller]
fn check<T: Scalar + PartialEq + Debug>(text: &str, written: &str, packed: &str) {
    let value = read::<T>(text, Strictness::Strict).unwrap();
    assert_eq!(json::to_string(&value).unwrap(), written, "{text}");
    assert_eq!(json::from_str::<T>(written).unwrap(), value);
    let bytes = msgpack::to_vec(&value).unwrap();
    assert_eq!(hex(&bytes), packed, "{text}");
    assert_eq!(msgpack::from_slice::<T>(&bytes).unwrap(), value, "{text}");
    assert_eq!(convert::<T>(&value).unwrap(), value, "{text}");
}

/// As [`check`] for text that is written as it was read, as text in both formats.
#[track_caller]
fn check_text<T: Scalar + PartialEq + Debug>(text: &str) {
    check::<T>(text, text, &hex(&msgpack::to_vec(text.trim_matches('"')).unwrap()));
}

#[track_caller]
fn refuse<T: Scalar + Debug>(text: &str, message: &str) {
    assert_eq!(read::<T>(text, Strictness::Strict).unwrap_err(), message, "{text}");
}

/// What lenient mode makes of `text`: the value as JSON, or the fault.
#[track_caller]
fn lenient<T: Scalar>(text: &str, expected: &str) {
    let read = read::<T>(text, Strictness::Lenient);
    let result = read.map(|value| json::to_string(&value).unwrap()).unwrap_or_else(|message| message);
    assert_eq!(result, expected, "{text}");
}

#[test]
fn a_datetime_with_offset_is_an_extension_in_msgpack() {
    check::<DateTime>(r#""2020-01-02 03:04:05z""#, r#""2020-01-02T03:04:05Z""#, "d6ff5e0d5da5");
    check::<DateTime>(
        r#""2020-01-02T03:04:05.5Z""#,
        r#""2020-01-02T03:04:05.500000Z""#,
        "d7ff773594005e0d5da5",
    );
    check::<DateTime>(
        r#""1969-12-31T23:59:59Z""#,
        r#""1969-12-31T23:59:59Z""#,
        "c70cff00000000ffffffffffffffff",
    );
    check_text::<DateTime>(r#""2020-01-02T03:04:05.000001""#);
}

#[test]
fn msgpack_keeps_the_instant_but_not_the_offset() {
    let local: DateTime = json::from_str(r#""2020-01-02T08:34:05+05:30""#).unwrap();
    assert_eq!(json::to_string(&local).unwrap(), r#""2020-01-02T08:34:05+05:30""#);
    let packed = msgpack::to_vec(&local).unwrap();
    assert_eq!(hex(&packed), "d6ff5e0d5da5");
    let utc: DateTime = msgpack::from_slice(&packed).unwrap();
    assert_eq!(utc.to_string(), "2020-01-02T03:04:05Z");
    assert_eq!(utc.to_timestamp(), local.to_timestamp());
}

#[test]
fn a_timestamp_keeps_nanoseconds() {
    check::<Timestamp>(
        r#""2020-01-02T04:04:05.123456789+01:00""#,
        r#""2020-01-02T03:04:05.123456789Z""#,
        "d7ff1d6f34545e0d5da5",
    );
    check::<Timestamp>(r#""2020-01-02T03:04:05Z""#, r#""2020-01-02T03:04:05Z""#, "d6ff5e0d5da5");
    refuse::<Timestamp>(r#""2020-01-02T03:04:05""#, "Expected `datetime` with a timezone component");
    refuse::<Timestamp>(r#""9999-12-31T23:59:59Z""#, "Timestamp is out of range ");
    refuse::<Timestamp>("1", "Expected `datetime`, got `int`");
}

#[test]
fn a_civil_datetime_keeps_nanoseconds_and_has_no_offset() {
    check_text::<civil::DateTime>(r#""2020-01-02T03:04:05.123456789""#);
    check_text::<civil::DateTime>(r#""2020-01-02T03:04:05""#);
    refuse::<civil::DateTime>(r#""2020-01-02T03:04:05Z""#, "Expected `datetime` with no timezone component");
    refuse::<civil::DateTime>(r#""2020-01-02""#, "Invalid RFC3339 encoded datetime");
    lenient::<civil::DateTime>("1", "Expected `datetime` with no timezone component");
    lenient::<civil::DateTime>("1e300", "Timestamp is out of range ");
}

#[test]
fn other_values_are_no_datetime() {
    for (text, found) in [
        ("null", "null"),
        ("true", "bool"),
        ("5", "int"),
        ("1.5", "float"),
        ("18446744073709551615", "int"),
        ("[1]", "array"),
        ("{}", "object"),
    ] {
        refuse::<DateTime>(text, &format!("Expected `datetime`, got `{found}`"));
    }
    refuse::<DateTime>(r#""1""#, "Invalid RFC3339 encoded datetime");
    refuse::<DateTime>(r#""2020-02-30T00:00:00Z""#, "Invalid RFC3339 encoded datetime");
}

#[test]
fn lenient_datetimes_are_seconds_too() {
    for (text, expected) in [
        ("0", r#""1970-01-01T00:00:00Z""#),
        ("-1", r#""1969-12-31T23:59:59Z""#),
        ("-2.5", r#""1969-12-31T23:59:57.500000Z""#),
        (r#""1577934245.5""#, r#""2020-01-02T03:04:05.500000Z""#),
        (r#""1e3""#, r#""1970-01-01T00:16:40Z""#),
        (r#""2020-01-02T03:04:05""#, r#""2020-01-02T03:04:05""#),
        (r#""+1""#, "Invalid RFC3339 encoded datetime"),
        (r#""1 ""#, "Invalid RFC3339 encoded datetime"),
        (r#""nan""#, "Invalid epoch timestamp"),
        (r#""-Infinity""#, "Invalid epoch timestamp"),
        (r#""1e400""#, "Number out of range"),
        ("9223372036854775807", "Timestamp is out of range "),
        ("18446744073709551615", "Timestamp is out of range "),
        (r#""18446744073709551616""#, "Timestamp is out of range "),
        ("253402300799", r#""9999-12-31T23:59:59Z""#),
        ("253402300800", "Timestamp is out of range "),
        ("-62135596801", "Timestamp is out of range "),
        ("true", "Expected `datetime`, got `bool`"),
    ] {
        lenient::<DateTime>(text, expected);
    }
}

#[test]
fn bad_extensions_are_no_datetime() {
    for (packed, message) in [
        (&b"\xd4\xff\x00"[..], "Invalid MessagePack timestamp"),
        (b"\xd7\xff\xee\x6b\x28\x00\0\0\0\0", "Invalid MessagePack timestamp: nanoseconds out of range"),
        (b"\xc7\x0c\xff\0\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", "Timestamp is out of range "),
        (b"\xd4\x05\x61", "Expected `datetime`, got `ext`"),
        (b"\xc4\x01\x61", "Expected `datetime`, got `bytes`"),
    ] {
        assert_eq!(msgpack::from_slice::<DateTime>(packed).unwrap_err().to_string(), message);
        assert_eq!(msgpack::from_slice::<Timestamp>(packed).unwrap_err().to_string(), message);
    }
}

#[test]
fn dates_and_times_are_text() {
    check_text::<civil::Date>(r#""2020-02-29""#);
    check_text::<Time>(r#""03:04:05.500000+01:00""#);
    check_text::<civil::Time>(r#""03:04:05.000000001""#);
    refuse::<civil::Date>(r#""2019-02-29""#, "Invalid RFC3339 encoded date");
    refuse::<civil::Date>("5", "Expected `date`, got `int`");
    refuse::<Time>(r#""24:00:00""#, "Invalid RFC3339 encoded time");
    refuse::<Time>("5", "Expected `time`, got `int`");
    refuse::<civil::Time>(r#""03:04:05Z""#, "Expected `time` with no timezone component");
    lenient::<civil::Date>("5", "Expected `date`, got `int`");
    lenient::<Time>(r#""5""#, "Invalid RFC3339 encoded time");
}

#[test]
fn years_before_one_cannot_be_written() {
    let date = civil::date(0, 12, 31);
    for fault in [
        json::to_vec(&date).unwrap_err(),
        msgpack::to_vec(&date).unwrap_err(),
        json::to_vec(&date.at(0, 0, 0, 0)).unwrap_err(),
        msgpack::to_vec(&date.at(0, 0, 0, 0)).unwrap_err(),
    ] {
        assert_eq!(fault.to_string(), "Year is out of range");
    }
    for fault in [json::to_vec(&Timestamp::MIN).unwrap_err(), msgpack::to_vec(&Timestamp::MIN).unwrap_err()] {
        assert_eq!(fault.to_string(), "Timestamp is out of range ");
    }
}

#[test]
fn durations_are_text() {
    check::<TimeDelta>(r#""P1DT1H1.5S""#, r#""P1DT3601.5S""#, "ab50314454333630312e3553");
    check_text::<TimeDelta>(r#""-PT0.000001S""#);
    check_text::<SignedDuration>(r#""-P1DT0.000000001S""#);
    check_text::<std::time::Duration>(r#""PT0.000000001S""#);
    refuse::<TimeDelta>("5", "Expected `duration`, got `int`");
    refuse::<TimeDelta>(r#""5""#, "Invalid ISO8601 duration");
    refuse::<SignedDuration>(r#""P1000000000D""#, "Duration is out of range");
    refuse::<std::time::Duration>(r#""-PT1S""#, "Duration is out of range");
    refuse::<SignedDuration>(
        r#""P1M""#,
        "Only units 'D', 'H', 'M', and 'S' are supported when parsing ISO8601 durations",
    );
    assert_eq!(json::to_vec(&SignedDuration::MAX).unwrap_err().to_string(), "Duration is out of range");
    assert_eq!(json::to_vec(&std::time::Duration::MAX).unwrap_err().to_string(), "Duration is out of range");
}

#[test]
fn lenient_durations_are_seconds_too() {
    for (text, expected) in [
        ("90061", r#""P1DT3661S""#),
        ("-0.5", r#""-PT0.5S""#),
        (r#""1.5""#, r#""PT1.5S""#),
        (r#""PT1H""#, r#""PT3600S""#),
        (r#""nan""#, "Duration is out of range"),
        ("9223372036854775807", "Duration is out of range"),
        (r#""99999999999999999999999999999999999999999""#, "Duration is out of range"),
        (r#""1e400""#, "Number out of range"),
        (r#""+1""#, "Invalid ISO8601 duration"),
        ("null", "Expected `duration`, got `null`"),
    ] {
        lenient::<TimeDelta>(text, expected);
        lenient::<SignedDuration>(text, expected);
    }
}

#[test]
fn decimals_are_text_and_numbers_are_read() {
    check_text::<Decimal>(r#""19.90""#);
    check_text::<Decimal>(r#""-0.0""#);
    check_text::<Decimal>(r#""1E+400""#);
    check_text::<Decimal>(r#""-Infinity""#);
    check::<Decimal>(r#"" 1_000 ""#, r#""1000""#, "a431303030");
    check::<Decimal>(
        "18446744073709551615",
        r#""18446744073709551615""#,
        "b43138343436373434303733373039353531363135",
    );
    check::<Decimal>("0.1", r#""0.1""#, "a3302e31");
    refuse::<Decimal>(r#""1,5""#, "Invalid decimal string");
    refuse::<Decimal>("true", "Expected `decimal`, got `bool`");
    refuse::<Decimal>("[]", "Expected `decimal`, got `array`");
}

#[test]
fn a_json_number_keeps_its_digits_as_a_decimal() {
    for (text, written) in [
        ("1.50", r#""1.50""#),
        ("1e2", r#""1E+2""#),
        ("1e400", r#""1E+400""#),
        ("-0", r#""0""#),
        ("0.1000000000000000055511151231257827", r#""0.1000000000000000055511151231257827""#),
        ("123456789012345678901234567890123456789012", r#""123456789012345678901234567890123456789012""#),
    ] {
        assert_eq!(json::to_string(&json::from_str::<Decimal>(text).unwrap()).unwrap(), written);
    }
    let fault = json::from_str::<Decimal>("1e9999999999999999999").unwrap_err();
    assert_eq!(fault.to_string(), "Invalid decimal string");
    assert_eq!(json::from_str::<Vec<Decimal>>("[1.5,2]").unwrap().len(), 2);
}

#[test]
fn lenient_text_of_an_integer_has_no_minus_zero() {
    lenient::<Decimal>(r#""-0""#, r#""0""#);
    lenient::<Decimal>(r#""-0.0""#, r#""-0.0""#);
    lenient::<Decimal>(r#""-1e400""#, r#""-1E+400""#);
    lenient::<Decimal>(r#""007""#, r#""7""#);
}

#[test]
fn uuids_are_text_and_sixteen_bytes_are_read() {
    let text = r#""12345678-9abc-def0-1234-56789abcdef0""#;
    check_text::<Uuid>(text);
    check::<Uuid>(
        r#""123456789ABCDEF0123456789ABCDEF0""#,
        text,
        &hex(&msgpack::to_vec(text.trim_matches('"')).unwrap()),
    );
    let uuid: Uuid = json::from_str(text).unwrap();
    let bytes = msgpack::to_vec(&uuid.as_bytes()[..]).unwrap();
    assert_eq!(msgpack::from_slice::<Uuid>(&bytes).unwrap(), uuid);
    let fault = msgpack::from_slice::<Uuid>(b"\xc4\x01a").unwrap_err();
    assert_eq!(fault.to_string(), "Invalid UUID bytes");
    refuse::<Uuid>(r#""{12345678-9abc-def0-1234-56789abcdef0}""#, "Invalid UUID");
    refuse::<Uuid>("1", "Expected `uuid`, got `int`");
}

#[test]
fn paths_are_text() {
    check_text::<PathBuf>(r#""data/è.parquet""#);
    refuse::<PathBuf>("1", "Expected `str`, got `int`");
    let borrowed: &std::path::Path = json::from_str(r#""a/b""#).unwrap();
    assert_eq!(json::to_string(borrowed).unwrap(), r#""a/b""#);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_cannot_be_written() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let path = PathBuf::from(OsStr::from_bytes(b"a\xff"));
    let fault = json::to_vec(&path).unwrap_err();
    assert_eq!(fault.to_string(), "Paths that are not Unicode are unsupported");
}

#[track_caller]
fn check_key<K: Scalar + Ord + Debug>(text: &str) {
    let key: K = json::from_str(text).unwrap();
    let map = BTreeMap::from([(key, 1)]);
    let written = json::to_string(&map).unwrap();
    assert_eq!(written, format!("{{{text}:1}}"));
    assert_eq!(json::from_str::<BTreeMap<K, i32>>(&written).unwrap(), map);
    let packed = msgpack::to_vec(&map).unwrap();
    assert_eq!(msgpack::from_slice::<BTreeMap<K, i32>>(&packed).unwrap(), map);
    assert_eq!(convert::<BTreeMap<K, i32>>(&map).unwrap(), map);
    let as_json = Converter::new().str_keys(true);
    let value = as_json.to_value(&map).unwrap();
    assert_eq!(value.to_string(), written);
    assert!(value.as_map().unwrap().keys().all(|key| key.as_str().is_some()));
    assert_eq!(as_json.from_value::<BTreeMap<K, i32>>(&value).unwrap(), map);
}

#[test]
fn scalars_are_map_keys() {
    check_key::<DateTime>(r#""2020-01-02T03:04:05Z""#);
    check_key::<Timestamp>(r#""2020-01-02T03:04:05.123456789Z""#);
    check_key::<civil::DateTime>(r#""2020-01-02T03:04:05""#);
    check_key::<civil::Date>(r#""2020-01-02""#);
    check_key::<Time>(r#""03:04:05""#);
    check_key::<TimeDelta>(r#""P1D""#);
    check_key::<SignedDuration>(r#""PT1.5S""#);
    check_key::<Decimal>(r#""1.50""#);
    check_key::<Uuid>(r#""12345678-9abc-def0-1234-56789abcdef0""#);
    check_key::<PathBuf>(r#""a/b""#);
}

#[test]
fn a_bad_key_is_told_with_its_place() {
    let fault = json::from_str::<BTreeMap<DateTime, i32>>(r#"{"2020-13-01T00:00:00Z":1}"#).unwrap_err();
    assert_eq!(fault.to_string(), "Invalid RFC3339 encoded datetime - at `key` in `$`");
    let fault = json::from_str::<BTreeMap<Decimal, i32>>(r#"{"x":1}"#).unwrap_err();
    assert_eq!(fault.to_string(), "Invalid decimal string - at `key` in `$`");
}

#[test]
fn lenient_keys_are_seconds_too() {
    let decoder = json::Decoder::new().strictness(Strictness::Lenient);
    let map: BTreeMap<DateTime, i32> = decoder.from_slice(br#"{"5":1}"#).unwrap();
    assert_eq!(json::to_string(&map).unwrap(), r#"{"1970-01-01T00:00:05Z":1}"#);
}

#[test]
fn converting_keeps_nanoseconds_where_the_target_has_them() {
    #[track_caller]
    fn check<T: Scalar + PartialEq + Debug>(text: &str) {
        let value: T = json::from_str(text).unwrap();
        assert_eq!(proofmark::convert::<T>(&value).unwrap(), value);
    }
    check::<Timestamp>(r#""2020-01-02T03:04:05.123456789Z""#);
    check::<civil::DateTime>(r#""2020-01-02T03:04:05.123456789""#);
    check::<civil::Time>(r#""03:04:05.123456789""#);
    check::<SignedDuration>(r#""PT0.123456789S""#);
    check::<Decimal>(r#""1.50""#);

    let instant: Timestamp = json::from_str(r#""2020-01-02T03:04:05.123456789Z""#).unwrap();
    let rounded: DateTime = proofmark::convert(&instant).unwrap();
    assert_eq!(rounded.to_string(), "2020-01-02T03:04:05.123457Z");
    let fault = proofmark::convert::<civil::DateTime>(&instant).unwrap_err();
    assert_eq!(fault.to_string(), "Expected `datetime` with no timezone component");
}

#[test]
fn a_fault_is_where_the_value_begins() {
    #[track_caller]
    fn check<T: Scalar + Debug>(text: &str) {
        let fault = json::from_str::<Vec<T>>(&format!("[ {text}]")).unwrap_err();
        assert_eq!((fault.offset(), fault.path().to_string().as_str()), (Some(2), "$[0]"), "{fault}");
        let value: Value = json::from_str(&format!("[{text}]")).unwrap();
        let fault = msgpack::from_slice::<Vec<T>>(&msgpack::to_vec(&value).unwrap()).unwrap_err();
        assert_eq!(fault.offset(), Some(1), "{fault}");
    }
    for text in [r#""x""#, "true"] {
        check::<DateTime>(text);
        check::<Timestamp>(text);
        check::<civil::DateTime>(text);
        check::<civil::Date>(text);
        check::<Time>(text);
        check::<civil::Time>(text);
        check::<TimeDelta>(text);
        check::<SignedDuration>(text);
        check::<std::time::Duration>(text);
        check::<Decimal>(text);
        check::<Uuid>(text);
    }
}

#[derive(Record, Clone, Debug, PartialEq)]
struct Visit {
    #[field(tz = true)]
    at: DateTime,
    #[field(tz = false, default)]
    local: Option<Time>,
    #[field(default = TimeDelta::default())]
    stay: TimeDelta,
}

#[test]
fn the_offset_can_be_required_or_refused() {
    let text = r#"{"at":"2020-01-02T03:04:05Z","local":"03:04:05"}"#;
    let visit: Visit = json::from_str(text).unwrap();
    assert_eq!(json::to_string(&visit).unwrap(), text);
    refuse::<Visit>(
        r#"{"at":"2020-01-02T03:04:05"}"#,
        "Expected `datetime` with a timezone component - at `$.at`",
    );
    refuse::<Visit>(
        r#"{"at":"2020-01-02T03:04:05Z","local":"03:04:05Z"}"#,
        "Expected `time` with no timezone component - at `$.local`",
    );
}

#[test]
fn decimals_of_hostile_length_are_refused() {
    let digits = "1".repeat(4_301);
    refuse::<Decimal>(&format!("\"{digits}\""), "Decimal has more than 4300 digits");
    let fault = json::from_str::<Decimal>(&digits).unwrap_err();
    assert_eq!(fault.to_string(), ScalarError::DecimalTooLong.to_string());
}
