//! Passing over a value that nobody asked for, with the same checks as reading it.

use super::{cursor::Cursor, number, string};
use crate::{
    Limits,
    error::{Detail, Error, Result},
};

/// Passes one value. Containers are kept on a stack of bits, so depth costs no stack.
pub(crate) fn skip(cursor: &mut Cursor<'_>, depth_left: u32, limits: &Limits) -> Result<()> {
    let mut open = Vec::new();
    loop {
        match cursor.skip_space() {
            b'"' => {
                cursor.bump();
                string::skip(cursor)?;
            }
            b'{' => {
                enter(&mut open, true, depth_left, cursor, limits)?;
                cursor.bump();
                if cursor.skip_space() != b'}' {
                    skip_key(cursor)?;
                    continue;
                }
                cursor.bump();
                open.pop();
            }
            b'[' => {
                enter(&mut open, false, depth_left, cursor, limits)?;
                cursor.bump();
                if cursor.skip_space() != b']' {
                    continue;
                }
                cursor.bump();
                open.pop();
            }
            b't' => cursor.literal(b"true")?,
            b'f' => cursor.literal(b"false")?,
            b'n' => cursor.literal(b"null")?,
            b'-' | b'0'..=b'9' => {
                number::scan(cursor)?;
            }
            _ => return Err(cursor.malformed("invalid character")),
        }
        if !leave(cursor, &mut open)? {
            return Ok(());
        }
    }
}

/// After a value: closes what closes here, and tells whether another value follows.
fn leave(cursor: &mut Cursor<'_>, open: &mut Vec<bool>) -> Result<bool> {
    while let Some(&object) = open.last() {
        match (cursor.skip_space(), object) {
            (b',', true) => {
                cursor.bump();
                if cursor.skip_space() == b'}' {
                    return Err(cursor.malformed("trailing comma in object"));
                }
                skip_key(cursor)?;
                return Ok(true);
            }
            (b',', false) => {
                cursor.bump();
                if cursor.skip_space() == b']' {
                    return Err(cursor.malformed("trailing comma in array"));
                }
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

fn enter(
    open: &mut Vec<bool>,
    object: bool,
    depth_left: u32,
    cursor: &Cursor<'_>,
    limits: &Limits,
) -> Result<()> {
    if open.len() >= depth_left as usize {
        return Err(too_deep(limits, cursor.pos()));
    }
    open.push(object);
    Ok(())
}

/// The error for nesting beyond the limit.
#[cold]
pub(crate) fn too_deep(limits: &Limits, offset: usize) -> Error {
    let text = format!("Nesting is deeper than {} levels", limits.depth_max);
    Error::new(Detail::Limit(text)).at_offset(offset)
}
