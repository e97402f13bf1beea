use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;

use super::duration;
use super::error::ScalarError;
use super::fraction::Precision;

/// A span of time in microseconds, at most 999,999,999 days: Python's `timedelta`.
///
/// For nanoseconds use [`jiff::SignedDuration`] or [`std::time::Duration`].
///
/// # Examples
/// ```
/// use proofmark::scalar::TimeDelta;
/// let delta = TimeDelta::parse(b"P1DT1.5H")?;
/// assert_eq!(delta.to_string(), "P1DT5400S");
/// assert!(TimeDelta::parse(b"P1M").is_err());
/// # Ok::<(), proofmark::scalar::ScalarError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeDelta(SignedDuration);

impl TimeDelta {
    /// Builds a span, rounded half up, away from zero, to microseconds.
    ///
    /// # Errors
    /// Fails outside -999,999,999 days to 999,999,999 days, 23:59:59.999999.
    pub fn new(duration: SignedDuration) -> Result<TimeDelta, ScalarError> {
        duration::round(duration).map(TimeDelta)
    }

    /// The span as a duration.
    pub const fn as_duration(self) -> SignedDuration {
        self.0
    }

    /// Reads an ISO 8601 duration of days, hours, minutes and seconds. Units and `T` may be in lower case, a
    /// sign may lead, and the last amount may have a fraction, which is rounded half up to microseconds.
    ///
    /// # Errors
    /// Fails when `text` is anything else, has years, months or weeks, or is out of range.
    pub fn parse(text: &[u8]) -> Result<TimeDelta, ScalarError> {
        duration::parse(text, Precision::Microseconds).map(TimeDelta)
    }

    /// Appends the text form: days, and seconds with the fraction they need.
    pub fn write(self, out: &mut Vec<u8>) {
        duration::write(self.0, out);
    }
}

impl From<TimeDelta> for SignedDuration {
    fn from(delta: TimeDelta) -> SignedDuration {
        delta.0
    }
}

impl TryFrom<SignedDuration> for TimeDelta {
    type Error = ScalarError;

    fn try_from(duration: SignedDuration) -> Result<TimeDelta, ScalarError> {
        TimeDelta::new(duration)
    }
}

impl fmt::Display for TimeDelta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(32);
        self.write(&mut out);
        f.pad(&String::from_utf8_lossy(&out))
    }
}

impl FromStr for TimeDelta {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<TimeDelta, ScalarError> {
        TimeDelta::parse(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::TimeDelta;
    use crate::scalar::ScalarError;

    #[test]
    fn a_built_span_is_rounded_and_checked() {
        for (nanos, micros) in [(499, 0), (500, 1), (-499, 0), (-500, -1), (1_500, 2), (-1_500, -2)] {
            let delta = TimeDelta::new(SignedDuration::from_nanos(nanos)).unwrap();
            assert_eq!(delta.as_duration().as_micros(), micros, "{nanos}");
        }
        for duration in
            [SignedDuration::MIN, SignedDuration::MAX, SignedDuration::from_hours(24 * 1_000_000_000)]
        {
            assert_eq!(TimeDelta::new(duration), Err(ScalarError::DurationOutOfRange), "{duration}");
        }
    }

    proptest! {
        #[test]
        fn every_span_reads_back(micros in any::<i64>()) {
            let delta = TimeDelta::new(SignedDuration::from_micros(micros)).unwrap();
            prop_assert_eq!(delta.to_string().parse(), Ok(delta));
        }
    }
}
