//! The place in JSON text that a reader has come to.

use crate::error::{Detail, Error, Result};

/// A position in the input, and the few ways of moving it.
///
/// `pos <= input.len()` always; past the end [`Cursor::peek`] gives NUL, which no JSON token starts with.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'de> {
    input: &'de [u8],
    pos: usize,
}

impl<'de> Cursor<'de> {
    pub(crate) const fn new(input: &'de [u8]) -> Self {
        Self { input, pos: 0 }
    }

    #[inline(always)]
    pub(crate) const fn pos(&self) -> usize {
        self.pos
    }

    #[inline(always)]
    pub(crate) const fn set_pos(&mut self, pos: usize) {
        self.pos = if pos < self.input.len() { pos } else { self.input.len() };
    }

    #[inline(always)]
    pub(crate) const fn input(&self) -> &'de [u8] {
        self.input
    }

    /// The bytes not yet read.
    #[inline(always)]
    pub(crate) fn rest(&self) -> &'de [u8] {
        self.input.get(self.pos..).unwrap_or_default()
    }

    /// The input from `start` up to here.
    #[inline(always)]
    pub(crate) fn since(&self, start: usize) -> &'de [u8] {
        self.input.get(start..self.pos).unwrap_or_default()
    }

    #[inline(always)]
    pub(crate) const fn at_end(&self) -> bool {
        self.pos >= self.input.len()
    }

    /// The next byte, or NUL at the end.
    #[inline(always)]
    pub(crate) const fn peek(&self) -> u8 {
        if self.pos < self.input.len() { self.input[self.pos] } else { 0 }
    }

    /// Passes the next byte.
    #[inline(always)]
    pub(crate) const fn bump(&mut self) {
        self.set_pos(self.pos + 1);
    }

    /// Passes `literal`, if it is next.
    #[inline(always)]
    pub(crate) fn eat(&mut self, literal: &[u8]) -> bool {
        let matches = self.rest().starts_with(literal);
        if matches {
            self.pos += literal.len();
        }
        matches
    }

    /// Passes `byte`, if it is next.
    #[inline(always)]
    pub(crate) const fn eat_byte(&mut self, byte: u8) -> bool {
        let matches = self.pos < self.input.len() && self.input[self.pos] == byte;
        if matches {
            self.pos += 1;
        }
        matches
    }

    /// Passes blanks, tabs and line ends, and gives the byte after them.
    #[inline(always)]
    pub(crate) fn skip_space(&mut self) -> u8 {
        let byte = self.peek();
        if byte > b' ' { byte } else { self.skip_space_slow() }
    }

    #[inline(never)]
    fn skip_space_slow(&mut self) -> u8 {
        let space =
            self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.pos += space;
        self.peek()
    }

    /// The value of the decimal digits that are next, and how many there are; right for up to 19 digits.
    #[inline(always)]
    pub(crate) fn digits(&mut self) -> (u64, usize) {
        let start = self.pos;
        let mut value = 0u64;
        while let Some(chunk) = self.rest().first_chunk::<8>() {
            let (chunk_value, count) = digits8(u64::from_le_bytes(*chunk));
            self.pos += count;
            value = value.wrapping_mul(POW10[count]).wrapping_add(chunk_value);
            if count < 8 {
                return (value, self.pos - start);
            }
        }
        while let digit @ 0..=9 = self.peek().wrapping_sub(b'0') {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            self.pos += 1;
        }
        (value, self.pos - start)
    }

    /// "JSON is malformed" at the present byte, or "truncated" at the end of the input.
    #[cold]
    pub(crate) fn malformed(&self, what: &'static str) -> Error {
        if self.at_end() { Error::truncated().at_offset(self.pos) } else { self.malformed_at(self.pos, what) }
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
        self.malformed_at(self.pos + literal.len(), "invalid character")
    }
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
