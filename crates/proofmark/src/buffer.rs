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

/// As [`reserve`], if that needs no more memory: who calls a function of its own for the other case stays small.
#[inline(always)]
pub(crate) fn spare<const N: usize>(out: &mut Vec<u8>) -> Option<Reserved<'_, N>> {
    (out.capacity() - out.len() >= N).then_some(Reserved(out))
}

impl<const N: usize> Reserved<'_, N> {
    /// Appends the first `len` bytes of `block`; at most all of it.
    #[inline(always)]
    pub(crate) fn put(self, block: &[u8; N], len: usize) {
        let Self(out) = self;
        let end = out.len() + len.min(N);
        // SAFETY: [`reserve`] and [`spare`], which alone make a `Reserved`, saw to `N` bytes behind the present ones; this
        // writes those.
        unsafe { out.as_mut_ptr().add(out.len()).cast::<[u8; N]>().write_unaligned(*block) };
        // SAFETY: `end` is at most `N` past the length, up to where the line above has initialised the room.
        unsafe { out.set_len(end) };
    }

    /// Appends `first`, `second` and then `bytes`, if they fit; tells whether they did.
    #[inline(always)]
    pub(crate) fn put_short_after(self, first: &[u8], second: u8, bytes: &[u8]) -> bool {
        let Self(out) = self;
        if first.len() > N / 2 || bytes.len() >= N - N / 2 {
            return false;
        }
        let len = out.len();
        // SAFETY: `N` bytes are there behind the present ones, of which `first` is half at most; slices do not overlap a
        // buffer that is borrowed mutably.
        unsafe { out.as_mut_ptr().add(len).copy_from_nonoverlapping(first.as_ptr(), first.len()) };
        // SAFETY: in the other half there are more bytes than `bytes` has.
        unsafe { out.as_mut_ptr().add(len + first.len()).write(second) };
        // SAFETY: with the one above, `bytes` are what the other half holds at most.
        unsafe { copy(bytes, out.as_mut_ptr().add(len + first.len() + 1)) };
        // SAFETY: all bytes up to there were written above.
        unsafe { out.set_len(len + first.len() + 1 + bytes.len()) };
        true
    }

    /// Appends `first`, and then `bytes`, if they fit; tells whether they did.
    #[inline(always)]
    pub(crate) fn put_short(self, first: u8, bytes: &[u8]) -> bool {
        let Self(out) = self;
        if bytes.len() >= N {
            return false;
        }
        let len = out.len();
        // SAFETY: `N` bytes are there behind the present ones, and `N` is not zero, being more than `bytes` has.
        unsafe { out.as_mut_ptr().add(len).write(first) };
        // SAFETY: with the first one, `bytes` are `N` at most; a slice does not overlap a buffer that is borrowed mutably.
        unsafe { copy(bytes, out.as_mut_ptr().add(len + 1)) };
        // SAFETY: all bytes up to there were written above.
        unsafe { out.set_len(len + 1 + bytes.len()) };
        true
    }
}

/// Appends the first `len` bytes of `block`; at most all of it.
#[inline(always)]
pub(crate) fn put<const N: usize>(out: &mut Vec<u8>, block: &[u8; N], len: usize) {
    reserve(out).put(block, len);
}

/// Appends `bytes`, of which there are mostly few.
#[inline(always)]
pub(crate) fn put_slice(out: &mut Vec<u8>, bytes: &[u8]) {
    put_both(out, &[], 0, bytes);
}

/// Appends the first `len` bytes of `head`, at most all of it, and then `bytes`.
#[inline(always)]
pub(crate) fn put_both<const N: usize>(out: &mut Vec<u8>, head: &[u8; N], len: usize, bytes: &[u8]) {
    out.reserve(N.saturating_add(bytes.len()));
    let begin = out.len() + len.min(N);
    // SAFETY: `N` bytes, and `bytes.len()` more, were reserved behind the present ones; this writes the first `N`.
    unsafe { out.as_mut_ptr().add(out.len()).cast::<[u8; N]>().write_unaligned(*head) };
    // SAFETY: `begin` is at most `N` past the length, so that from there on `bytes.len()` are reserved at least; a slice
    // does not overlap a buffer that is borrowed mutably.
    unsafe { copy(bytes, out.as_mut_ptr().add(begin)) };
    // SAFETY: all bytes up to there were written above.
    unsafe { out.set_len(begin + bytes.len()) };
}

/// Appends `head`, and then the first `len` bytes of `block`; at most all of it.
#[inline(always)]
pub(crate) fn put_after<const N: usize>(out: &mut Vec<u8>, head: &[u8], block: &[u8; N], len: usize) {
    out.reserve(N.saturating_add(head.len()));
    let begin = out.len() + head.len();
    // SAFETY: `head.len()` bytes, and `N` more, were reserved behind the present ones; a slice does not overlap a buffer that
    // is borrowed mutably.
    unsafe { out.as_mut_ptr().add(out.len()).copy_from_nonoverlapping(head.as_ptr(), head.len()) };
    // SAFETY: as above; this writes the `N` that come behind `head`.
    unsafe { out.as_mut_ptr().add(begin).cast::<[u8; N]>().write_unaligned(*block) };
    // SAFETY: all bytes up to there were written above.
    unsafe { out.set_len(begin + len.min(N)) };
}

