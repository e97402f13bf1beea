//! Finding the bytes of a string that cannot stand for themselves: quotes, backslashes, control bytes.
//!
//! Unsafe for two reasons: vector instructions, which look at sixteen bytes at once and pay with 1.5 times the throughput
//! of `json-decode/events` in `bench/`; and text that they saw to be ASCII, which is not validated a second time: that was
//! a fifth of the instructions of reading such events into borrowed text.

#![allow(unsafe_code)]

/// Bytes looked at per step.
pub(crate) const BLOCK: usize = 16;

/// The plain bytes that some input starts with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    bytes: &'a [u8],
    /// Whether all of them are ASCII. Who makes a `Run` has looked at each byte.
    ascii: bool,
}

impl<'a> Run<'a> {
    /// How many bytes there are.
    #[inline(always)]
    pub(crate) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether all bytes are known to be ASCII.
    #[inline(always)]
    pub(crate) const fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// The bytes as text, if they are ASCII.
    #[inline(always)]
    pub(crate) fn to_ascii(self) -> Option<&'a str> {
        // SAFETY: ASCII is UTF-8, and `ascii` says that no byte had its top bit set.
        self.ascii.then(|| unsafe { std::str::from_utf8_unchecked(self.bytes) })
    }

    /// The bytes as text.
    ///
    /// # Errors
    /// Fails when they are not UTF-8.
    #[inline(always)]
    pub(crate) fn to_str(self) -> Result<&'a str, simdutf8::compat::Utf8Error> {
        match self.to_ascii() {
            Some(text) => Ok(text),
            None => self.to_str_checked(),
        }
    }

    /// The twin of [`Run::to_str`] that trusts nothing.
    #[inline(never)]
    fn to_str_checked(self) -> Result<&'a str, simdutf8::compat::Utf8Error> {
        simdutf8::compat::from_utf8(self.bytes)
    }
}

/// The plain bytes that `bytes` starts with.
#[inline(always)]
pub(crate) fn plain(bytes: &[u8]) -> Run<'_> {
    match plain_in_blocks(bytes) {
        Some(run) => run,
        None => plain_to_the_end(bytes),
    }
}

/// A string of ASCII without escapes, its quotes taken off, and what follows it, if `bytes` starts with one.
///
/// Strings at the very end of the input are left to [`plain`]: this one calls nothing.
#[inline(always)]
pub(crate) fn simple(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let [b'"', bytes @ ..] = bytes else { return None };
    let (text, rest) = bytes.split_at_checked(simple_len(bytes)?)?;
    let [b'"', rest @ ..] = rest else { return None };
    Some((Run { bytes: text, ascii: true }.to_ascii()?, rest))
}

/// How many bytes come before the first that is special or not ASCII, where that is within a whole block.
#[inline(always)]
fn simple_len(bytes: &[u8]) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks();
    for (idx, block) in blocks.iter().enumerate() {
        let marks = look_for_odd(block);
        if marks != 0 {
            return Some(idx * BLOCK + marks.trailing_zeros() as usize);
        }
    }
    None
}

/// As [`plain`], where the bytes end within a whole block.
#[inline(always)]
fn plain_in_blocks(bytes: &[u8]) -> Option<Run<'_>> {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let mut high = 0;
    for (idx, block) in blocks.iter().enumerate() {
        let marks = look(block);
        if marks.special != 0 {
            let count = marks.special.trailing_zeros();
            high |= marks.high & ((1 << count) - 1);
            let bytes = bytes.get(..idx * BLOCK + count as usize)?;
            return Some(Run { bytes, ascii: high == 0 });
        }
        high |= marks.high;
    }
    None
}

/// As [`plain`], where the bytes end in the less than sixteen at the end of all input.
#[cold]
#[inline(never)]
fn plain_to_the_end(bytes: &[u8]) -> Run<'_> {
    let (_, tail) = bytes.as_chunks::<BLOCK>();
    let begin = bytes.len() - tail.len();
    let count = tail.iter().position(|&byte| is_special(byte)).unwrap_or(tail.len());
    let bytes = bytes.get(..begin + count).unwrap_or_default();
    Run { bytes, ascii: bytes.is_ascii() }
}

