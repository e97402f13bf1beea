//! Appending to a byte buffer: a few bytes with one store, instead of a call that copies as many as there are.
//!
//! Unsafe because a store of a whole block goes past the bytes that count, into room that was reserved. It pays with
//! a fifth of the instructions of writing records of short texts as JSON, and half of those of three integers each as
//! MessagePack (bench `msgpack-encode-reuse/scan`: 75 against 139).

#![allow(unsafe_code)]

/// The most bytes that are reserved for what is only expected: what is longer grows as it comes.
pub(crate) const EXPECTED_MAX: usize = 1 << 20;

/// A cursor over room behind the bytes of a buffer: what is put there counts for the buffer in the end, once.
///
/// Where all of it fits the room that was asked for, by what the compiler knows of the lengths, no put looks whether it
/// does, and how far they came stays in a register.
#[derive(Debug)]
pub(crate) struct Room<'a> {
    out: &'a mut Vec<u8>,
    /// Where the next byte goes: up to there, the buffer is written.
    end: usize,
    /// How many bytes there are at least from there on.
    left: usize,
}

impl<'a> Room<'a> {
    /// Room for `bytes`.
    #[inline(always)]
    pub(crate) fn new(out: &'a mut Vec<u8>, bytes: usize) -> Self {
        out.reserve(bytes);
        let end = out.len();
        Self { out, end, left: bytes }
    }

    /// Sees to room for `bytes` more.
    #[inline(always)]
    pub(crate) fn claim(&mut self, bytes: usize) {
        if self.out.capacity() - self.end < bytes {
            // SAFETY: all bytes up to `end` were written by the puts before, behind the buffer's own.
            unsafe { self.out.set_len(self.end) };
            self.out.reserve(bytes);
        }
        self.left = bytes;
    }

    /// Appends the first `len` bytes of `block`; at most all of it.
    #[inline(always)]
    pub(crate) fn put<const N: usize>(&mut self, block: &[u8; N], len: usize) {
        if self.left < N {
            self.claim(N);
        }
        // SAFETY: `left` bytes from `end` on are within the capacity, as `new` and `claim` saw to and `pass` keeps up; the branch
        // above has made them `N` at least.
        unsafe { self.out.as_mut_ptr().add(self.end).cast::<[u8; N]>().write_unaligned(*block) };
        self.pass(len.min(N));
    }

    /// Appends `bytes`, of which the compiler knows the number.
    #[inline(always)]
    pub(crate) fn put_known(&mut self, bytes: &[u8]) {
        if self.left < bytes.len() {
            self.claim(bytes.len());
        }
        // SAFETY: as for `put`, `bytes.len()` from `end` on are within the capacity; a slice does not overlap a buffer that
        // is borrowed mutably.
        unsafe { self.out.as_mut_ptr().add(self.end).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        self.pass(bytes.len());
    }

    /// Counts bytes that were written, of those that are left.
    #[inline(always)]
    fn pass(&mut self, len: usize) {
        self.end += len;
        self.left -= len;
    }
}

impl Drop for Room<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: `end` is within the capacity, as what is left is, and all bytes up to it were written.
        unsafe { self.out.set_len(self.end) };
    }
}

/// Room for `N` bytes behind those of a buffer, for texts whose length is not known.
#[derive(Debug)]
pub(crate) struct Spare<'a, const N: usize>(&'a mut Vec<u8>);

/// Room for `N` bytes, if that needs no more memory: who calls a function of its own for the other case stays small.
#[inline(always)]
pub(crate) fn spare<const N: usize>(out: &mut Vec<u8>) -> Option<Spare<'_, N>> {
    (out.capacity() - out.len() >= N).then_some(Spare(out))
}

impl<const N: usize> Spare<'_, N> {
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
    Room::new(out, N).put(block, len);
}

/// Appends `head`, whose length the compiler knows, and then the first `len` bytes of `block`; at most all of it.
#[inline(always)]
pub(crate) fn put_after<const N: usize>(out: &mut Vec<u8>, head: &[u8], block: &[u8; N], len: usize) {
    let mut room = Room::new(out, N.saturating_add(head.len()));
    room.put_known(head);
    room.put(block, len);
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
    fn room_takes_more_than_was_asked_for() {
        for bytes in 0..40 {
            for len in 0..=20 {
                let mut out = vec![b'x'];
                let mut expected = out.clone();
                let mut room = Room::new(&mut out, bytes);
                for _ in 0..3 {
                    room.put_known(b"head");
                    room.put(b"0123456789abcdef", len);
                    expected.extend_from_slice(b"head");
                    put_plainly(&mut expected, b"0123456789abcdef", len);
                }
                drop(room);
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
                out.reserve(33);
                if spare::<33>(&mut out).is_some_and(|spare| spare.put_short(b'!', &bytes)) {
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
                let mut out = Vec::with_capacity(33);
                out.push(b'x');
                let fits =
                    spare::<32>(&mut out).is_some_and(|spare| spare.put_short_after(&head, b'!', &bytes));
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
