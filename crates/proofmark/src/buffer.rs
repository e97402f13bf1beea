//! Appending to a byte buffer: a few bytes with one store, instead of a call that copies as many as there are.
//!
//! Unsafe because a store of a whole block goes past the bytes that count, into room that was reserved. It pays with
//! a fifth of the instructions of writing records of short texts as JSON, and a tenth of those of three integers each.

#![allow(unsafe_code)]

/// Room for `N` bytes behind those of a buffer.
///
/// Asked for before the bytes are made, so that nothing has to be kept over the call that may make the room.
#[derive(Debug)]
pub(crate) struct Reserved<'a, const N: usize>(&'a mut Vec<u8>);

/// Reserves `N` bytes.
#[inline(always)]
pub(crate) fn reserve<const N: usize>(out: &mut Vec<u8>) -> Reserved<'_, N> {
    out.reserve(N);
    Reserved(out)
}

impl<const N: usize> Reserved<'_, N> {
    /// Appends the first `len` bytes of `block`; at most all of it.
    #[inline(always)]
    pub(crate) fn put(self, block: &[u8; N], len: usize) {
        let Self(out) = self;
        let end = out.len() + len.min(N);
        // SAFETY: [`reserve`], which alone makes a `Reserved`, left `N` bytes behind the present ones; this writes those.
        unsafe { out.as_mut_ptr().add(out.len()).cast::<[u8; N]>().write_unaligned(*block) };
        // SAFETY: `end` is at most `N` past the length, up to where the line above has initialised the room.
        unsafe { out.set_len(end) };
    }
}

/// Appends the first `len` bytes of `block`; at most all of it.
#[inline(always)]
pub(crate) fn put<const N: usize>(out: &mut Vec<u8>, block: &[u8; N], len: usize) {
    reserve(out).put(block, len);
}

/// The twin of [`put`] that trusts nothing.
#[cfg(test)]
fn put_plainly<const N: usize>(out: &mut Vec<u8>, block: &[u8; N], len: usize) {
    out.extend_from_slice(block.get(..len).unwrap_or(block));
}

/// Appends `bytes`, of which there are mostly few.
#[inline(always)]
pub(crate) fn put_slice(out: &mut Vec<u8>, bytes: &[u8]) {
    if bytes.len() <= 16 { put(out, &short_block(bytes), bytes.len()) } else { out.extend_from_slice(bytes) }
}

/// Up to sixteen bytes with zeros behind them, made of two loads that may overlap.
#[inline(always)]
pub(crate) fn short_block(bytes: &[u8]) -> [u8; 16] {
    let len = bytes.len();
    let low = |first: u64, last: u64, width: usize| {
        u128::from(first) | u128::from(last) << (8 * (len - width).min(15))
    };
    let value = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        low(u64::from_le_bytes(*first), u64::from_le_bytes(*last), 8)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        low(u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into(), 4)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<2>(), bytes.last_chunk::<2>()) {
        low(u16::from_le_bytes(*first).into(), u16::from_le_bytes(*last).into(), 2)
    } else {
        bytes.first().copied().unwrap_or_default().into()
    };
    value.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_appended_as_far_as_they_count() {
        for have in 0..40 {
            for len in 0..=20 {
                let mut out = vec![b'x'; have];
                out.shrink_to_fit();
                let mut expected = out.clone();
                put(&mut out, b"0123456789abcdef", len);
                put_plainly(&mut expected, b"0123456789abcdef", len);
                assert_eq!(out, expected);
            }
        }
    }

    #[test]
    fn slices_of_any_length_are_appended_whole() {
        for len in 0..40u8 {
            let bytes: Vec<u8> = (1..=len).collect();
            let mut out = vec![0];
            put_slice(&mut out, &bytes);
            assert_eq!(out[1..], bytes);
            if bytes.len() <= 16 {
                let block = short_block(&bytes);
                assert_eq!(block[..bytes.len()], bytes);
                assert!(block[bytes.len()..].iter().all(|&byte| byte == 0));
            }
        }
    }
}
