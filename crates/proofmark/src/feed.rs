//! Bytes that come from a reader bit by bit, of which only what is needed is kept.

use std::io::{self, ErrorKind, Read};

/// How much is asked of the reader at a time, at least.
pub(crate) const CHUNK_BYTES: usize = 64 << 10;

/// A reader, and the bytes that were read and not yet used.
#[derive(Debug)]
pub(crate) struct Feed<R> {
    reader: R,
    buffer: Vec<u8>,
    /// Where in the buffer the unused bytes begin.
    start: usize,
    /// How many bytes were used.
    used: usize,
    is_ended: bool,
}

impl<R: Read> Feed<R> {
    pub(crate) const fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, used: 0, is_ended: false }
    }

    /// The bytes that were read and not yet used.
    pub(crate) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// The last `len` bytes that were used.
    pub(crate) fn last(&self, len: usize) -> &[u8] {
        self.buffer.get(self.start.saturating_sub(len)..self.start).unwrap_or_default()
    }

    /// How many bytes were used.
    pub(crate) const fn used(&self) -> usize {
        self.used
    }

    /// Whether the reader has no more.
    pub(crate) const fn is_ended(&self) -> bool {
        self.is_ended
    }

    /// Uses `len` bytes.
    pub(crate) fn pass(&mut self, len: usize) {
        self.start += len;
        self.used += len;
    }

    /// Reads some more, up to `len` bytes or a chunk, whichever is more.
    pub(crate) fn fill(&mut self, len: usize) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let end = self.buffer.len();
        self.buffer.resize(end + len.max(CHUNK_BYTES), 0);
        let read = loop {
            match self.reader.read(self.buffer.get_mut(end..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(end + read.as_ref().map_or(0, |read| *read));
        self.is_ended = matches!(read, Ok(0) | Err(_));
        read.map(drop)
    }
}
