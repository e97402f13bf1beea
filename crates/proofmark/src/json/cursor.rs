//! The place in JSON text that a reader has come to.

use super::{digit_run::leading_digits, scan};
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

    /// Passes one blank, as people put one after a colon.
    #[inline(always)]
    pub(crate) const fn pass_blank(&mut self) {
        if let [b' ', rest @ ..] = self.rest {
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
        match scan::after_indent(self.rest) {
            rest @ [byte, ..] if *byte > b' ' => {
                self.rest = rest;
                *byte
            }
            _ => self.skip_any_space(),
        }
    }

    #[inline(never)]
    fn skip_any_space(&mut self) -> u8 {
        self.rest = scan::after_blanks(self.rest);
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
