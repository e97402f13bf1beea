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

/// Appends a first byte and the up to eight bytes that belong to it.
#[inline(always)]
pub(crate) fn write_tagged<const N: usize>(out: &mut Vec<u8>, first: u8, bytes: [u8; N]) {
    buffer::put(out, &tagged(first, bytes), N + 1);
}

/// A first byte and the up to eight bytes that belong to it.
#[inline(always)]
pub(super) fn tagged<const N: usize>(first: u8, bytes: [u8; N]) -> [u8; 9] {
    let mut block = [first; 9];
    if let Some(rest) = block.get_mut(1..=N) {
        rest.copy_from_slice(&bytes);
    }
    block
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
