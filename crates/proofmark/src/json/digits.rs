//! Whole numbers as decimal text, eight digits at a time.

use crate::buffer;

/// Eight digits hold the numbers below this.
const EIGHT: u64 = 100_000_000;

/// Appends `value` in decimal.
#[inline]
pub(crate) fn write_u64(out: &mut Vec<u8>, value: u64) {
    write_u64_after(out, &[], value);
}

/// Appends `key`, and `value` in decimal.
#[inline(always)]
pub(crate) fn write_u64_after(out: &mut Vec<u8>, key: &[u8], value: u64) {
    if value < EIGHT {
        return write_leading(out, key, value);
    }
    // Here its length is known, and copying it takes no call.
    out.extend_from_slice(key);
    write_long(out, value);
}

/// Appends a number of nine digits and more.
#[inline(never)]
fn write_long(out: &mut Vec<u8>, value: u64) {
    let (high, low) = (value / EIGHT, value % EIGHT);
    match high {
        // Identifiers of nine digits are common enough for a store of their own.
        ..10 => {
            let text = u128::from(b'0' as u64 + high) | u128::from(digits(low) | ZEROS) << 8;
            return buffer::put(out, &text.to_le_bytes(), 9);
        }
        10..EIGHT => write_leading(out, &[], high),
        EIGHT.. => {
            write_leading(out, &[], high / EIGHT);
            write_eight(out, high % EIGHT);
        }
    }
    write_eight(out, low);
}

/// Appends `value` in decimal.
#[inline]
pub(crate) fn write_i64(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    write_u64(out, value.unsigned_abs());
}

/// Appends `key`, and a number below 10⁸ without leading zeros.
#[inline(always)]
fn write_leading(out: &mut Vec<u8>, key: &[u8], value: u64) {
    let digits = digits(value);
    // A lone zero stays.
    let zeros = (digits.trailing_zeros() / 8).min(7);
    let text = (digits | ZEROS) >> (8 * zeros);
    buffer::put_after(out, key, &text.to_le_bytes(), 8 - zeros as usize);
}

/// Appends a number below 10⁸ as eight digits.
#[inline(always)]
fn write_eight(out: &mut Vec<u8>, value: u64) {
    buffer::put(out, &(digits(value) | ZEROS).to_le_bytes(), 8);
}

/// `00000000`
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The eight digits of a number below 10⁸, one in each byte, the first in the lowest.
///
/// Halves are split in all lanes at once, dividing by multiplication: first four and four digits, then pairs, then
/// single ones. Source: Paul Khuong, "How to print integers really fast", 2017.
#[inline(always)]
const fn digits(value: u64) -> u64 {
    let fours = (value / 10_000) | (value % 10_000) << 32;
    // Exact for lanes below 10⁴: 10486 = ⌈2²⁰ / 100⌉.
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let pairs = hundreds | (fours - 100 * hundreds) << 16;
    // Exact for lanes below 100: 103 = ⌈2¹⁰ / 10⌉.
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
    tens | (pairs - 10 * tens) << 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(value: u64) {
        let mut out = b"x".to_vec();
        write_u64(&mut out, value);
        assert_eq!(String::from_utf8(out).unwrap(), format!("x{value}"));
    }

    #[test]
    fn numbers_around_each_power_of_ten_are_written() {
        check(0);
        for exponent in 0..20 {
            let power = 10u64.pow(exponent);
            for value in [power - 1, power, power + 1, power + power / 8, power.saturating_mul(7)] {
                check(value);
            }
        }
        check(u64::MAX);
    }

    #[test]
    fn signed_numbers_are_written() {
        for value in [0, -1, 1, -9, 10, i64::MIN, i64::MAX] {
            let mut out = Vec::new();
            write_i64(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }

    #[test]
    fn all_pairs_of_four_digits_are_split_right() {
        for four in 0..10_000 {
            check(four);
            check(four * 10_000 + (9_999 - four));
        }
    }

    proptest! {
        #[test]
        fn any_number_is_written(value: u64, shift in 0..64u32) {
            check(value >> shift);
        }
    }
}
