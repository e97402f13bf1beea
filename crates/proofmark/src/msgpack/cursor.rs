//! The place in a MessagePack message that a reader has come to.

use crate::ascii;
use crate::error::{Detail, Error, Result};

/// What is left of the input, and the few ways of passing it.
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

    /// The next byte, which is not passed.
    #[inline(always)]
    pub(crate) fn peek(&self) -> Result<u8> {
        match self.rest {
            [byte, ..] => Ok(*byte),
            [] => Err(self.truncated()),
        }
    }

    /// Passes one byte.
    #[inline(always)]
    pub(crate) const fn bump(&mut self) {
        if let [_, rest @ ..] = self.rest {
            self.rest = rest;
        }
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

    /// Passes text of ASCII of less than 256 bytes, if that is what comes next.
    #[inline(always)]
    pub(crate) fn take_ascii(&mut self) -> Option<&'de str> {
        let (len, rest) = match self.rest {
            [first @ 0xA0..=0xBF, rest @ ..] => (usize::from(first & 0x1F), rest),
            [0xD9, len, rest @ ..] => (usize::from(*len), rest),
            _ => return None,
        };
        let (bytes, rest) = rest.split_at_checked(len)?;
        let text = ascii::text(bytes)?;
        self.rest = rest;
        Some(text)
    }

    /// Passes `N` bytes.
    #[inline(always)]
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        match self.rest.split_first_chunk::<N>() {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(*bytes)
            }
            None => Err(self.truncated()),
        }
    }

    /// Passes `len` bytes.
    #[inline(always)]
    pub(crate) fn take(&mut self, len: usize) -> Result<&'de [u8]> {
        match self.rest.split_at_checked(len) {
            Some((bytes, rest)) => {
                self.rest = rest;
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
