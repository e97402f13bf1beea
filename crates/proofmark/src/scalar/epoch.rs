//! Seconds since 1970: numbers in lenient mode, and MessagePack's timestamp extension.

use std::ops::Deref;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};

use super::error::ScalarError;
use super::fraction::{self, Precision};
use super::number::{self, Number};

/// `0001-01-01T00:00:00Z`.
const SECOND_MIN: i64 = -62_135_596_800;
/// `9999-12-31T23:59:59Z`. msgspec allows one second more here and then fails inside Python.
const SECOND_MAX: i64 = 253_402_300_799;
const UNIX_EPOCH: civil::DateTime = civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// An instant: whole seconds since 1970, rounded down, and the nanoseconds from there on.
///
/// Any second is possible; the conversions check the range of their target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Epoch {
    second: i64,
    /// Less than a whole second.
    nanosecond: u32,
}

impl Epoch {
    /// A whole number of seconds.
    pub(crate) const fn from_second(second: i64) -> Epoch {
        Epoch { second, nanosecond: 0 }
    }

    /// A number of seconds; what is finer than a nanosecond is cut off toward zero.
    pub(crate) fn from_f64(seconds: f64) -> Result<Epoch, ScalarError> {
        if !seconds.is_finite() {
            return Err(ScalarError::InvalidEpoch);
        }
        let whole = seconds.trunc();
        // Casts saturate, and what is out of range stays so: the conversions refuse it.
        let (second, nanosecond) = (whole as i64, ((seconds - whole) * 1e9) as i32);
        Ok(match u32::try_from(nanosecond) {
            Ok(nanosecond) => Epoch { second, nanosecond },
            Err(_) => Epoch {
                second: second.saturating_sub(1),
                nanosecond: fraction::SECOND - nanosecond.unsigned_abs(),
            },
        })
    }

    /// A number of seconds of either form.
    pub(crate) fn from_number(seconds: Number) -> Result<Epoch, ScalarError> {
        match seconds {
            // What 64 bits cannot hold is out of range, and so is the nearest they can.
            Number::Integer { negative, magnitude } => {
                Ok(Epoch::from_second(number::saturate(negative, magnitude)))
            }
            Number::Float(seconds) => Epoch::from_f64(seconds),
        }
    }

    /// Reads the payload of extension type -1: 4, 8 or 12 bytes.
    pub(crate) fn from_payload(payload: &[u8]) -> Result<Epoch, ScalarError> {
        let epoch = if let Ok(bytes) = payload.try_into() {
            Epoch::from_second(i64::from(u32::from_be_bytes(bytes)))
        } else if let Ok(bytes) = payload.try_into() {
            let packed = u64::from_be_bytes(bytes);
            // The upper 30 bits are nanoseconds, the lower 34 seconds: neither cast cuts anything off.
            Epoch { second: (packed & SECOND_34_BITS) as i64, nanosecond: (packed >> 34) as u32 }
        } else if let Some((nanosecond, second)) = payload.split_first_chunk()
            && let Ok(second) = second.try_into()
        {
            Epoch { second: i64::from_be_bytes(second), nanosecond: u32::from_be_bytes(*nanosecond) }
        } else {
            return Err(ScalarError::InvalidTimestampExt);
        };
        let in_range = epoch.nanosecond < fraction::SECOND;
        if in_range { Ok(epoch) } else { Err(ScalarError::TimestampNanosecondsOutOfRange) }
    }

    /// The shortest payload of extension type -1 that holds the instant.
    pub(crate) fn payload(self) -> Payload {
        let mut payload = Payload { bytes: [0; 12], length: 0 };
        match (u64::try_from(self.second), self.nanosecond) {
            (Ok(second), 0) if second <= u64::from(u32::MAX) => payload.push(&(second as u32).to_be_bytes()),
            (Ok(second), nanosecond) if second <= SECOND_34_BITS => {
                payload.push(&(u64::from(nanosecond) << 34 | second).to_be_bytes());
            }
            (_, nanosecond) => {
                payload.push(&nanosecond.to_be_bytes());
                payload.push(&self.second.to_be_bytes());
            }
        }
        payload
    }

    /// The instant of a local time. It may be a year early or late of 1 to 9999, and is refused there.
    pub(crate) fn from_civil(civil: civil::DateTime, offset: Offset) -> Result<Epoch, ScalarError> {
        let local = civil.duration_since(UNIX_EPOCH);
        let epoch = Epoch::from_duration(local - SignedDuration::from_secs(i64::from(offset.seconds())));
        epoch.check_range()?;
        Ok(epoch)
    }

