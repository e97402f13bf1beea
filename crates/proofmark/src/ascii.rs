//! Text that is ASCII, as most is, told at sixteen bytes a step.
//!
//! Unsafe because what was seen to be ASCII is not validated a second time. It pays with an eighth of the instructions
//! of reading records of short texts from MessagePack, and a third of those of passing them over.

#![allow(unsafe_code)]

/// Bytes looked at per step.
const BLOCK: usize = 16;

/// The top bits of all bytes.
const HIGH: u128 = 0x80808080_80808080_80808080_80808080;

/// The text of `bytes`, if all of them are ASCII.
#[inline(always)]
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    // SAFETY: ASCII is UTF-8, and `is_ascii` looked at every byte.
    is_ascii(bytes).then(|| unsafe { std::str::from_utf8_unchecked(bytes) })
}

/// The standard library's `is_ascii`, its twin in the test, starts with a call and a look at the alignment, which costs
/// more than the work on the short strings that records are made of.
#[inline(always)]
fn is_ascii(bytes: &[u8]) -> bool {
    let all = if let Some(last) = bytes.last_chunk::<BLOCK>() {
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        blocks.iter().fold(u128::from_le_bytes(*last), |all, block| all | u128::from_le_bytes(*block))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        u128::from(u64::from_le_bytes(*first) | u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        u128::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last))
    } else {
        u128::from(bytes.iter().fold(0, |all, byte| all | byte))
    };
    all & HIGH == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_beyond_ascii_are_seen_at_every_place() {
        for len in 0..70 {
            let mut bytes = vec![b'a'; len];
            assert_eq!(text(&bytes), std::str::from_utf8(&bytes).ok());
            for place in 0..len {
                for byte in [0x00, 0x7F, 0x80, 0xFF] {
                    bytes[place] = byte;
                    assert_eq!(is_ascii(&bytes), bytes.is_ascii(), "{bytes:?}");
                }
                bytes[place] = b'a';
            }
        }
    }
}
