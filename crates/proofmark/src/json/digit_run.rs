//! The decimal digits that text starts with, eight at a time.

/// The powers of ten that 64 bits hold.
pub(crate) const POW10: [u64; 20] = {
    let mut powers = [1; 20];
    let mut idx = 1;
    while idx < powers.len() {
        powers[idx] = powers[idx - 1] * 10;
        idx += 1;
    }
    powers
};

/// The value of the decimal digits that `bytes` starts with, and how many, if there are one to fifteen and not the last
/// bytes of all.
#[inline(always)]
pub(crate) fn few_digits(bytes: &[u8]) -> Option<(u64, usize)> {
    match in_two_words(bytes.first_chunk()?) {
        few @ (_, 1..=15) => Some(few),
        _ => None,
    }
}

/// The value of the decimal digits that `bytes` starts with, and how many there are; right for up to 19 digits.
#[inline(always)]
pub(crate) fn leading_digits(bytes: &[u8]) -> (u64, usize) {
    match few_digits(bytes) {
        Some(few) => few,
        None => more_digits(bytes, 0, 0),
    }
}

/// As [`leading_digits`], behind the first `count`, whose value is `value`.
#[inline(never)]
fn more_digits(bytes: &[u8], mut value: u64, mut count: usize) -> (u64, usize) {
    while let Some(chunk) = bytes.get(count..).and_then(<[u8]>::first_chunk::<8>) {
        let (chunk_value, chunk_count) = in_word(chunk);
        count += chunk_count;
        value = value.wrapping_mul(POW10[chunk_count]).wrapping_add(chunk_value);
        if chunk_count < 8 {
            return (value, count);
        }
    }
    while let Some(digit @ 0..=9) = bytes.get(count).map(|byte| byte.wrapping_sub(b'0')) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        count += 1;
    }
    (value, count)
}

/// How many decimal digits `bytes` starts with.
#[inline(always)]
pub(crate) fn count(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        let count = count_in_word(u64::from_le_bytes(*chunk));
        if count < 8 {
            return bytes.len() - rest.len() + count;
        }
        rest = after;
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The value of the leading decimal digits among sixteen bytes, and how many there are.
#[inline(always)]
pub(crate) const fn in_two_words(bytes: &[u8; 16]) -> (u64, usize) {
    let [first, second] = bytes.as_chunks::<8>().0 else { return (0, 0) };
    match in_word(first) {
        (high, 8) => {
            let (low, count) = in_word(second);
            (high * POW10[count] + low, 8 + count)
        }
        few => few,
    }
}

/// The value of the leading decimal digits among eight bytes, and how many there are.
///
/// Johnny Lee's three multiplications; fewer than eight digits are shifted up so that zeros lead.
#[inline(always)]
pub(crate) const fn in_word(bytes: &[u8; 8]) -> (u64, usize) {
    let word = u64::from_le_bytes(*bytes);
    let count = count_in_word(word);
    if count == 0 {
        return (0, 0);
    }
    let shifted = (word ^ ZEROS) << (64 - 8 * count);
    let pairs = shifted.wrapping_mul(10).wrapping_add(shifted >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    (low.wrapping_add(high) >> 32, count)
}

const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

/// How many decimal digits lead among eight bytes, of which the first is lowest.
#[inline(always)]
const fn count_in_word(word: u64) -> usize {
    let digits = word ^ ZEROS;
    // A byte above 9 has its top bit set in one of the two.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    others.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let digits = text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let expected = (digits.parse().unwrap_or(0), digits.len());
        let bytes = text.as_bytes();
        assert_eq!(leading_digits(bytes), expected, "{text}");
        assert_eq!(count(bytes), digits.len(), "{text}");
        let few = few_digits(bytes);
        assert_eq!(few, few.and(Some(expected)), "{text}");
        assert_eq!(few.is_some(), bytes.len() >= 16 && matches!(digits.len(), 1..=15), "{text}");
    }

    #[test]
    fn digits_stop_at_the_first_other_byte() {
        for digits in
            ["", "0", "7", "1234567", "12345678", "123456789", "0000000000000019", "9999999999999999999"]
        {
            for end in ["", "x", ":", "/", ",", "\u{0}", ":::::::::::::::::::", "x123456789012345678"] {
                check(&format!("{digits}{end}"));
            }
        }
    }

    #[test]
    fn all_other_bytes_end_digits() {
        for byte in (0..=0x7F).filter(|byte: &u8| !byte.is_ascii_digit()) {
            for place in 0..16 {
                let mut bytes = *b"1234567890123456789";
                bytes[place] = byte;
                check(std::str::from_utf8(&bytes).unwrap());
            }
        }
    }
}
