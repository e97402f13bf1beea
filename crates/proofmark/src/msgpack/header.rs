//! The first bytes of a MessagePack value: what it is and how long.
//!
//! Source: <https://github.com/msgpack/msgpack/blob/master/spec.md>.

use super::cursor::Cursor;
use crate::{Kind, buffer, error::Result};

/// What a value's first byte, and the length after it, say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Header {
    Null,
    Bool(bool),
    UInt(u64),
    Int(i64),
    Float(f64),
    /// The float as it was written, for types of 32 bits.
    Float32(f32),
    Str(usize),
    Bin(usize),
    Ext {
        code: i8,
        len: usize,
    },
    Array(usize),
    Map(usize),
}

impl Header {
    pub(crate) const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::UInt(_) | Self::Int(_) => Kind::Int,
            Self::Float(_) | Self::Float32(_) => Kind::Float,
            Self::Str(_) => Kind::Str,
            Self::Bin(_) => Kind::Bytes,
            Self::Ext { .. } => Kind::Ext,
            Self::Array(_) => Kind::Array,
            Self::Map(_) => Kind::Object,
        }
    }
}

/// Reads a header; what follows it, text, bytes or elements, is left.
#[inline]
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Header> {
    let offset = cursor.pos();
    let first = cursor.peek()?;
    cursor.bump();
    Ok(match first {
        0x00..=0x7F => Header::UInt(u64::from(first)),
        0x80..=0x8F => Header::Map(usize::from(first & 0x0F)),
        0x90..=0x9F => Header::Array(usize::from(first & 0x0F)),
        0xA0..=0xBF => Header::Str(usize::from(first & 0x1F)),
        0xC0 => Header::Null,
        0xC1 => return Err(cursor.malformed_at(offset, r"invalid opcode '\xc1'")),
        0xC2 => Header::Bool(false),
        0xC3 => Header::Bool(true),
        0xC4 => Header::Bin(len8(cursor)?),
        0xC5 => Header::Bin(len16(cursor)?),
        0xC6 => Header::Bin(len32(cursor)?),
        0xC7 => ext(len8(cursor)?, cursor)?,
        0xC8 => ext(len16(cursor)?, cursor)?,
        0xC9 => ext(len32(cursor)?, cursor)?,
        0xCA => Header::Float32(f32::from_be_bytes(cursor.array()?)),
        0xCB => Header::Float(f64::from_be_bytes(cursor.array()?)),
        0xCC => Header::UInt(u64::from(u8::from_be_bytes(cursor.array()?))),
        0xCD => Header::UInt(u64::from(u16::from_be_bytes(cursor.array()?))),
        0xCE => Header::UInt(u64::from(u32::from_be_bytes(cursor.array()?))),
        0xCF => Header::UInt(u64::from_be_bytes(cursor.array()?)),
        0xD0 => Header::Int(i64::from(i8::from_be_bytes(cursor.array()?))),
        0xD1 => Header::Int(i64::from(i16::from_be_bytes(cursor.array()?))),
        0xD2 => Header::Int(i64::from(i32::from_be_bytes(cursor.array()?))),
        0xD3 => Header::Int(i64::from_be_bytes(cursor.array()?)),
        0xD4..=0xD8 => ext(1 << (first - 0xD4), cursor)?,
        0xD9 => Header::Str(len8(cursor)?),
        0xDA => Header::Str(len16(cursor)?),
        0xDB => Header::Str(len32(cursor)?),
        0xDC => Header::Array(len16(cursor)?),
        0xDD => Header::Array(len32(cursor)?),
        0xDE => Header::Map(len16(cursor)?),
        0xDF => Header::Map(len32(cursor)?),
        0xE0..=0xFF => Header::Int(i64::from(first as i8)),
    })
}

#[inline(always)]
fn len8(cursor: &mut Cursor<'_>) -> Result<usize> {
    Ok(usize::from(u8::from_be_bytes(cursor.array()?)))
}

#[inline(always)]
fn len16(cursor: &mut Cursor<'_>) -> Result<usize> {
    Ok(usize::from(u16::from_be_bytes(cursor.array()?)))
}

#[inline(always)]
fn len32(cursor: &mut Cursor<'_>) -> Result<usize> {
    Ok(u32::from_be_bytes(cursor.array()?) as usize)
}

