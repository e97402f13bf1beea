//! The types of `chrono`.

use std::fmt::Debug;

use ::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use proofmark::{Decode, Encode, json, msgpack};

/// Reads JSON text, writes it back in both formats, and compares.
#[track_caller]
fn check<T: Encode + for<'de> Decode<'de> + PartialEq + Debug>(text: &str, written: &str) {
    let value: T = json::from_str(text).unwrap();
    assert_eq!(json::to_string(&value).unwrap(), written);
    assert_eq!(json::from_str::<T>(written).unwrap(), value);
    assert_eq!(msgpack::from_slice::<T>(&msgpack::to_vec(&value).unwrap()).unwrap(), value);
}

#[track_caller]
fn refuse<T: Encode + for<'de> Decode<'de> + Debug>(text: &str, message: &str) {
    assert_eq!(json::from_str::<T>(text).unwrap_err().to_string(), message);
}

#[test]
fn values_are_read_and_written() {
    check::<DateTime<Utc>>(r#""2020-01-02T04:04:05+01:00""#, r#""2020-01-02T03:04:05Z""#);
    check::<DateTime<Utc>>(r#""9999-12-31T23:59:59Z""#, r#""9999-12-31T23:59:59Z""#);
    check::<DateTime<FixedOffset>>(
        r#""2020-01-02T03:04:05.123456789+05:30""#,
        r#""2020-01-02T03:04:05.123456789+05:30""#,
    );
    check::<NaiveDateTime>(r#""2020-01-02 03:04:05.5""#, r#""2020-01-02T03:04:05.500000""#);
    check::<NaiveDate>(r#""2020-01-02""#, r#""2020-01-02""#);
    check::<NaiveTime>(r#""03:04:05.000000001""#, r#""03:04:05.000000001""#);
    check::<TimeDelta>(r#""-P1DT1H""#, r#""-P1DT3600S""#);
    check::<TimeDelta>(r#""-PT0.000000001S""#, r#""-PT0.000000001S""#);
}

#[test]
fn anything_else_is_refused() {
    refuse::<DateTime<Utc>>(r#""2020-01-02T03:04:05""#, "Expected `datetime` with a timezone component");
    refuse::<NaiveDateTime>(r#""2020-01-02T03:04:05Z""#, "Expected `datetime` with no timezone component");
    refuse::<NaiveTime>(r#""03:04:05Z""#, "Expected `time` with no timezone component");
    refuse::<NaiveDate>("1", "Expected `date`, got `int`");
    refuse::<TimeDelta>(
        r#""P1M""#,
        "Only units 'D', 'H', 'M', and 'S' are supported when parsing ISO8601 durations",
    );
}

#[test]
fn what_has_no_text_cannot_be_written() {
    let far = NaiveDate::from_ymd_opt(12_000, 1, 1).unwrap();
    assert_eq!(json::to_vec(&far).unwrap_err().to_string(), "Year is out of range");
    assert_eq!(json::to_vec(&NaiveDate::MIN).unwrap_err().to_string(), "Year is out of range");
    assert_eq!(json::to_vec(&DateTime::<Utc>::MAX_UTC).unwrap_err().to_string(), "Year is out of range");
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_000_000_000).unwrap();
    assert_eq!(json::to_vec(&leap).unwrap_err().to_string(), "Invalid RFC3339 encoded time");
    assert_eq!(json::to_vec(&TimeDelta::MAX).unwrap_err().to_string(), "Duration is out of range");
}
