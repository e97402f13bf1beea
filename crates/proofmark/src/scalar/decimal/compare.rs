//! Equality, order and hash of decimals, by value.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{Coefficient, Decimal, Kind};

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers by value, with the infinities at their ends; then NaN, then signaling NaN.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        with_key(self, |own| with_key(other, |other| own.cmp(other)))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        with_key(self, |key| key.hash(state));
    }
}

/// What two equal decimals have in common. The derived order is the order of decimals.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key<'a> {
    NegativeInfinity,
    Negative(std::cmp::Reverse<Magnitude<'a>>),
    Zero,
    Positive(Magnitude<'a>),
    Infinity,
    Nan { signaling: bool, negative: bool, length: usize, payload: &'a str },
}

/// 0.`digits` × 10^`exponent`: no zeros at either end, so that digits compare as text.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Magnitude<'a> {
    exponent: i64,
    digits: &'a str,
}

fn with_key<T>(decimal: &Decimal, then: impl FnOnce(&Key<'_>) -> T) -> T {
    let mut buffer = itoa::Buffer::new();
    let negative = decimal.negative;
    then(&match &decimal.kind {
        Kind::Infinity if negative => Key::NegativeInfinity,
        Kind::Infinity => Key::Infinity,
        Kind::Finite { coefficient, .. } if coefficient.is_zero() => Key::Zero,
        Kind::Finite { coefficient, exponent } => {
            let magnitude = magnitude(coefficient, *exponent, &mut buffer);
            if negative { Key::Negative(std::cmp::Reverse(magnitude)) } else { Key::Positive(magnitude) }
        }
        Kind::Nan { signaling, payload } => {
            let payload = payload.digits(&mut buffer);
            Key::Nan { signaling: *signaling, negative, length: payload.len(), payload }
        }
    })
}

fn magnitude<'a>(coefficient: &'a Coefficient, exponent: i64, buffer: &'a mut itoa::Buffer) -> Magnitude<'a> {
    let digits = coefficient.digits(buffer);
    Magnitude { exponent: exponent + digits.len() as i64, digits: digits.trim_end_matches('0') }
}

#[cfg(test)]
mod tests {
    use std::collections::hash_map::RandomState;
    use std::hash::BuildHasher;

    use proptest::prelude::*;

    use crate::scalar::Decimal;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn equal_values_are_equal_and_hash_alike() {
        let hasher = RandomState::new();
        for (a, b) in [
            ("1", "1.000"),
            ("100", "1E+2"),
            ("0", "-0.00E+5"),
            ("NaN", "nan000"),
            ("-sNaN7", "-sNaN07"),
            ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456.0"),
            ("1000000000000000000000000000000000000000000", "1E+42"),
        ] {
            assert_eq!(decimal(a), decimal(b));
            assert_eq!(hasher.hash_one(decimal(a)), hasher.hash_one(decimal(b)), "{a} {b}");
        }
    }

    #[test]
    fn values_are_ordered() {
        let sorted = [
            "-Infinity",
            "-1E+400",
            "-340282366920938463463374607431768211457",
            "-10.5",
            "-10",
            "-9.99",
            "-1E-400",
            "0",
            "1E-1999999999999999997",
            "1E-400",
            "0.09",
            "0.1",
            "0.11",
            "2",
            "10",
            "340282366920938463463374607431768211455",
            "340282366920938463463374607431768211456",
            "1E+400",
            "Infinity",
            "NaN",
            "NaN9",
            "NaN10",
            "-NaN",
            "sNaN",
        ]
        .map(decimal);
        assert!(sorted.is_sorted_by(|a, b| a < b), "{sorted:?}");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(
            a in -2_000_000i64..2_000_000, b in -2_000_000i64..2_000_000, scale in 0..9i8,
        ) {
            let shifted = Decimal::from_scaled(i128::from(b) * 10i128.pow(scale as u32), scale);
            prop_assert_eq!(Decimal::from(a).cmp(&shifted), a.cmp(&b));
        }

        #[test]
        fn floats_and_decimals_agree(a in any::<f64>(), b in any::<f64>()) {
            prop_assume!(!a.is_nan() && !b.is_nan());
            prop_assert_eq!(Some(Decimal::from_f64(a).cmp(&Decimal::from_f64(b))), a.partial_cmp(&b));
        }
    }
}
