//! The place in JSON text that a reader has come to.

use super::scan;
use crate::error::{Detail, Error, Result};

/// What is left of the input, and the few ways of passing it.
///
/// Past the end [`Cursor::peek`] gives NUL, which no JSON token starts with.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'de> {
    input: &'de [u8],
    /// A tail of `input`.
    rest: &'de [u8],
}

impl<'de> Cursor<'de> {
    pub(crate) const fn new(input: &'de [u8]) -> Self {
        Self { input, rest: input }
    }

    #[inline(always)]
    pub(crate) const fn pos(&self) -> usize {
        self.input.len() - self.rest.len()
    }

    #[inline(always)]
    pub(crate) fn set_pos(&mut self, pos: usize) {
        self.rest = self.input.get(pos..).unwrap_or_default();
    }

    #[inline(always)]
    pub(crate) const fn input(&self) -> &'de [u8] {
        self.input
    }

    /// The bytes not yet read.
    #[inline(always)]
    pub(crate) const fn rest(&self) -> &'de [u8] {
        self.rest
    }

    /// Goes on at `rest`, a tail of what is left.
    #[inline(always)]
    pub(crate) const fn set_rest(&mut self, rest: &'de [u8]) {
        self.rest = rest;
    }

    /// The input from `start` up to here.
    #[inline(always)]
    pub(crate) fn since(&self, start: usize) -> &'de [u8] {
        self.input.get(start..self.pos()).unwrap_or_default()
    }

    #[inline(always)]
    pub(crate) const fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte, or NUL at the end.
    #[inline(always)]
    pub(crate) const fn peek(&self) -> u8 {
        if let [byte, ..] = self.rest { *byte } else { 0 }
    }

    /// Passes the next byte.
    #[inline(always)]
    pub(crate) const fn bump(&mut self) {
        if let [_, rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// Passes `count` bytes, or what is left.
    #[inline(always)]
    pub(crate) fn pass(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Passes `literal`, if it is next.
    #[inline(always)]
    pub(crate) fn eat(&mut self, literal: &[u8]) -> bool {
        match self.rest.strip_prefix(literal) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes `byte`, if it is next.
    #[inline(always)]
    pub(crate) fn eat_byte(&mut self, byte: u8) -> bool {
        self.eat_byte_after(0, byte)
    }

    /// Passes `count` bytes and `byte`, if it is what comes after them.
    #[inline(always)]
    pub(crate) fn eat_byte_after(&mut self, count: usize, byte: u8) -> bool {
        match self.rest.get(count..) {
            Some([found, rest @ ..]) if *found == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Passes blanks, tabs and line ends, and gives the byte after them.
    #[inline(always)]
    pub(crate) fn skip_space(&mut self) -> u8 {
        let byte = self.peek();
        if byte > b' ' { byte } else { self.skip_space_slow() }
    }

    #[inline(never)]
    fn skip_space_slow(&mut self) -> u8 {
        // One blank, as after a colon, is passed without looking further.
        if let [b' ', rest @ ..] = self.rest
            && rest.first() > Some(&b' ')
        {
            self.rest = rest;
        } else {
            self.pass(scan::blanks(self.rest));
        }
        self.peek()
    }

    /// The value of the decimal digits that are next, and how many there are; right for up to 19 digits.
    #[inline(always)]
    pub(crate) fn digits(&mut self) -> (u64, usize) {
        let (value, count) = leading_digits(self.rest);
        self.pass(count);
        (value, count)
    }

    /// "JSON is malformed" at the present byte, or "truncated" at the end of the input.
    #[cold]
    pub(crate) fn malformed(&self, what: &'static str) -> Error {
        if self.at_end() {
            Error::truncated().at_offset(self.pos())
        } else {
            self.malformed_at(self.pos(), what)
        }
    }

    #[cold]
    pub(crate) fn malformed_at(&self, offset: usize, what: &'static str) -> Error {
        Error::new(Detail::Malformed { format: "JSON", what: what.into() }).at_offset(offset)
    }

    /// Passes one of `true`, `false`, `null`, of which the first byte was seen.
    #[inline(always)]
    pub(crate) fn literal(&mut self, literal: &'static [u8]) -> Result<()> {
        if self.eat(literal) { Ok(()) } else { Err(self.broken_literal(literal)) }
    }

    #[cold]
    fn broken_literal(&mut self, literal: &'static [u8]) -> Error {
        if self.rest().len() < literal.len() {
            return Error::truncated().at_offset(self.input.len());
        }
        self.malformed_at(self.pos() + literal.len(), "invalid character")
    }
}

/// The value of the decimal digits that `bytes` starts with, and how many, if there are one to seven.
#[inline(always)]
pub(crate) const fn few_digits(bytes: &[u8]) -> Option<(u64, usize)> {
    match bytes.first_chunk::<8>() {
        Some(chunk) => match digits8(u64::from_le_bytes(*chunk)) {
            few @ (_, 1..=7) => Some(few),
            _ => None,
        },
        None => None,
    }
}

/// The value of the decimal digits that `bytes` starts with, and how many there are; right for up to 19 digits.
#[inline(always)]
pub(crate) fn leading_digits(bytes: &[u8]) -> (u64, usize) {
    match bytes.first_chunk::<16>().map(|chunk| chunk.as_chunks::<8>().0) {
        Some([first, second]) => match digits8(u64::from_le_bytes(*first)) {
            (value, 8) => match digits8(u64::from_le_bytes(*second)) {
                (_, 8) => more_digits(bytes, 0, 0),
                (low, count) => (value * POW10[count] + low, 8 + count),
            },
            few => few,
        },
        _ => more_digits(bytes, 0, 0),
    }
}

/// As [`leading_digits`], behind the first `count`, whose value is `value`.
#[inline(never)]
fn more_digits(bytes: &[u8], mut value: u64, mut count: usize) -> (u64, usize) {
    while let Some(chunk) = bytes.get(count..).and_then(<[u8]>::first_chunk::<8>) {
        let (chunk_value, chunk_count) = digits8(u64::from_le_bytes(*chunk));
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

const POW10: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// The value of the leading decimal digits among eight bytes, first byte lowest, and how many there are.
///
/// Johnny Lee's three multiplications; fewer than eight digits are shifted up so that zeros lead.
#[inline(always)]
const fn digits8(chunk: u64) -> (u64, usize) {
    let digits = chunk ^ 0x3030_3030_3030_3030;
    // A byte above 9 has its top bit set in one of the two.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    let count = others.trailing_zeros() as usize / 8;
    if count == 0 {
        return (0, 0);
    }
    let shifted = digits << (64 - 8 * count);
    let pairs = shifted.wrapping_mul(10).wrapping_add(shifted >> 8);
    let low = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    (low.wrapping_add(high) >> 32, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stop_at_the_first_other_byte() {
        for text in
            ["", "x", "7", "7,", "12345678", "123456789", "1234567:", "0000000019", "9999999999999999999x"]
        {
            let mut cursor = Cursor::new(text.as_bytes());
            let digits = text.split(|c: char| !c.is_ascii_digit()).next().unwrap();
            let expected = digits.parse().unwrap_or(0);
            assert_eq!(cursor.digits(), (expected, digits.len()), "{text}");
        }
    }
}
