//! The float nearest to a decimal.
//!
//! Clinger's way where both parts are floats themselves, else the one of Eisel and Lemire: one multiplication by a power
//! of five of 128 bits. Sources: D. Lemire, "Number Parsing at a Gigabyte per Second" (Software: Practice and Experience
//! 51, 2021); N. Mushtak and D. Lemire, "Fast Number Parsing Without Fallback" (the same, 53, 2023), which proves that
//! what is computed here is always right. Fewer powers than theirs, because long exponents are read elsewhere.

/// Digits behind the point that [`nearest`] can take.
pub(crate) const PLACES_MAX: usize = 27;

/// `digits` over ten to the power of `places`, rounded to the nearest float, and to the even one between two.
///
/// More than [`PLACES_MAX`] places are taken as that many.
#[inline(always)]
pub(crate) fn nearest(digits: u64, places: usize) -> f64 {
    match EXACT.get(places) {
        // Both are exact, and division rounds once.
        Some(power) if digits <= DIGITS_EXACT => digits as f64 / power,
        _ => rounded(digits, places),
    }
}

/// Up to here every integer is a float.
const DIGITS_EXACT: u64 = 1 << 53;

/// The powers of ten that are floats.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

#[inline(always)]
fn rounded(digits: u64, places: usize) -> f64 {
    if digits == 0 {
        return 0.0;
    }
    let places = places.min(PLACES_MAX);
    let leading = digits.leading_zeros();
    let (high, low) = product(digits << leading, RECIPROCALS[places]);
    let upper = (high >> 63) as u32;
    let shift = upper + 64 - MANTISSA_BITS - 3;
    let mut mantissa = high >> shift;
    // Half way between two floats, which a division by more than 5⁴ never is.
    if low <= 1 && places <= 4 && mantissa & 3 == 1 && mantissa << shift == high {
        mantissa &= !1;
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1;
    let exponent = BINARY_EXPONENTS[places] + i64::from(upper) - i64::from(leading);
    // The leading bit of the mantissa counts one up in the exponent, and so does a carry out of it.
    f64::from_bits(((exponent as u64) << MANTISSA_BITS) + mantissa)
}

const MANTISSA_BITS: u32 = 52;

/// The upper 128 of the 192 bits of `digits` times a power, as far as they matter.
#[inline(always)]
fn product(digits: u64, (high, low): (u64, u64)) -> (u64, u64) {
    let first = u128::from(digits) * u128::from(high);
    // The lower half of the power can only matter where all bits below the mantissa's are set.
    if (first >> 64) as u64 & 0x1FF != 0x1FF {
        return ((first >> 64) as u64, first as u64);
    }
    let sum = first + ((u128::from(digits) * u128::from(low)) >> 64);
    ((sum >> 64) as u64, sum as u64)
}

/// The reciprocals of the powers of five, rounded up, as 128 bits of which the first is set.
static RECIPROCALS: [(u64, u64); PLACES_MAX + 1] = {
    let mut reciprocals = [(1 << 63, 0); PLACES_MAX + 1];
    let (mut power, mut idx) = (5, 1);
    while idx <= PLACES_MAX {
        let reciprocal = quotient(bits(power) + 127, power) + 1;
        reciprocals[idx] = ((reciprocal >> 64) as u64, reciprocal as u64);
        power *= 5;
        idx += 1;
    }
    reciprocals
};

/// The biased binary exponent of ten to the power of minus `places`, one less for the mantissa's leading bit.
static BINARY_EXPONENTS: [i64; PLACES_MAX + 1] = {
    let mut exponents = [0; PLACES_MAX + 1];
    let mut idx = 0;
    while idx <= PLACES_MAX {
        // The logarithm of ten to the base of two in 16 bits behind the point.
        exponents[idx] = ((idx as i64 * -217_706) >> 16) + 63 + 1023 - 1;
        idx += 1;
    }
    exponents
};

/// How many bits `value` has.
const fn bits(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}

/// Two to the power of `exponent` over `divisor`, rounded down.
const fn quotient(exponent: u32, divisor: u128) -> u128 {
    let (mut quotient, mut remainder, mut left) = (0, 1, exponent);
    while left > 0 {
        remainder <<= 1;
        quotient <<= 1;
        if remainder >= divisor {
            remainder -= divisor;
            quotient |= 1;
        }
        left -= 1;
    }
    quotient
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(digits: u64, places: usize) {
        let text = format!("{digits}e-{places}");
        let expected: f64 = text.parse().unwrap();
        assert_eq!(nearest(digits, places).to_bits(), expected.to_bits(), "{text}");
        assert_eq!(rounded(digits, places).to_bits(), expected.to_bits(), "{text}");
    }

    #[test]
    fn powers_and_their_neighbours_are_rounded_right() {
        for places in 0..=PLACES_MAX {
            for shift in 0..64 {
                for off in [0_u64, 1, 2, 3, u64::MAX, u64::MAX - 1] {
                    check((1_u64 << shift).wrapping_add(off), places);
                    check((u64::MAX >> shift).wrapping_add(off), places);
                }
            }
            for power in 0..20 {
                for off in [0_u64, 1, u64::MAX] {
                    check(10_u64.pow(power).wrapping_add(off), places);
                }
            }
        }
    }

    /// Exact ties need a divisor that divides the digits: multiples of powers of five around halves of floats.
    #[test]
    fn ties_go_to_the_even_float() {
        for places in 0..=8_usize {
            let five = 5_u64.pow(places as u32);
            for mantissa in [1 << 53, (1 << 53) + 1, (1 << 54) - 1, (1 << 53) + 4_503_599_627_370_497] {
                let Some(digits) = u64::checked_mul(2 * mantissa + 1, five) else { continue };
                for off in [0_u64, 1, u64::MAX] {
                    check(digits.wrapping_add(off), places);
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn all_decimals_are_rounded_right(digits: u64, shift in 0..64_u32, places in 0..=PLACES_MAX) {
            check(digits >> shift, places);
        }

        #[test]
        fn shortest_texts_read_back(value in 1e-5..1e7_f64) {
            let text = format!("{value}");
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            if let Ok(digits) = format!("{whole}{fraction}").parse() {
                prop_assert_eq!(nearest(digits, fraction.len()).to_bits(), value.to_bits());
            }
        }
    }
}