    /// The date and time in UTC.
    pub(crate) fn to_civil(self) -> Result<civil::DateTime, ScalarError> {
        self.check_range()?;
        let since = SignedDuration::new(self.second, self.nanosecond as i32);
        UNIX_EPOCH.checked_add(since).map_err(|_| ScalarError::TimestampOutOfRange)
    }

    /// The instant of a timestamp.
    pub(crate) fn from_timestamp(timestamp: Timestamp) -> Epoch {
        Epoch::from_duration(timestamp.as_duration())
    }

    /// The timestamp, if its year is in 1 to 9999 and `jiff` has it.
    pub(crate) fn to_timestamp(self) -> Result<Timestamp, ScalarError> {
        self.check_range()?;
        Timestamp::new(self.second, self.nanosecond as i32).map_err(|_| ScalarError::TimestampOutOfRange)
    }

    /// Rounds half up.
    pub(crate) fn round(self, precision: Precision) -> Result<Epoch, ScalarError> {
        match precision.round(self.nanosecond) {
            fraction::SECOND => {
                let second = self.second.checked_add(1).ok_or(ScalarError::TimestampOutOfRange)?;
                Ok(Epoch { second, nanosecond: 0 })
            }
            nanosecond => Ok(Epoch { nanosecond, ..self }),
        }
    }

    /// Accepts the years 1 to 9999.
    pub(crate) fn check_range(self) -> Result<(), ScalarError> {
        let in_range = (SECOND_MIN..=SECOND_MAX).contains(&self.second);
        if in_range { Ok(()) } else { Err(ScalarError::TimestampOutOfRange) }
    }

    fn from_duration(since: SignedDuration) -> Epoch {
        let (second, nanosecond) = (since.as_secs(), since.subsec_nanos());
        match u32::try_from(nanosecond) {
            Ok(nanosecond) => Epoch { second, nanosecond },
            Err(_) => Epoch { second: second - 1, nanosecond: fraction::SECOND - nanosecond.unsigned_abs() },
        }
    }
}

/// The seconds that fit beside 30 bits of nanoseconds.
const SECOND_34_BITS: u64 = (1 << 34) - 1;

/// The 4, 8 or 12 bytes of a MessagePack timestamp.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payload {
    bytes: [u8; 12],
    length: usize,
}

impl Payload {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes[self.length..][..bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Epoch, SECOND_34_BITS, SECOND_MAX, SECOND_MIN};
    use crate::scalar::{DateTime, ScalarError};

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// Reads a payload as a date and time, and as nanoseconds.
    #[track_caller]
    fn check(hex: &str, expected: Result<&str, ScalarError>) {
        let value = Epoch::from_payload(&bytes(hex)).and_then(DateTime::from_epoch);
        assert_eq!(value.map(|value| value.to_string()), expected.map(str::to_string), "{hex}");
    }

    #[test]
    fn payloads_of_three_lengths_are_read() {
        check("00000001", Ok("1970-01-01T00:00:01Z"));
        check("ffffffff", Ok("2106-02-07T06:28:15Z"));
        check("773594005e0d5da5", Ok("2020-01-02T03:04:05.500000Z"));
        check("00000003ffffffff", Ok("2514-05-30T01:53:03Z"));
        check("00000000ffffffffffffffff", Ok("1969-12-31T23:59:59Z"));
        check("3b9ac9fffffffff1886e08ff", Err(ScalarError::TimestampOutOfRange));
        check("000001f4fffffff1886e0900", Ok("0001-01-01T00:00:00.000001Z"));
        check("000000000000003afff4417f", Ok("9999-12-31T23:59:59Z"));
    }

    #[test]
    fn nanoseconds_round_half_up_to_microseconds() {
        check("000007cc00000000", Ok("1970-01-01T00:00:00Z"));
        check("000007d000000001", Ok("1970-01-01T00:00:01.000001Z"));
        check("0000177000000000", Ok("1970-01-01T00:00:00.000002Z"));
        check("ee6b27fc00000000", Ok("1970-01-01T00:00:01Z"));
        check("3b9ac9ffffffffffffffffff", Ok("1970-01-01T00:00:00Z"));
    }

    #[test]
    fn bad_payloads_are_refused() {
        for hex in ["", "00", "000000", "0000000000", "0000000000000000000000", "00000000000000000000000000"]
        {
            check(hex, Err(ScalarError::InvalidTimestampExt));
        }
        for hex in
            ["ee6b280000000000", "fffffffffc000000", "3b9aca000000000000000000", "ffffffff8000000000000000"]
        {
            check(hex, Err(ScalarError::TimestampNanosecondsOutOfRange));
        }
    }

