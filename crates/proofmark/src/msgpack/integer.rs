//! Integers, whose width is their own: read and written without a branch on it, which nobody can foretell where
//! widths vary.
//!
//! Source: <https://github.com/msgpack/msgpack/blob/master/spec.md#int-format-family>.

use crate::buffer;

/// The non-negative integer that starts with `first`, and how many bytes it takes; `payload` is what follows.
#[inline(always)]
pub(crate) fn read_uint(first: u8, payload: [u8; 8]) -> Option<(u64, usize)> {
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
#[inline(always)]
pub(crate) fn write_u64_after(out: &mut Vec<u8>, key: &[u8], value: u64) {
    let (block, len) = unsigned(value);
    buffer::put_after(out, key, &block, len);
}

/// Appends a signed integer in its shortest form; non-negative ones are written as unsigned.
#[inline(always)]
pub(crate) fn write_i64(out: &mut Vec<u8>, value: i64) {
    let (block, len) = signed(value);
    buffer::put(out, &block, len);
}

/// The shortest form of an unsigned integer, and its length.
#[inline(always)]
pub(super) fn unsigned(value: u64) -> ([u8; 9], usize) {
    let width = WIDTHS[bits(value)];
    block(width.unsigned, width, value)
}

/// The shortest form of a signed integer, and its length.
#[inline(always)]
pub(super) fn signed(value: i64) -> ([u8; 9], usize) {
    if value >= 0 {
        return unsigned(value as u64);
    }
    // One bit more than the value's own, for the sign; but a payload is for what one byte cannot hold.
    let bits = bits(!value as u64);
    let width = if bits <= 5 { WIDTHS[0] } else { WIDTHS[bits.max(7) + 1] };
    block(width.signed, width, value as u64)
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

/// The first byte, and the low bytes of `value` that make the payload, the highest first.
#[inline(always)]
fn block(first: u8, width: Width, value: u64) -> ([u8; 9], usize) {
    let payload = value.rotate_right(8 * u32::from(width.payload)).to_be_bytes();
    let mut block = [first | (value as u8 & width.mask); 9];
    block[1..].copy_from_slice(&payload);
    (block, 1 + usize::from(width.payload))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The shortest form, by comparing with every bound.
    fn plainly(value: i128) -> Vec<u8> {
        let bytes = value.to_be_bytes();
        let tail = |first: u8, len: usize| [&[first], &bytes[16 - len..]].concat();
        match value {
            -0x20..=0x7F => vec![value as u8],
            0x80..=0xFF => tail(0xCC, 1),
            0x100..=0xFFFF => tail(0xCD, 2),
            0x1_0000..=0xFFFF_FFFF => tail(0xCE, 4),
            0x1_0000_0000.. => tail(0xCF, 8),
            -0x80.. => tail(0xD0, 1),
            -0x8000.. => tail(0xD1, 2),
            -0x8000_0000.. => tail(0xD2, 4),
            _ => tail(0xD3, 8),
        }
    }

    #[track_caller]
    fn check_unsigned(value: u64) {
        let mut out = Vec::new();
        write_u64_after(&mut out, b"key", value);
        let written = out.strip_prefix(b"key").unwrap();
        assert_eq!(written, plainly(value.into()), "{value}");
        let mut payload = [0xFF; 8];
        payload[..written.len() - 1].copy_from_slice(&written[1..]);
        assert_eq!(read_uint(written[0], payload), Some((value, written.len())));
    }

    #[track_caller]
    fn check_signed(value: i64) {
        let mut out = Vec::new();
        write_i64(&mut out, value);
        assert_eq!(out, plainly(value.into()), "{value}");
        assert_eq!(read_uint(out[0], [0; 8]).is_some(), value >= 0);
    }

    #[test]
    fn integers_around_each_power_of_two_have_their_shortest_form() {
        for bits in 0..64 {
            let power = 1u64 << bits;
            for value in [power - 1, power, power + 1] {
                check_unsigned(value);
                check_signed(value as i64);
                check_signed((value as i64).wrapping_neg());
                check_signed(!(value as i64));
            }
        }
        check_unsigned(u64::MAX);
        check_signed(i64::MIN);
    }

    #[test]
    fn what_is_no_unsigned_integer_is_told_by_its_first_byte() {
        for first in 0..=0xFF {
            let is_uint = matches!(first, 0..=0x7F | 0xCC..=0xCF);
            assert_eq!(read_uint(first, [1; 8]).is_some(), is_uint, "{first:#x}");
        }
    }

    proptest! {
        #[test]
        fn any_integer_has_its_shortest_form(value: u64, shift in 0..64u32) {
            check_unsigned(value >> shift);
            check_signed(value as i64 >> shift);
        }
    }
}
