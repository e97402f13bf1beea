//! Two decimal digits at a time: what dates, times and offsets are made of.

/// The value of two ASCII digits.
#[inline]
pub(super) fn parse_pair(tens: u8, ones: u8) -> Option<i8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens < 10 && ones < 10 { Some((tens * 10 + ones) as i8) } else { None }
}

/// The two ASCII digits of `value`, which is at most 99.
#[inline]
pub(super) fn pair(value: u8) -> [u8; 2] {
    debug_assert!(value < 100, "two digits hold at most 99, not {value}");
    [b'0' + value / 10, b'0' + value % 10]
}

#[cfg(test)]
mod tests {
    use super::{pair, parse_pair};

    #[test]
    fn each_pair_reads_back() {
        for value in 0..100 {
            let [tens, ones] = pair(value);
            assert_eq!(parse_pair(tens, ones), Some(value as i8));
        }
    }

    #[test]
    fn only_ascii_digits_are_accepted() {
        for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
            assert_eq!(parse_pair(byte, b'0'), None, "{byte:#x}");
            assert_eq!(parse_pair(b'0', byte), None, "{byte:#x}");
        }
    }
}
