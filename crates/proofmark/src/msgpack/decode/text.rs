//! Text.

use std::borrow::Cow;

use super::Reader;
use crate::{
    Kind, Kinds,
    error::{Detail, Error, Result},
    msgpack::header::{self, Header},
};

impl<'de> Reader<'de> {
    /// Text that is long, or has letters beyond ASCII.
    #[inline(never)]
    pub(super) fn str_slow(&mut self) -> Result<Cow<'de, str>> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Str(len) => self.text(len).map(Cow::Borrowed),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Str)))
            }
        }
    }

    #[inline(always)]
    pub(super) fn text(&mut self, len: usize) -> Result<&'de str> {
        let offset = self.cursor.pos();
        check_utf8(self.cursor.take(len)?, offset)
    }
}

/// The text of `bytes`, which stand at `offset`.
#[inline(always)]
pub(crate) fn check_utf8(bytes: &[u8], offset: usize) -> Result<&str> {
    // The standard library is ahead on the short strings that records are made of.
    if bytes.len() < 24
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(text);
    }
    simdutf8::compat::from_utf8(bytes)
        .map_err(|error| Error::new(Detail::Utf8).at_offset(offset + error.valid_up_to()))
}
