//! Finding the bytes of a string that cannot stand for themselves: quotes, backslashes, control bytes.
//!
//! The one place of unsafe code in this crate: vector instructions, which look at sixteen bytes at once. They pay with
//! 1.5 times the throughput of `json-decode/events` in `bench/`.

#![allow(unsafe_code)]

/// Bytes looked at per step.
const BLOCK: usize = 16;

/// How many plain bytes `bytes` starts with, and whether all of those are ASCII.
#[inline(always)]
pub(crate) fn plain(bytes: &[u8]) -> (usize, bool) {
    let mut high = 0;
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        let marks = look(block);
        if marks.special != 0 {
            let count = marks.special.trailing_zeros() as usize;
            return (at + count, high | (marks.high & ((1 << count) - 1)) == 0);
        }
        high |= marks.high;
        at += BLOCK;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    let count = tail.iter().position(|&byte| is_special(byte)).unwrap_or(tail.len());
    let ascii = tail.iter().take(count).all(u8::is_ascii);
    (at + count, ascii && high == 0)
}

#[inline(always)]
pub(crate) const fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// A bit for each byte of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Marks {
    /// The byte is special.
    special: u32,
    /// The byte is not ASCII.
    high: u32,
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
fn look(block: &[u8; BLOCK]) -> Marks {
    // SAFETY: `look_with_sse2` asks for SSE2 alone, which the `cfg` above says the target has.
    unsafe { look_with_sse2(block) }
}

/// Reads no pointer: the only thing unsafe about it is the instructions that it takes for granted.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[target_feature(enable = "sse2")]
#[inline]
fn look_with_sse2(block: &[u8; BLOCK]) -> Marks {
    use std::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };
    let value = u128::from_le_bytes(*block);
    let bytes = _mm_set_epi64x((value >> 64) as i64, value as i64);
    let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
    let slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
    let control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    let special = _mm_or_si128(_mm_or_si128(quote, slash), control);
    Marks { special: _mm_movemask_epi8(special) as u32, high: _mm_movemask_epi8(bytes) as u32 }
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
use look_plainly as look;

/// The twin of [`look`] for any processor, and the one that tests hold it against.
#[cfg_attr(all(target_arch = "x86_64", target_feature = "sse2"), allow(dead_code))]
#[inline(always)]
fn look_plainly(block: &[u8; BLOCK]) -> Marks {
    let mut marks = Marks { special: 0, high: 0 };
    for (place, &byte) in block.iter().enumerate() {
        marks.special |= u32::from(is_special(byte)) << place;
        marks.high |= u32::from(!byte.is_ascii()) << place;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(bytes: &[u8]) -> (usize, bool) {
        let count = bytes.iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len());
        (count, bytes[..count].is_ascii())
    }

    #[test]
    fn vectors_and_plain_code_agree() {
        for byte in 0..=255 {
            for place in 0..BLOCK {
                let mut block = *b"aaaaaaa \x7f{bbbbbb";
                block[place] = byte;
                assert_eq!(look(&block), look_plainly(&block), "{block:?}");
            }
        }
    }

    #[test]
    fn every_byte_at_every_place_is_told_right() {
        for len in 0..40 {
            for place in 0..len {
                for byte in 0..=255 {
                    let mut bytes = vec![b'a'; len];
                    bytes[place] = byte;
                    assert_eq!(plain(&bytes), reference(&bytes), "{bytes:?}");
                    bytes[len - 1] = b'"';
                    assert_eq!(plain(&bytes), reference(&bytes), "{bytes:?}");
                }
            }
        }
    }
}
