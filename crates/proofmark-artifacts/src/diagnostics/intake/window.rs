//! Bytes that come from a reader bit by bit, of which only what is needed is kept.

use std::io::{self, ErrorKind, Read};

/// How much is asked of the reader at a time, at least.
const CHUNK_BYTES: usize = 64 << 10;

/// A reader, and the bytes that were read and not yet passed.
#[derive(Debug)]
pub(super) struct Window<R> {
    reader: R,
    bytes: Vec<u8>,
    /// Where the bytes begin that were not passed.
    start: usize,
    is_ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, bytes: Vec::new(), start: 0, is_ended: false }
    }

    /// What was read and not passed.
    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    pub(super) fn pass(&mut self, len: usize) {
        self.start = (self.start + len).min(self.bytes.len());
    }

    /// Reads some more: as much again as is there, or a chunk; `false` when there is no more.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        if self.is_ended {
            return Ok(false);
        }
        self.bytes.drain(..self.start);
        self.start = 0;
        let end = self.bytes.len();
        self.bytes.resize(end + end.max(CHUNK_BYTES), 0);
        let read = loop {
            match self.reader.read(self.bytes.get_mut(end..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes.truncate(end + read.as_ref().map_or(0, |read| *read));
        self.is_ended = matches!(read, Ok(0) | Err(_));
        Ok(read? > 0)
    }

    /// Whether there is anything more, or could be.
    pub(super) fn has_more(&mut self) -> io::Result<bool> {
        Ok(!self.rest().is_empty() || self.fill()?)
    }
}