fn ext(len: usize, cursor: &mut Cursor<'_>) -> Result<Header> {
    let [code] = cursor.array()?;
    Ok(Header::Ext { code: code as i8, len })
}

/// The non-negative integer that starts with `first`, and how many bytes it takes; `payload` is what follows.
///
/// Without a branch on its width, which nobody can foretell where widths vary.
#[inline(always)]
pub(crate) fn uint(first: u8, payload: [u8; 8]) -> Option<(u64, usize)> {
    let form = UINTS[usize::from(first)];
    if form.len == 0 {
        return None;
    }
    // Of one of the two nothing is left.
    let value = (u64::from_be_bytes(payload) >> form.shift) & form.payload as u64;
    Some((value | u64::from(first & !form.payload as u8), usize::from(form.len)))
}

/// How a non-negative integer is read.
#[derive(Clone, Copy)]
#[repr(align(4))]
struct UInt {
    /// Bytes with the first one; 0 where the first byte starts something else.
    len: u8,
    /// By how many bits the eight bytes after the first are too long.
    shift: u8,
    /// What of those bytes is in the value: all (-1), or nothing (0), as the first byte is the value.
    payload: i8,
}

/// The form of what starts with each byte.
static UINTS: [UInt; 256] = uints();

const fn uints() -> [UInt; 256] {
    let mut forms = [UInt { len: 0, shift: 0, payload: 0 }; 256];
    let mut first = 0;
    while first <= 0x7F {
        forms[first] = UInt { len: 1, shift: 0, payload: 0 };
        first += 1;
    }
    let mut log = 0;
    while log <= 3 {
        forms[0xCC + log] = UInt { len: 1 + (1 << log), shift: 64 - (8 << log), payload: -1 };
        log += 1;
    }
    forms
}

/// Appends an unsigned integer in its shortest form.
#[inline(always)]
pub(crate) fn write_u64(out: &mut Vec<u8>, value: u64) {
    write_u64_after(out, &[], value);
}

/// Appends `key`, and an unsigned integer in its shortest form.
///
/// Without a branch on its width, which nobody can foretell where widths vary.
#[inline(always)]
pub(crate) fn write_u64_after(out: &mut Vec<u8>, key: &[u8], value: u64) {
    let width = WIDTHS[bits(value)];
    write_payload(out, key, width.unsigned, width, value);
}

/// Appends a signed integer in its shortest form; non-negative ones are written as unsigned.
#[inline(always)]
pub(crate) fn write_i64(out: &mut Vec<u8>, value: i64) {
    if value >= 0 {
        return write_u64(out, value as u64);
    }
    // One bit more than the value's own, for the sign; but a payload is for what one byte cannot hold.
    let bits = bits(!value as u64);
    let width = if bits <= 5 { WIDTHS[0] } else { WIDTHS[bits.max(7) + 1] };
    write_payload(out, &[], width.signed, width, value as u64);
}

/// The number of bits that `value` takes.
#[inline(always)]
const fn bits(value: u64) -> usize {
    (u64::BITS - value.leading_zeros()) as usize
}

/// How an integer is written.
#[derive(Clone, Copy)]
#[repr(align(4))]
struct Width {
    /// Bytes after the first: 0, 1, 2, 4, 8.
    payload: u8,
    /// What of the value is in the first byte: all, or nothing.
    mask: u8,
    /// The first byte apart from the value, if the integer is not negative, and if it is.
    unsigned: u8,
    signed: u8,
}

/// The width of unsigned integers of so many bits.
static WIDTHS: [Width; 65] = widths();

const fn widths() -> [Width; 65] {
    let mut widths = [Width { payload: 0, mask: 0xFF, unsigned: 0, signed: 0 }; 65];
    let mut bits = 8;
    while bits <= 64 {
        let log = match bits {
            8 => 0,
            9..=16 => 1,
            17..=32 => 2,
            _ => 3,
        };
        widths[bits] = Width { payload: 1 << log, mask: 0, unsigned: 0xCC + log, signed: 0xD0 + log };
        bits += 1;
    }
    widths
}

/// Appends `key`, the first byte, and the low bytes of `value` that make the payload, the highest first.
#[inline(always)]
fn write_payload(out: &mut Vec<u8>, key: &[u8], first: u8, width: Width, value: u64) {
    let payload = value.rotate_right(8 * u32::from(width.payload)).to_be_bytes();
    let mut block = [first | (value as u8 & width.mask); 9];
    block[1..].copy_from_slice(&payload);
    buffer::put_after(out, key, &block, 1 + usize::from(width.payload));
}

