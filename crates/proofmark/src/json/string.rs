//! JSON strings: finding their end, escapes in, escapes out.

use std::borrow::Cow;

use super::{
    cursor::Cursor,
    scan::{self, Run},
};
use crate::{
    buffer,
    error::{Detail, Error, Result},
};

/// Reads a string whose opening quote was passed; borrows it where it holds no escape.
#[inline]
pub(crate) fn read<'de>(cursor: &mut Cursor<'de>) -> Result<Cow<'de, str>> {
    let start = cursor.pos();
    let run = scan::plain(cursor.rest());
    if cursor.eat_byte_after(run.len(), b'"') {
        return text(run, start, cursor).map(Cow::Borrowed);
    }
    read_escaped(cursor, start, run).map(Cow::Owned)
}

/// Reads a whole string of ASCII without escapes, if that is what comes next.
#[inline(always)]
pub(crate) fn take_simple<'de>(cursor: &mut Cursor<'de>) -> Option<&'de str> {
    let (text, rest) = scan::simple(cursor.rest())?;
    cursor.set_rest(rest);
    Some(text)
}

/// Passes the plain bytes that come next.
#[inline(always)]
fn pass_plain<'de>(cursor: &mut Cursor<'de>) -> Run<'de> {
    let run = scan::plain(cursor.rest());
    cursor.pass(run.len());
    run
}

/// The text of a run that began at `start`.
#[inline(always)]
fn text<'de>(run: Run<'de>, start: usize, cursor: &Cursor<'de>) -> Result<&'de str> {
    run.to_str().map_err(|error| invalid_utf8(cursor, start, run.len(), error))
}

#[cold]
fn invalid_utf8(cursor: &Cursor<'_>, start: usize, len: usize, error: simdutf8::compat::Utf8Error) -> Error {
    // A character that lacks its last bytes where the input ends is cut, and not wrong.
    let end = start + len;
    if error.error_len().is_none() && end == cursor.input().len() {
        return Error::truncated().at_offset(end);
    }
    Error::new(Detail::Utf8).at_offset(start + error.valid_up_to())
}

/// Reads on behind a first run that did not end in a quote.
#[inline(never)]
fn read_escaped<'de>(cursor: &mut Cursor<'de>, mut start: usize, mut run: Run<'de>) -> Result<String> {
    // Looking for the end first costs less than growing on the way.
    let mut out = String::with_capacity(run.len() + escaped_len(cursor.input(), start + run.len()));
    loop {
        cursor.set_pos(start + run.len());
        out.push_str(text(run, start, cursor)?);
        match cursor.peek() {
            b'"' => {
                cursor.bump();
                return Ok(out);
            }
            b'\\' => {
                cursor.bump();
                out.push(read_escape(cursor)?);
            }
            _ => return Err(cursor.malformed("invalid character")),
        }
        start = cursor.pos();
        run = scan::plain(cursor.rest());
    }
}

/// How many bytes of `input` there are from `start`, in a string, up to the quote that ends it.
fn escaped_len(input: &[u8], start: usize) -> usize {
    let mut rest = input.get(start..).unwrap_or_default();
    let len = rest.len();
    // What follows a backslash does not end the string; anything else that is special does, rightly or wrongly.
    while let [b'\\', _, after @ ..] = rest {
        rest = after.get(scan::plain(after).len()..).unwrap_or_default();
    }
    len - rest.len()
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
    loop {
        let start = cursor.pos();
        let run = pass_plain(cursor);
        if !run.is_ascii() {
            text(run, start, cursor)?;
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
    }
}

/// Appends `text` in quotes.
#[inline]
pub(crate) fn write(out: &mut Vec<u8>, text: &str) {
    write_after(out, &[], text);
}

/// Appends `key`, and `text` in quotes.
#[inline(always)]
pub(crate) fn write_after(out: &mut Vec<u8>, key: &[u8], text: &str) {
    if scan::is_plain(text.as_bytes()) {
        return buffer::put_quoted(out, key, text.as_bytes());
    }
    out.extend_from_slice(key);
    write_escaped(out, text);
}

/// As [`write`], where something needs an escape.
#[inline(never)]
fn write_escaped(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2 + scan::BLOCK);
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(after) = write_block(out, rest) {
        rest = after;
    }
    out.push(b'"');
}

/// Appends the first block of `rest`, up to and with the first byte that needs an escape; gives what is left.
#[inline(always)]
fn write_block<'a>(out: &mut Vec<u8>, rest: &'a [u8]) -> Option<&'a [u8]> {
    let (block, len) = match rest.first_chunk::<{ scan::BLOCK }>() {
        Some(block) => (*block, scan::BLOCK),
        None => (buffer::short_block(rest), rest.len()),
    };
    let count = scan::plain_in_block(&block, len);
    buffer::put(out, &block, count);
    let (&byte, after) = match rest.get(count..) {
        Some(after) if count == scan::BLOCK => return Some(after),
        after => after?.split_first()?,
    };
    write_escape(out, byte);
    Some(after)
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
