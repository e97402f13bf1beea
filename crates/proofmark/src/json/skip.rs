//! Passing over a value that nobody asked for, with the same checks as reading it.

use super::{cursor::Cursor, number, string};
use crate::{Limits, error::Result, limits::Room};

/// A container that was entered.
pub(super) struct Open {
    pub(super) is_object: bool,
    room: Room,
}

impl Open {
    pub(super) fn new(is_object: bool, limits: &Limits) -> Self {
        Self { is_object, room: Room::new(limits) }
    }

    /// Counts the element or entry that is next.
    #[inline(always)]
    pub(super) fn count(&mut self, cursor: &Cursor<'_>, limits: &Limits) -> Result<()> {
        self.room.take(limits, cursor.pos())
    }
}

/// Passes one value, and tells how many levels it has. Containers are kept on a stack of their own, so depth costs no
/// stack.
pub(crate) fn skip(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<u32> {
    let mut open = Vec::new();
    let mut levels = 0;
    loop {
        let is_closed = match cursor.skip_space() {
            b'"' => {
                cursor.bump();
                string::skip(cursor)?;
                true
            }
            first @ (b'{' | b'[') => {
                levels = levels.max(open.len() + 1);
                enter(cursor, &mut open, first == b'{', depth_left, limits)?
            }
            b't' => cursor.literal(b"true").map(|()| true)?,
            b'f' => cursor.literal(b"false").map(|()| true)?,
            b'n' => cursor.literal(b"null").map(|()| true)?,
            b'-' | b'0'..=b'9' => number::scan(cursor).map(|_| true)?,
            _ => return Err(cursor.malformed("invalid character")),
        };
        if is_closed && !leave(cursor, &mut open, limits)? {
            return Ok(levels as u32);
        }
    }
}

/// Opens a container, up to its first value; tells whether it was empty and so is closed.
#[inline]
fn enter(
    cursor: &mut Cursor<'_>,
    open: &mut Vec<Open>,
    is_object: bool,
    depth_left: u32,
    limits: &Limits,
) -> Result<bool> {
    if open.len() >= depth_left as usize {
        return Err(limits.too_deep().at_offset(cursor.pos()));
    }
    cursor.bump();
    if cursor.skip_space() == if is_object { b'}' } else { b']' } {
        cursor.bump();
        return Ok(true);
    }
    let mut container = Open::new(is_object, limits);
    container.count(cursor, limits)?;
    open.push(container);
    if is_object {
        skip_key(cursor)?;
    }
    Ok(false)
}

/// After a value: closes what closes here, and tells whether another value follows.
fn leave(cursor: &mut Cursor<'_>, open: &mut Vec<Open>, limits: &Limits) -> Result<bool> {
    while let Some(container) = open.last_mut() {
        match (cursor.skip_space(), container.is_object) {
            (b',', true) => {
                cursor.bump();
                if cursor.skip_space() == b'}' {
                    return Err(cursor.malformed("trailing comma in object"));
                }
                container.count(cursor, limits)?;
                skip_key(cursor)?;
                return Ok(true);
            }
            (b',', false) => {
                cursor.bump();
                if cursor.skip_space() == b']' {
                    return Err(cursor.malformed("trailing comma in array"));
                }
                container.count(cursor, limits)?;
                return Ok(true);
            }
            (b'}', true) | (b']', false) => {
                cursor.bump();
                open.pop();
            }
            (_, true) => return Err(cursor.malformed("expected ',' or '}'")),
            (_, false) => return Err(cursor.malformed("expected ',' or ']'")),
        }
    }
    Ok(false)
}

fn skip_key(cursor: &mut Cursor<'_>) -> Result<()> {
    if cursor.peek() != b'"' {
        return Err(cursor.malformed("object keys must be strings"));
    }
    cursor.bump();
    string::skip(cursor)?;
    if cursor.skip_space() != b':' {
        return Err(cursor.malformed("expected ':'"));
    }
    cursor.bump();
    Ok(())
}
