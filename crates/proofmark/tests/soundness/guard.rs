//! Memory that ends where the bytes end: whoever reads one further does not go on.

#![allow(unsafe_code)]

use std::ptr;

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect};

/// A multiple of the size of a page on every processor.
const SIZE: usize = 1 << 16;

/// Room for bytes between two stretches of memory that cannot be touched.
pub(crate) struct Guard(&'static mut [u8]);

impl Guard {
    /// Maps the memory, for as long as the process lives.
    pub(crate) fn new() -> Self {
        // SAFETY: the system chooses the place, so that nothing else lies there.
        let begin =
            unsafe { mmap_anonymous(ptr::null_mut(), 3 * SIZE, ProtFlags::empty(), MapFlags::PRIVATE) };
        let room = begin.expect("the system has three more pages").cast::<u8>().wrapping_add(SIZE);
        let flags = MprotectFlags::READ | MprotectFlags::WRITE;
        // SAFETY: the middle third of what was just mapped, which nobody knows of.
        unsafe { mprotect(room.cast(), SIZE, flags) }.expect("the memory is ours");
        // SAFETY: `SIZE` bytes that can be read and written, are zero, and are never unmapped nor given out again.
        Self(unsafe { std::slice::from_raw_parts_mut(room, SIZE) })
    }

    /// A copy of `bytes`, behind which memory ends.
    pub(crate) fn before_the_end(&mut self, bytes: &[u8]) -> &[u8] {
        let place = &mut self.0[SIZE - bytes.len()..];
        place.copy_from_slice(bytes);
        place
    }

    /// A copy of `bytes`, before which there is no memory.
    pub(crate) fn after_the_begin(&mut self, bytes: &[u8]) -> &[u8] {
        let place = &mut self.0[..bytes.len()];
        place.copy_from_slice(bytes);
        place
    }
}
