//! Where arrays and maps begin.

use super::Reader;
use crate::{
    Kind, Kinds,
    error::Result,
    msgpack::header::{self, Header},
};

impl<'de> Reader<'de> {
    #[inline(always)]
    pub(super) fn enter(&mut self, len: usize, offset: usize) -> Result<usize> {
        if self.depth_left == 0 {
            return Err(self.limits.too_deep().at_offset(offset));
        }
        if len > self.limits.collection_len_max {
            return Err(self.limits.too_long().at_offset(offset));
        }
        self.depth_left -= 1;
        Ok(len)
    }

    /// Whether a container of up to fifteen may be entered, as far as can be told at a glance.
    #[inline(always)]
    pub(super) fn may_enter_short(&self) -> bool {
        self.depth_left > 0 && self.limits.collection_len_max >= 15
    }

    /// Enters a container whose header ends where `rest` begins.
    #[inline(always)]
    pub(super) fn enter_short(&mut self, rest: &'de [u8]) {
        self.depth_left -= 1;
        self.cursor.set_rest(rest);
    }

    /// Enters a sequence, which may be long, or refuses what is none.
    #[inline(never)]
    pub(super) fn long_seq(&mut self) -> Result<usize> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Array(len) => self.enter(len, start),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Array)))
            }
        }
    }

    /// Enters a map, which may be long, or refuses what is none.
    #[inline(never)]
    pub(super) fn long_map(&mut self) -> Result<usize> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Map(len) => self.enter(len, start),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Object)))
            }
        }
    }
}
