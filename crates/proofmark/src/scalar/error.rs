use std::fmt;

/// Why a scalar's text or number could not be read.
///
/// The wording is part of the contract: both codecs and `convert` report these sentences, followed by the
/// path.
///
/// # Examples
/// ```
/// use proofmark::scalar::{DateTime, ScalarError};
/// let error = DateTime::parse(b"yesterday").unwrap_err();
/// assert_eq!(error, ScalarError::InvalidDateTime);
/// assert_eq!(error.to_string(), "Invalid RFC3339 encoded datetime");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScalarError {
    /// Not a date and time in the accepted form.
    InvalidDateTime,
    /// Not a `YYYY-MM-DD` date.
    InvalidDate,
    /// Not an `HH:MM:SS` time.
    InvalidTime,
    /// A date and time without UTC offset where an instant is needed.
    DateTimeWithoutOffset,
    /// A date and time with a UTC offset where none is allowed.
    DateTimeWithOffset,
    /// A time with a UTC offset where none is allowed.
    TimeWithOffset,
    /// A year outside 1 to 9999, which the text form cannot hold.
    YearOutOfRange,
    /// A UTC offset of a day or more.
    OffsetOutOfRange,
    /// Not an ISO 8601 duration.
    InvalidDuration,
    /// An ISO 8601 duration in years, months or weeks.
    UnsupportedDurationUnit,
    /// A duration of more than 999,999,999 days, or one the target type cannot hold.
    DurationOutOfRange,
    /// A number of seconds that is not finite.
    InvalidEpoch,
    /// An instant outside the years 1 to 9999.
    TimestampOutOfRange,
    /// A MessagePack timestamp that is not 4, 8 or 12 bytes long.
    InvalidTimestampExt,
    /// A MessagePack timestamp with a second or more of nanoseconds.
    TimestampNanosecondsOutOfRange,
    /// Not a UUID of 32 hexadecimal digits, with or without the four hyphens.
    InvalidUuid,
    /// Not 16 bytes.
    InvalidUuidBytes,
    /// Not a decimal number, or one with an exponent no decimal can have.
    InvalidDecimal,
    /// A decimal with more digits than [`COEFFICIENT_DIGITS_MAX`](super::COEFFICIENT_DIGITS_MAX).
    DecimalTooLong,
    /// Not standard base64 with padding.
    InvalidBase64,
    /// Not a JSON number.
    InvalidNumber,
    /// A number too large for a 64-bit float.
    NumberOutOfRange,
}

impl ScalarError {
    /// The sentence that `Display` writes.
    pub const fn message(self) -> &'static str {
        match self {
            Self::InvalidDateTime => "Invalid RFC3339 encoded datetime",
            Self::InvalidDate => "Invalid RFC3339 encoded date",
            Self::InvalidTime => "Invalid RFC3339 encoded time",
            Self::DateTimeWithoutOffset => "Expected `datetime` with a timezone component",
            Self::DateTimeWithOffset => "Expected `datetime` with no timezone component",
            Self::TimeWithOffset => "Expected `time` with no timezone component",
            Self::YearOutOfRange => "Year is out of range",
            Self::OffsetOutOfRange => "UTC offset is out of range",
            Self::InvalidDuration => "Invalid ISO8601 duration",
            Self::UnsupportedDurationUnit => {
                "Only units 'D', 'H', 'M', and 'S' are supported when parsing ISO8601 durations"
            }
            Self::DurationOutOfRange => "Duration is out of range",
            Self::InvalidEpoch => "Invalid epoch timestamp",
            // The space at the end is msgspec's; one set of recorded errors checks both libraries.
            Self::TimestampOutOfRange => "Timestamp is out of range ",
            Self::InvalidTimestampExt => "Invalid MessagePack timestamp",
            Self::TimestampNanosecondsOutOfRange => "Invalid MessagePack timestamp: nanoseconds out of range",
            Self::InvalidUuid => "Invalid UUID",
            Self::InvalidUuidBytes => "Invalid UUID bytes",
            Self::InvalidDecimal => "Invalid decimal string",
            Self::DecimalTooLong => "Decimal has more than 4300 digits",
            Self::InvalidBase64 => "Invalid base64 encoded string",
            Self::InvalidNumber => "Invalid number",
            Self::NumberOutOfRange => "Number out of range",
        }
    }
}

impl fmt::Display for ScalarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for ScalarError {}
