//! The digits of a decimal.

use crate::scalar::ScalarError;

/// The most digits a [`Decimal`](super::Decimal) may have, leading zeros not counted: as many as Python lets
/// an integer have. Databases end at 76.
pub const COEFFICIENT_DIGITS_MAX: usize = 4_300;

/// A whole number of any length. Every number that fits 128 bits is `Small`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Coefficient {
    Small(u128),
    /// ASCII digits without leading zeros.
    Large(Box<str>),
}

impl Coefficient {
    pub(super) const ZERO: Coefficient = Coefficient::Small(0);

    /// Reads ASCII digits, which go on from `head` to `tail`. No digits at all are zero.
    pub(super) fn parse(head: &[u8], tail: &[u8]) -> Result<Coefficient, ScalarError> {
        let digits = || head.iter().chain(tail);
        let add = |value: u128, byte: &u8| value.checked_mul(10)?.checked_add(u128::from(byte - b'0'));
        if let Some(value) = digits().try_fold(0, add) {
            return Ok(Coefficient::Small(value));
        }
        let digits: String =
            digits().skip_while(|byte| **byte == b'0').map(|byte| char::from(*byte)).collect();
        if digits.len() > COEFFICIENT_DIGITS_MAX {
            return Err(ScalarError::DecimalTooLong);
        }
        Ok(Coefficient::Large(digits.into()))
    }

    /// The digits, at least one.
    pub(super) fn digits<'a>(&'a self, buffer: &'a mut itoa::Buffer) -> &'a str {
        match self {
            Coefficient::Small(value) => buffer.format(*value),
            Coefficient::Large(digits) => digits,
        }
    }

    pub(super) const fn is_zero(&self) -> bool {
        matches!(self, Coefficient::Small(0))
    }
}

#[cfg(test)]
mod tests {
    use super::{COEFFICIENT_DIGITS_MAX, Coefficient};
    use crate::scalar::ScalarError;

    #[test]
    fn numbers_of_128_bits_are_small() {
        let max = u128::MAX.to_string();
        assert_eq!(Coefficient::parse(max.as_bytes(), b""), Ok(Coefficient::Small(u128::MAX)));
        assert_eq!(Coefficient::parse(b"000", max.as_bytes()), Ok(Coefficient::Small(u128::MAX)));
        let above = "340282366920938463463374607431768211456";
        assert_eq!(Coefficient::parse(b"0", above.as_bytes()), Ok(Coefficient::Large(above.into())));
        assert_eq!(Coefficient::parse(b"", b""), Ok(Coefficient::ZERO));
    }

    #[test]
    fn the_number_of_digits_is_limited() {
        for (length, accepted) in [
            (COEFFICIENT_DIGITS_MAX - 1, true),
            (COEFFICIENT_DIGITS_MAX, true),
            (COEFFICIENT_DIGITS_MAX + 1, false),
        ] {
            let digits = vec![b'7'; length];
            let parsed = Coefficient::parse(b"0000", &digits);
            assert_eq!(parsed.is_ok(), accepted, "{length}");
            assert!(accepted || parsed == Err(ScalarError::DecimalTooLong));
        }
        assert_eq!(Coefficient::parse(&[b'0'; 10_000], b"1"), Ok(Coefficient::Small(1)));
    }
}
