//! Passing over a value that nobody asked for, with the same checks as reading it.

use super::{
    cursor::Cursor,
    decode::check_utf8,
    header::{self, Header},
};
use crate::{Limits, error::Result};

/// Passes one value, and tells how many levels it has. Containers are counted on a stack of their own, so depth costs no
/// stack.
pub(crate) fn skip(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<u32> {
    let mut open: Vec<usize> = Vec::new();
    let mut levels = 0;
    loop {
        let offset = cursor.pos();
        let values = match header::read(cursor)? {
            Header::Str(len) => {
                check_utf8(cursor.take(len)?, cursor.pos() - len)?;
                0
            }
            Header::Bin(len) | Header::Ext { len, .. } => {
                cursor.take(len)?;
                0
            }
            Header::Array(len) => {
                enter(&open, len, depth_left, limits, offset)?;
                open.push(len);
                levels = levels.max(open.len());
                len
            }
            Header::Map(len) => {
                enter(&open, len, depth_left, limits, offset)?;
                open.push(len.saturating_mul(2));
                levels = levels.max(open.len());
                len
            }
            _ => 0,
        };
        if values == 0 && !leave(&mut open) {
            return Ok(levels as u32);
        }
    }
}

fn enter(open: &[usize], len: usize, depth_left: u32, limits: &Limits, offset: usize) -> Result<()> {
    if open.len() >= depth_left as usize {
        return Err(limits.too_deep().at_offset(offset));
    }
    if len > limits.collection_len_max {
        return Err(limits.too_long().at_offset(offset));
    }
    Ok(())
}

/// After a value: closes what closes here, and tells whether another value follows.
fn leave(open: &mut Vec<usize>) -> bool {
    // A container that was just opened empty counts itself out like any other value.
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        if *left > 0 {
            return true;
        }
        open.pop();
    }
    false
}
