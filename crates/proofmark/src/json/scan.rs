//! Finding the bytes of a string that cannot stand for themselves: quotes, backslashes, control bytes.

/// Bytes looked at per step; the compiler makes one vector of them.
const BLOCK: usize = 16;

/// How many plain bytes `bytes` starts with, and whether all of those are ASCII.
#[inline(always)]
pub(crate) fn plain(bytes: &[u8]) -> (usize, bool) {
    let mut seen = 0;
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        let (bits, stop) = look(block);
        if stop {
            let (count, high) = first_special(block);
            return (at + count, (seen | high) < 0x80);
        }
        seen |= bits;
        at += BLOCK;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    let count = tail.iter().position(|&byte| is_special(byte)).unwrap_or(tail.len());
    let seen = tail.iter().take(count).fold(seen, |seen, byte| seen | byte);
    (at + count, seen < 0x80)
}

/// All bits that occur in a block, and whether one of its bytes is special.
#[inline(always)]
fn look(block: &[u8; BLOCK]) -> (u8, bool) {
    let mut bits = 0;
    let mut stop = 0;
    for &byte in block {
        bits |= byte;
        stop |= u8::from(is_special(byte));
    }
    (bits, stop != 0)
}

#[inline(always)]
pub(crate) const fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// The place of the first special byte of a block that has one, and the high bits of the bytes before it.
#[inline(always)]
fn first_special(block: &[u8; BLOCK]) -> (usize, u8) {
    let [low, high] = halves(block);
    let found = specials(low);
    if found != 0 {
        let count = found.trailing_zeros() as usize / 8;
        return (count, high_bits(below(low, count)));
    }
    let count = specials(high).trailing_zeros() as usize / 8;
    (8 + count, high_bits(low | below(high, count)))
}

#[inline(always)]
fn halves(block: &[u8; BLOCK]) -> [u64; 2] {
    let value = u128::from_le_bytes(*block);
    [value as u64, (value >> 64) as u64]
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The top bit of every special byte; bytes after the first one may be marked wrongly.
///
/// The subtraction that marks zero bytes borrows only upwards, so the lowest mark is right.
#[inline(always)]
const fn specials(chunk: u64) -> u64 {
    let quote = chunk ^ (ONES * b'"' as u64);
    let slash = chunk ^ (ONES * b'\\' as u64);
    let zero_quote = quote.wrapping_sub(ONES) & !quote;
    let zero_slash = slash.wrapping_sub(ONES) & !slash;
    let control = chunk.wrapping_sub(ONES * 0x20) & !chunk;
    (zero_quote | zero_slash | control) & HIGHS
}

/// The first `count` bytes of a chunk; `count < 8`.
#[inline(always)]
const fn below(chunk: u64, count: usize) -> u64 {
    chunk & ((1 << (8 * count)) - 1)
}

#[inline(always)]
const fn high_bits(chunk: u64) -> u8 {
    if chunk & HIGHS == 0 { 0 } else { 0x80 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(bytes: &[u8]) -> (usize, bool) {
        let count = bytes.iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len());
        (count, bytes[..count].is_ascii())
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