/// Appends `head`, and `text` in quotes.
#[inline(always)]
pub(crate) fn put_quoted(out: &mut Vec<u8>, head: &[u8], text: &[u8]) {
    out.reserve(head.len().saturating_add(text.len()).saturating_add(2));
    let begin = out.len() + head.len() + 1;
    // SAFETY: room for `head`, for `text` and for two more bytes was reserved behind the present ones; this writes the first
    // `head.len()`. A slice does not overlap a buffer that is borrowed mutably.
    unsafe { out.as_mut_ptr().add(out.len()).copy_from_nonoverlapping(head.as_ptr(), head.len()) };
    // SAFETY: as above; `begin` is one byte past `head`.
    unsafe { out.as_mut_ptr().add(begin - 1).write(b'"') };
    // SAFETY: as above; room for `text` and one byte begins at `begin`.
    unsafe { copy(text, out.as_mut_ptr().add(begin)) };
    // SAFETY: as above; this is the last byte.
    unsafe { out.as_mut_ptr().add(begin + text.len()).write(b'"') };
    // SAFETY: all bytes up to there were written above.
    unsafe { out.set_len(begin + text.len() + 1) };
}

/// The twin of [`put`] that trusts nothing.
#[cfg(test)]
fn put_plainly<const N: usize>(out: &mut Vec<u8>, block: &[u8; N], len: usize) {
    out.extend_from_slice(block.get(..len).unwrap_or(block));
}

/// Copies `from` to `to`, for few bytes with stores that may overlap.
///
/// # Safety
/// As many bytes as there are in `from` must be writable at `to`, and must not overlap `from`.
#[inline(always)]
unsafe fn copy(from: &[u8], to: *mut u8) {
    // SAFETY: `copy_ends` asks for no more than the caller promises.
    unsafe {
        let len = from.len();
        if len > 32 {
            to.copy_from_nonoverlapping(from.as_ptr(), len);
        } else if len >= 16 {
            copy_ends::<16>(from, to);
        } else if len >= 8 {
            copy_ends::<8>(from, to);
        } else if len >= 4 {
            copy_ends::<4>(from, to);
        } else if len >= 2 {
            copy_ends::<2>(from, to);
        } else {
            copy_ends::<1>(from, to);
        }
    }
}

/// Copies the first and the last `N` bytes of `from` to `to`: all of them, where they are `N` to `2 * N`.
///
/// # Safety
/// As for [`copy`].
#[inline(always)]
unsafe fn copy_ends<const N: usize>(from: &[u8], to: *mut u8) {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else { return };
    // SAFETY: `from` holds `N` bytes, and as many as it holds may be written at `to`.
    unsafe { to.cast::<[u8; N]>().write_unaligned(*first) };
    // SAFETY: as above; the last `N` of them end where `from` does.
    unsafe { to.add(from.len() - N).cast::<[u8; N]>().write_unaligned(*last) };
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
            for have in 0..40 {
                let mut out = vec![b'x'; have];
                let before = out.clone();
                if reserve::<33>(&mut out).put_short(b'!', &bytes) {
                    assert_eq!(out, [&before[..], b"!", &bytes].concat());
                } else {
                    assert!(bytes.len() > 32);
                    assert_eq!(out, before);
                }
            }
        }
    }

    #[test]
    fn head_comes_before_the_rest() {
        for len in 0..70u8 {
            let bytes: Vec<u8> = (1..=len).collect();
            for head_len in 0..=5 {
                let mut out = vec![0];
                put_both(&mut out, b"head", head_len, &bytes);
                assert_eq!(out, [b"\0", &b"head"[..head_len.min(4)], &bytes].concat());
            }
        }
    }

    #[test]
    fn block_comes_after_the_head() {
        for head_len in 0..40u8 {
            let head: Vec<u8> = (1..=head_len).collect();
            for len in 0..=5 {
                let mut out = vec![0];
                put_after(&mut out, &head, b"tail", len);
                assert_eq!(out, [b"\0", &head[..], &b"tail"[..len.min(4)]].concat());
            }
        }
    }

    #[test]
    fn text_is_quoted_behind_the_head() {
        for head_len in 0..40u8 {
            let head: Vec<u8> = (1..=head_len).collect();
            for len in 0..70 {
                let text = vec![b'y'; len];
                let mut out = vec![0];
                put_quoted(&mut out, &head, &text);
                assert_eq!(out, [b"\0", &head[..], b"\"", &text, b"\""].concat());
            }
        }
    }

    #[test]
    fn three_parts_are_appended_where_each_fits() {
        for head_len in 0..20u8 {
            let head: Vec<u8> = (1..=head_len).collect();
            for len in 0..20 {
                let bytes = vec![b'y'; len];
                let mut out = vec![b'x'];
                let fits = reserve::<32>(&mut out).put_short_after(&head, b'!', &bytes);
                assert_eq!(fits, head_len <= 16 && len < 16);
                assert_eq!(out, if fits { [b"x", &head[..], b"!", &bytes].concat() } else { b"x".to_vec() });
            }
        }
    }

    #[test]
    fn nothing_is_spare_where_memory_would_have_to_be_asked_for() {
        for capacity in 0..20 {
            let mut out = Vec::with_capacity(capacity);
            let spare_bytes = out.capacity();
            assert_eq!(spare::<9>(&mut out).is_some(), spare_bytes >= 9);
        }
    }

    #[test]
    fn short_blocks_are_filled_with_zeros() {
        for len in 0..=16u8 {
            let bytes: Vec<u8> = (1..=len).collect();
            let block = short_block(&bytes);
            assert_eq!(block[..bytes.len()], bytes);
            assert!(block[bytes.len()..].iter().all(|&byte| byte == 0));
        }
    }
}