/// Whether all of `bytes` are plain.
#[inline(always)]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<BLOCK>() {
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        return blocks.iter().chain([last]).all(|block| look(block).special == 0);
    }
    // Two overlapping halves are all of the bytes, though not in their order.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return look(&halves(u64::from_le_bytes(*first), u64::from_le_bytes(*last))).special == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let both = u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
        return look(&halves(both, both)).special == 0;
    }
    !bytes.iter().any(|&byte| is_special(byte))
}

#[inline(always)]
fn halves(first: u64, last: u64) -> [u8; BLOCK] {
    (u128::from(last) << 64 | u128::from(first)).to_le_bytes()
}

/// How many plain bytes the first `len` of `block` start with.
#[inline(always)]
pub(crate) fn plain_in_block(block: &[u8; BLOCK], len: usize) -> usize {
    let special = look(block).special | 1 << len.min(BLOCK);
    special.trailing_zeros() as usize
}

#[inline(always)]
pub(crate) const fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// What follows the blanks, tabs and line ends that `bytes` starts with.
#[inline(always)]
pub(crate) fn after_blanks(bytes: &[u8]) -> &[u8] {
    match after_indent(bytes) {
        rest @ [byte, ..] if *byte > b' ' => rest,
        rest => after_any_blanks(rest),
    }
}

/// As [`after_blanks`], for tabs as well, and what else stands on many lines.
#[inline(never)]
fn after_any_blanks(bytes: &[u8]) -> &[u8] {
    bytes.get(blanks(bytes)..).unwrap_or_default()
}

/// What follows the line end and the blanks that `bytes` starts with, where this is nearly always all there is.
#[inline(always)]
pub(crate) fn after_indent(bytes: &[u8]) -> &[u8] {
    let mut rest = match bytes {
        [b'\n', rest @ ..] => rest,
        rest => rest,
    };
    while let Some((block, after)) = rest.split_first_chunk() {
        let others = look_for_space(block) ^ 0xFFFF;
        if others != 0 {
            return rest.get(others.trailing_zeros() as usize..).unwrap_or_default();
        }
        rest = after;
    }
    rest
}

/// How many blanks, tabs and line ends `bytes` starts with.
#[inline(always)]
pub(crate) fn blanks(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        let others = look_for_blanks(block) ^ 0xFFFF;
        if others != 0 {
            return bytes.len() - rest.len() + others.trailing_zeros() as usize;
        }
        rest = after;
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| is_blank(**byte)).count()
}

#[inline(always)]
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
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

/// A bit for each byte of a block that is special or not ASCII.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
fn look_for_odd(block: &[u8; BLOCK]) -> u32 {
    // SAFETY: `look_for_odd_with_sse2` asks for SSE2 alone, which the `cfg` above says the target has.
    unsafe { look_for_odd_with_sse2(block) }
}

/// Reads no pointer, as [`look_with_sse2`].
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[target_feature(enable = "sse2")]
#[inline]
fn look_for_odd_with_sse2(block: &[u8; BLOCK]) -> u32 {
    use std::arch::x86_64::{
        _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8,
    };
    let value = u128::from_le_bytes(*block);
    let bytes = _mm_set_epi64x((value >> 64) as i64, value as i64);
    let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
    let slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
    // Compared with their signs, bytes beyond ASCII are below all others.
    let low_or_high = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), low_or_high)) as u32
}

/// A bit for each space of a block.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
fn look_for_space(block: &[u8; BLOCK]) -> u32 {
    // SAFETY: `look_for_space_with_sse2` asks for SSE2 alone, which the `cfg` above says the target has.
    unsafe { look_for_space_with_sse2(block) }
}

/// Reads no pointer, as [`look_with_sse2`].
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[target_feature(enable = "sse2")]
#[inline]
fn look_for_space_with_sse2(block: &[u8; BLOCK]) -> u32 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_set_epi64x, _mm_set1_epi8};
    let value = u128::from_le_bytes(*block);
    let bytes = _mm_set_epi64x((value >> 64) as i64, value as i64);
    _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b' ' as i8))) as u32
}

/// A bit for each blank of a block.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
fn look_for_blanks(block: &[u8; BLOCK]) -> u32 {
    // SAFETY: `look_for_blanks_with_sse2` asks for SSE2 alone, which the `cfg` above says the target has.
    unsafe { look_for_blanks_with_sse2(block) }
}