    #[test]
    fn years_outside_1_to_9999_are_refused() {
        for hex in [
            "00000000fffffff1886e08ff",
            "000000000000003afff44180",
            "000000007fffffffffffffff",
            "3b9ac9ff7fffffffffffffff",
            "000001f48000000000000000",
            "3b9ac9ff0000003afff4417f",
        ] {
            check(hex, Err(ScalarError::TimestampOutOfRange));
        }
    }

    #[test]
    fn the_shortest_payload_is_written() {
        for (text, hex) in [
            ("1970-01-01T00:00:00Z", "00000000"),
            ("2106-02-07T06:28:15Z", "ffffffff"),
            ("2106-02-07T06:28:16Z", "0000000100000000"),
            ("2020-01-02T03:04:05.000060Z", "0003a9805e0d5da5"),
            ("2514-05-30T01:53:03.999999Z", "ee6b1863ffffffff"),
            ("2514-05-30T01:53:04Z", "000000000000000400000000"),
            ("1969-12-31T23:59:59.999999Z", "3b9ac618ffffffffffffffff"),
            ("0001-01-01T00:00:00Z", "00000000fffffff1886e0900"),
            ("2020-01-02T03:04:05.6+05:30", "8f0d18005e0d104d"),
        ] {
            let epoch = DateTime::parse(text.as_bytes()).unwrap().to_epoch().unwrap();
            assert_eq!(*epoch.payload(), bytes(hex), "{text}");
        }
    }

    #[test]
    fn offsets_may_lead_out_of_range() {
        for text in ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"] {
            let value = DateTime::parse(text.as_bytes()).unwrap();
            assert_eq!(value.to_epoch(), Err(ScalarError::TimestampOutOfRange), "{text}");
        }
    }

    #[test]
    fn floats_are_cut_to_nanoseconds_and_rounded_to_microseconds() {
        for (seconds, expected) in [
            (0.0, Ok("1970-01-01T00:00:00Z")),
            (-0.0, Ok("1970-01-01T00:00:00Z")),
            (1.5, Ok("1970-01-01T00:00:01.500000Z")),
            (-2.5, Ok("1969-12-31T23:59:57.500000Z")),
            (0.0000005, Ok("1970-01-01T00:00:00.000001Z")),
            (0.0000004, Ok("1970-01-01T00:00:00Z")),
            (1.0000015, Ok("1970-01-01T00:00:01.000001Z")),
            (-0.0000015, Ok("1969-12-31T23:59:59.999999Z")),
            (253_402_300_799.0, Ok("9999-12-31T23:59:59Z")),
            (253_402_300_800.0, Err(ScalarError::TimestampOutOfRange)),
            (-62_135_596_800.0, Ok("0001-01-01T00:00:00Z")),
            (-62_135_596_800.5, Err(ScalarError::TimestampOutOfRange)),
            (1e308, Err(ScalarError::TimestampOutOfRange)),
            (-1e308, Err(ScalarError::TimestampOutOfRange)),
            (f64::NAN, Err(ScalarError::InvalidEpoch)),
            (f64::INFINITY, Err(ScalarError::InvalidEpoch)),
            (f64::NEG_INFINITY, Err(ScalarError::InvalidEpoch)),
        ] {
            let value = Epoch::from_f64(seconds).and_then(DateTime::from_epoch);
            assert_eq!(value.map(|value| value.to_string()), expected.map(str::to_string), "{seconds}");
        }
    }

    #[test]
    fn whole_seconds_have_the_same_range() {
        for (second, accepted) in [
            (SECOND_MIN - 1, false),
            (SECOND_MIN, true),
            (SECOND_MAX, true),
            (SECOND_MAX + 1, false),
            (i64::MIN, false),
            (i64::MAX, false),
        ] {
            assert_eq!(DateTime::from_epoch(Epoch::from_second(second)).is_ok(), accepted, "{second}");
        }
    }

    proptest! {
        #[test]
        fn every_payload_reads_back(
            second in prop_oneof![any::<i64>(), 0..=SECOND_34_BITS as i64, 0..=i64::from(u32::MAX)],
            nanosecond in prop_oneof![0..1u32, 0..1_000_000_000u32],
        ) {
            let epoch = Epoch { second, nanosecond };
            prop_assert_eq!(Epoch::from_payload(&epoch.payload()), Ok(epoch));
        }

        #[test]
        fn no_payload_or_float_panics(
            payload in proptest::collection::vec(any::<u8>(), 0..16), seconds in any::<f64>(),
        ) {
            let _ = Epoch::from_payload(&payload).and_then(DateTime::from_epoch);
            let _ = Epoch::from_f64(seconds).and_then(DateTime::from_epoch);
        }
    }
}
