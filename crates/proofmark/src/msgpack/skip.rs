//! Passing over a value that nobody asked for, with the same checks as reading it.

use super::{
    cursor::Cursor,
    decode::check_utf8,
    header::{self, Header},
};
use crate::{Limits, error::Result};

/// Passes a number, a boolean, null or a short text of ASCII, if that is what comes next.
#[inline(always)]
pub(crate) fn scalar(cursor: &mut Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let Some(first) = rest.first() else { return false };
    let len = usize::from(SCALARS[usize::from(*first)]);
    if len == 0 {
        return cursor.take_ascii().is_some();
    }
    match rest.get(len..) {
        Some(rest) => {
            cursor.set_rest(rest);
            true
        }
        None => false,
    }
}

/// How many bytes a number, boolean or null takes, by its first byte; 0 for all else.
static SCALARS: [u8; 256] = scalars();

const fn scalars() -> [u8; 256] {
    let mut lens = [0; 256];
    let mut first = 0;
    while first < lens.len() {
        lens[first] = match first {
            0x00..=0x7F | 0xC0 | 0xC2 | 0xC3 | 0xE0..=0xFF => 1,
            0xCC | 0xD0 => 2,
            0xCD | 0xD1 => 3,
            0xCA | 0xCE | 0xD2 => 5,
            0xCB | 0xCF | 0xD3 => 9,
            _ => 0,
        };
        first += 1;
    }
    lens
}

/// Passes one value, and tells how many levels it has. Containers are counted on a stack of their own, so depth costs no
/// stack.
pub(crate) fn skip(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<u32> {
    let mut open = Open::new();
    let mut levels = 0;
    loop {
        if !scalar(cursor) {
            let offset = cursor.pos();
            if let Some(values) = other(cursor, limits, offset)? {
                open.enter(values, depth_left, limits, offset)?;
                levels = levels.max(open.len);
                // An empty container is a value like any other; a full one is followed by its first.
                if values > 0 {
                    continue;
                }
                open.leave();
            }
        }
        if !open.count_value() {
            return Ok(levels as u32);
        }
    }
}

/// Passes what is not a [`scalar`]; of a container its header only, giving the number of values in it.
#[inline(never)]
fn other(cursor: &mut Cursor<'_>, limits: &Limits, offset: usize) -> Result<Option<usize>> {
    match header::read(cursor)? {
        Header::Str(len) => check_utf8(cursor.take(len)?, cursor.pos() - len).map(|_| None),
        Header::Bin(len) | Header::Ext { len, .. } => cursor.take(len).map(|_| None),
        Header::Array(len) | Header::Map(len) if len > limits.collection_len_max => {
            Err(limits.too_long().at_offset(offset))
        }
        Header::Array(len) => Ok(Some(len)),
        Header::Map(len) => Ok(Some(len.saturating_mul(2))),
        _ => Ok(None),
    }
}

/// How many values are left in each container that is open.
struct Open {
    /// The outer ones: most nesting ends before memory has to be asked for.
    first: [usize; Self::FIRST],
    more: Vec<usize>,
    len: usize,
}

impl Open {
    const FIRST: usize = 8;

    fn new() -> Self {
        Self { first: [0; Self::FIRST], more: Vec::new(), len: 0 }
    }

    fn enter(&mut self, values: usize, depth_left: u32, limits: &Limits, offset: usize) -> Result<()> {
        if self.len >= depth_left as usize {
            return Err(limits.too_deep().at_offset(offset));
        }
        match self.first.get_mut(self.len) {
            Some(place) => *place = values,
            None => self.more.push(values),
        }
        self.len += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.more.pop();
        self.len = self.len.saturating_sub(1);
    }

    fn innermost(&mut self) -> Option<&mut usize> {
        match self.more.last_mut() {
            Some(left) => Some(left),
            None => self.first.get_mut(self.len.checked_sub(1)?),
        }
    }

    /// Counts a value that was passed, closes what closes with it, and tells whether another one follows.
    #[inline(always)]
    fn count_value(&mut self) -> bool {
        while let Some(left) = self.innermost() {
            *left -= 1;
            if *left > 0 {
                return true;
            }
            self.leave();
        }
        false
    }
}