/// Reads no pointer, as [`look_with_sse2`].
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[target_feature(enable = "sse2")]
#[inline]
fn look_for_blanks_with_sse2(block: &[u8; BLOCK]) -> u32 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x, _mm_set1_epi8};
    let value = u128::from_le_bytes(*block);
    let bytes = _mm_set_epi64x((value >> 64) as i64, value as i64);
    let is = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
    let lines = _mm_or_si128(is(b'\n'), is(b'\r'));
    _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(is(b' '), is(b'\t')), lines)) as u32
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
use {
    look_for_blanks_plainly as look_for_blanks, look_for_odd_plainly as look_for_odd,
    look_for_space_plainly as look_for_space, look_plainly as look,
};

/// The twin of [`look_for_odd`] for any processor.
#[cfg_attr(all(target_arch = "x86_64", target_feature = "sse2"), allow(dead_code))]
#[inline(always)]
fn look_for_odd_plainly(block: &[u8; BLOCK]) -> u32 {
    let marks = look_plainly(block);
    marks.special | marks.high
}

/// The twin of [`look_for_space`] for any processor.
#[cfg_attr(all(target_arch = "x86_64", target_feature = "sse2"), allow(dead_code))]
#[inline(always)]
fn look_for_space_plainly(block: &[u8; BLOCK]) -> u32 {
    (0..).zip(block).fold(0, |marks, (place, &byte)| marks | u32::from(byte == b' ') << place)
}

/// The twin of [`look_for_blanks`] for any processor.
#[cfg_attr(all(target_arch = "x86_64", target_feature = "sse2"), allow(dead_code))]
#[inline(always)]
fn look_for_blanks_plainly(block: &[u8; BLOCK]) -> u32 {
    (0..).zip(block).fold(0, |marks, (place, &byte)| marks | u32::from(is_blank(byte)) << place)
}

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

    #[track_caller]
    fn check(bytes: &[u8]) {
        let run = plain(bytes);
        assert_eq!((run.len(), run.is_ascii()), reference(bytes), "{bytes:?}");
        assert_eq!(run.to_str(), run.to_str_checked(), "{bytes:?}");
        assert_eq!(is_plain(bytes), run.len() == bytes.len(), "{bytes:?}");
        let quoted = [b"\"", bytes].concat();
        let is_simple =
            bytes.get(run.len()) == Some(&b'"') && run.is_ascii() && run.len() < bytes.len() / BLOCK * BLOCK;
        let expected = is_simple.then(|| (run.to_str_checked().unwrap(), &bytes[run.len() + 1..]));
        assert_eq!(simple(&quoted), expected, "{bytes:?}");
        if let Some(block) = bytes.first_chunk() {
            for len in 0..=BLOCK + 1 {
                assert_eq!(plain_in_block(block, len), run.len().min(len).min(BLOCK), "{bytes:?}");
            }
        }
    }

    #[test]
    fn vectors_and_plain_code_agree() {
        for byte in 0..=255 {
            for place in 0..BLOCK {
                let mut block = *b"aaaaaaa \x7f{bbbbbb";
                block[place] = byte;
                assert_eq!(look(&block), look_plainly(&block), "{block:?}");
                assert_eq!(look_for_odd(&block), look_for_odd_plainly(&block), "{block:?}");
                block = [b" \n\r\t"[place % 4]; BLOCK];
                block[place] = byte;
                assert_eq!(look_for_blanks(&block), look_for_blanks_plainly(&block), "{block:?}");
                assert_eq!(look_for_space(&block), look_for_space_plainly(&block), "{block:?}");
            }
        }
    }

    #[test]
    fn blanks_end_at_the_first_other_byte() {
        for len in 0..40 {
            let mut bytes = b" \n\t\r".repeat(10)[..len].to_vec();
            assert_eq!(blanks(&bytes), len);
            assert_eq!(after_blanks(&bytes), b"");
            for place in 0..len {
                for byte in (0..=255).filter(|byte| !is_blank(*byte)) {
                    let blank = std::mem::replace(&mut bytes[place], byte);
                    assert_eq!(blanks(&bytes), place, "{bytes:?}");
                    assert_eq!(after_blanks(&bytes), &bytes[place..], "{bytes:?}");
                    bytes[place] = blank;
                }
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
                    check(&bytes);
                    bytes[len - 1] = b'"';
                    check(&bytes);
                }
            }
        }
    }
}