/// Appends a first byte and the up to eight bytes that belong to it.
#[inline(always)]
pub(crate) fn write_tagged<const N: usize>(out: &mut Vec<u8>, first: u8, bytes: [u8; N]) {
    let mut block = [first; 9];
    if let Some(rest) = block.get_mut(1..=N) {
        rest.copy_from_slice(&bytes);
    }
    buffer::put(out, &block, N + 1);
}

/// Appends a string of less than 32 bytes, if it is one and the buffer need not grow for it; tells whether it did.
#[inline(always)]
pub(crate) fn write_short_str(out: &mut Vec<u8>, text: &[u8]) -> bool {
    buffer::spare::<32>(out).is_some_and(|spare| spare.put_short(0xA0 | text.len() as u8, text))
}

/// As [`write_short_str`], behind `key`, which must not be long either.
#[inline(always)]
pub(crate) fn write_short_str_after(out: &mut Vec<u8>, key: &[u8], text: &[u8]) -> bool {
    buffer::spare::<64>(out).is_some_and(|spare| spare.put_short_after(key, 0xA0 | text.len() as u8, text))
}

/// Appends a string of `len` bytes.
pub(crate) fn write_str(out: &mut Vec<u8>, len: u32, text: &[u8]) {
    let [_, _, high, low] = len.to_be_bytes();
    let (head, head_len) = match len {
        0..=0x1F => ([0xA0 | low, 0, 0], 1),
        0x20..=0xFF => ([0xD9, low, 0], 2),
        0x100..=0xFFFF => ([0xDA, high, low], 3),
        _ => {
            write_tagged(out, 0xDB, len.to_be_bytes());
            return out.extend_from_slice(text);
        }
    };
    buffer::put_both(out, &head, head_len, text);
}

/// Appends the header of bytes.
pub(crate) fn write_bin(out: &mut Vec<u8>, len: u32) {
    match len {
        0..=0xFF => out.extend_from_slice(&[0xC4, len as u8]),
        0x100..=0xFFFF => write_tagged(out, 0xC5, (len as u16).to_be_bytes()),
        _ => write_tagged(out, 0xC6, len.to_be_bytes()),
    }
}

/// Appends the header of an extension value.
pub(crate) fn write_ext(out: &mut Vec<u8>, code: i8, len: u32) {
    match len {
        1 | 2 | 4 | 8 | 16 => out.push(0xD4 + len.trailing_zeros() as u8),
        0..=0xFF => out.extend_from_slice(&[0xC7, len as u8]),
        0x100..=0xFFFF => write_tagged(out, 0xC8, (len as u16).to_be_bytes()),
        _ => write_tagged(out, 0xC9, len.to_be_bytes()),
    }
    out.push(code as u8);
}

/// Appends the header of a sequence.
#[inline(always)]
pub(crate) fn write_array(out: &mut Vec<u8>, len: u32) {
    match len {
        0..=0x0F => out.push(0x90 | len as u8),
        _ => write_long(out, [0xDC, 0xDD], len),
    }
}

/// Appends the header of a map.
#[inline(always)]
pub(crate) fn write_map(out: &mut Vec<u8>, len: u32) {
    match len {
        0..=0x0F => out.push(0x80 | len as u8),
        _ => write_long(out, [0xDE, 0xDF], len),
    }
}

/// Appends a length of 16 or 32 bits behind the byte that stands for that width.
#[inline(never)]
fn write_long(out: &mut Vec<u8>, firsts: [u8; 2], len: u32) {
    match u16::try_from(len) {
        Ok(len) => write_tagged(out, firsts[0], len.to_be_bytes()),
        Err(_) => write_tagged(out, firsts[1], len.to_be_bytes()),
    }
}

/// Puts another count into a map header, whose width stays.
pub(crate) fn patch_map(header: &mut [u8], len: u32) {
    match header {
        [0xDE, count @ ..] if count.len() >= 2 => count[..2].copy_from_slice(&(len as u16).to_be_bytes()),
        [0xDF, count @ ..] if count.len() >= 4 => count[..4].copy_from_slice(&len.to_be_bytes()),
        [first, ..] => *first = 0x80 | len as u8,
        [] => {}
    }
}
