//! How much data to write.

use std::fmt;
use std::str::FromStr;

/// At 0.001 there are ten suppliers; below it some queries have no row to find.
const SCALE_MIN: f64 = 0.001;

/// At 1000 there are six thousand million lines, some 250 GB of Parquet: more is a slip of the finger.
const SCALE_MAX: f64 = 1000.0;

/// The scale factor of TPC-H, within the bounds above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale(f64);

impl Scale {
    pub(crate) fn factor(self) -> f64 {
        self.0
    }
}

impl FromStr for Scale {
    type Err = OutOfBounds;

    fn from_str(text: &str) -> Result<Self, OutOfBounds> {
        let factor: f64 = text.parse().map_err(|_| OutOfBounds)?;
        // A NaN is in no range.
        if (SCALE_MIN..=SCALE_MAX).contains(&factor) { Ok(Scale(factor)) } else { Err(OutOfBounds) }
    }
}

/// The text is not a number, or one that no sensible data set has.
#[derive(Debug, PartialEq)]
pub(crate) struct OutOfBounds;

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a number from {SCALE_MIN} to {SCALE_MAX}")
    }
}

impl std::error::Error for OutOfBounds {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<f64, &str>) {
        let found = text.parse::<Scale>().map(Scale::factor).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{text}");
    }

    const REFUSED: Result<f64, &str> = Err("expected a number from 0.001 to 1000");

    #[test]
    fn number_within_the_bounds_is_taken() {
        check("0.001", Ok(0.001));
        check("0.1", Ok(0.1));
        check("1", Ok(1.0));
        check("1000", Ok(1000.0));
    }

    #[test]
    fn number_just_outside_the_bounds_is_refused() {
        check("0.000999", REFUSED);
        check("1000.001", REFUSED);
    }

    #[test]
    fn number_that_is_no_size_is_refused() {
        for text in ["0", "-0", "-1", "nan", "-nan", "inf", "-inf", "1e300", "1e-300"] {
            check(text, REFUSED);
        }
    }

    #[test]
    fn text_that_is_no_number_is_refused() {
        for text in ["", " 1", "1 ", "one", "0,1", "1e", "0x1"] {
            check(text, REFUSED);
        }
    }
}
