//! The place in a MessagePack message that a reader has come to.

use crate::error::{Detail, Error, Result};

/// A position in the input, and the few ways of moving it.
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

    /// The next byte, which is not passed.
    #[inline(always)]
    pub(crate) fn peek(&self) -> Result<u8> {
        match self.input.get(self.pos) {
            Some(&byte) => Ok(byte),
            None => Err(self.truncated()),
        }
    }

    /// Passes one byte.
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

    /// Passes `N` bytes.
    #[inline(always)]
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        match self.rest().first_chunk::<N>() {
            Some(bytes) => {
                self.pos += N;
                Ok(*bytes)
            }
            None => Err(self.truncated()),
        }
    }

    /// Passes `len` bytes.
    #[inline(always)]
    pub(crate) fn take(&mut self, len: usize) -> Result<&'de [u8]> {
        match self.rest().get(..len) {
            Some(bytes) => {
                self.pos += len;
                Ok(bytes)
            }
            None => Err(self.truncated()),
        }
    }

    #[cold]
    pub(crate) fn truncated(&self) -> Error {
        Error::truncated().at_offset(self.input.len())
    }

    #[cold]
    pub(crate) fn malformed_at(
        &self,
        offset: usize,
        what: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Error {
        Error::new(Detail::Malformed { format: "MessagePack data", what: what.into() }).at_offset(offset)
    }
}
