//! JSON strings: finding their end, escapes in, escapes out.

use std::borrow::Cow;

use super::{cursor::Cursor, scan};
use crate::error::{Detail, Error, Result};

/// Reads a string whose opening quote was passed; borrows it where it holds no escape.
#[inline]
pub(crate) fn read<'de>(cursor: &mut Cursor<'de>) -> Result<Cow<'de, str>> {
    let start = cursor.pos();
    let ascii = scan_plain(cursor);
    if cursor.peek() == b'"' {
        let text = checked(cursor, start, ascii)?;
        cursor.bump();
        return Ok(Cow::Borrowed(text));
    }
    read_escaped(cursor, start).map(Cow::Owned)
}

/// Moves to the first quote, backslash or control byte, or to the end; tells whether all before it was ASCII.
#[inline(always)]
fn scan_plain(cursor: &mut Cursor<'_>) -> bool {
    let (count, ascii) = scan::plain(cursor.rest());
    cursor.set_pos(cursor.pos() + count);
    ascii
}

#[inline(always)]
fn checked<'de>(cursor: &Cursor<'de>, start: usize, ascii: bool) -> Result<&'de str> {
    let bytes = cursor.since(start);
    if ascii && let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text);
    }
    simdutf8::compat::from_utf8(bytes).map_err(|error| invalid_utf8(cursor, start, error))
}

#[cold]
fn invalid_utf8(cursor: &Cursor<'_>, start: usize, error: simdutf8::compat::Utf8Error) -> Error {
    // A character that lacks its last bytes where the input ends is cut, and not wrong.
    if error.error_len().is_none() && cursor.at_end() {
        return Error::truncated().at_offset(cursor.pos());
    }
    Error::new(Detail::Utf8).at_offset(start + error.valid_up_to())
}

/// Reads on from the first byte that is not plain.
#[inline(never)]
fn read_escaped(cursor: &mut Cursor<'_>, mut start: usize) -> Result<String> {
    let mut text = String::new();
    let mut ascii = false;
    loop {
        text.push_str(checked(cursor, start, ascii)?);
        match cursor.peek() {
            b'"' => {
                cursor.bump();
                return Ok(text);
            }
            b'\\' => {
                cursor.bump();
                text.push(read_escape(cursor)?);
            }
            _ => return Err(cursor.malformed("invalid character")),
        }
        start = cursor.pos();
        ascii = scan_plain(cursor);
    }
}

/// Reads one escape whose backslash was passed.
fn read_escape(cursor: &mut Cursor<'_>) -> Result<char> {
    let letter = cursor.peek();
    let plain = match letter {
        b'"' | b'\\' | b'/' => letter as char,
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            cursor.bump();
            return read_unicode(cursor);
        }
        _ if cursor.at_end() => return Err(cursor.malformed("")),
        _ => return Err(cursor.malformed_at(cursor.pos() + 1, "invalid escape character in string")),
    };
    cursor.bump();
    Ok(plain)
}

/// Reads the digits after `\u`, and the second half of a surrogate pair.
fn read_unicode(cursor: &mut Cursor<'_>) -> Result<char> {
    const LONE: &str = "invalid utf-16 surrogate pair";
    let first = read_hex4(cursor)?;
    if !(0xD800..0xE000).contains(&first) {
        return char::from_u32(first).ok_or_else(|| cursor.malformed_at(cursor.pos(), LONE));
    }
    if first >= 0xDC00 {
        return Err(cursor.malformed_at(cursor.pos(), LONE));
    }
    if cursor.rest().len() < 6 {
        return Err(Error::truncated().at_offset(cursor.input().len()));
    }
    if !cursor.eat(b"\\u") {
        return Err(cursor.malformed_at(cursor.pos(), "unexpected end of escaped utf-16 surrogate pair"));
    }
    let second = read_hex4(cursor)?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err(cursor.malformed_at(cursor.pos(), LONE));
    }
    let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(code).ok_or_else(|| cursor.malformed_at(cursor.pos(), LONE))
}

fn read_hex4(cursor: &mut Cursor<'_>) -> Result<u32> {
    if cursor.rest().len() < 4 {
        return Err(Error::truncated().at_offset(cursor.input().len()));
    }
    let mut code = 0;
    for _ in 0..4 {
        let Some(digit) = (cursor.peek() as char).to_digit(16) else {
            return Err(cursor.malformed_at(cursor.pos() + 1, "invalid character in unicode escape"));
        };
        code = code << 4 | digit;
        cursor.bump();
    }
    Ok(code)
}

/// Passes a string whose opening quote was passed, checking escapes and UTF-8.
#[inline]
pub(crate) fn skip(cursor: &mut Cursor<'_>) -> Result<()> {
    let mut start = cursor.pos();
    loop {
        let ascii = scan_plain(cursor);
        if !ascii {
            checked(cursor, start, ascii)?;
        }
        match cursor.peek() {
            b'"' => {
                cursor.bump();
                return Ok(());
            }
            b'\\' => {
                cursor.bump();
                read_escape(cursor)?;
            }
            _ => return Err(cursor.malformed("invalid character")),
        }
        start = cursor.pos();
    }
}

/// Appends `text` in quotes.
#[inline]
pub(crate) fn write(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut rest = bytes;
    loop {
        let (plain, special) = rest.split_at(scan::plain(rest).0);
        out.extend_from_slice(plain);
        let Some((&byte, after)) = special.split_first() else { break };
        write_escape(out, byte);
        rest = after;
    }
    out.push(b'"');
}

#[cold]
fn write_escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0C => b'f',
        b'\r' => b'r',
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}
