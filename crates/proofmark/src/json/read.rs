//! Lines from a reader, one at a time.

use std::{io::Read, marker::PhantomData};

use super::Decoder;
use crate::{Decode, Segment, decode::DecodeOwned, error::Result, feed::Feed};

/// Decodes newline-delimited JSON from a reader, one line at a time.
///
/// The memory in use is that of the longest line and of one item. A line that is at fault is told, and the next one is
/// read all the same: which lines are bad is known at the end, and so is the rest of the data. Blank lines are passed.
///
/// # Examples
/// ```
/// let file: &[u8] = b"1\n\n\"x\"\n3";
/// let lines: Vec<_> = proofmark::json::read_lines::<u8, _>(file).collect();
/// assert_eq!(*lines[0].as_ref().unwrap(), 1);
/// let error = lines[1].as_ref().unwrap_err();
/// assert_eq!((error.to_string().as_str(), error.offset()), ("Expected `int`, got `str` - at `$[1]`", Some(3)));
/// assert_eq!(*lines[2].as_ref().unwrap(), 3);
/// ```
pub fn read_lines<T: DecodeOwned, R: Read>(reader: R) -> ReadLines<T, R> {
    Decoder::new().read_lines(reader)
}

/// The iterator of [`read_lines`].
#[derive(Debug)]
pub struct ReadLines<T, R> {
    lines: LineReader<R>,
    items: PhantomData<T>,
}

impl<T: DecodeOwned, R: Read> Iterator for ReadLines<T, R> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        self.lines.next()
    }
}

/// Lines from a reader, each decoded as the type that is asked for, and borrowed from if that type borrows.
///
/// ```
/// use proofmark::json;
/// let mut lines = json::LineReader::new(&b"\"a\"\n[1,2]\n"[..], json::Decoder::new());
/// let word: &str = lines.next().unwrap()?;
/// assert_eq!(word, "a");
/// let numbers: Vec<u16> = lines.next().unwrap()?;
/// assert_eq!(numbers, [1, 2]);
/// assert!(lines.next::<bool>().is_none());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Debug)]
pub struct LineReader<R> {
    feed: Feed<R>,
    decoder: Decoder,
    index: usize,
}

impl<R: Read> LineReader<R> {
    /// Reads with the options of `decoder`; its limit on bytes holds for each line.
    pub const fn new(reader: R, decoder: Decoder) -> Self {
        Self { feed: Feed::new(reader), decoder, index: 0 }
    }

    /// The next line that is not blank.
    ///
    /// # Errors
    /// Fails when the line is not JSON, or not a `T`, or longer than the limit; the next one can be read then. Fails at
    /// last when reading does.
    pub fn next<'a, T: Decode<'a>>(&'a mut self) -> Option<Result<T>> {
        let len = match self.next_line()? {
            Ok(len) => len,
            Err(error) => return Some(Err(error.at(Segment::Index(self.index - 1)))),
        };
        let base = self.feed.used() - len;
        let index = self.index - 1;
        let item = self.decoder.from_slice(self.feed.last(len));
        Some(item.map_err(|error| error.moved_by(base).at(Segment::Index(index))))
    }

    /// Passes the next line that is not blank, and tells its length with the line end.
    fn next_line(&mut self) -> Option<Result<usize>> {
        loop {
            let len = match self.line_len() {
                Ok(0) => return None,
                Ok(len) => len,
                Err(error) => {
                    self.index += 1;
                    return Some(Err(error));
                }
            };
            self.feed.pass(len);
            if !self.feed.last(len).trim_ascii().is_empty() {
                self.index += 1;
                return Some(Ok(len));
            }
        }
    }

    /// The length of what comes up to a line end, that one counted; 0 at the end of the input.
    fn line_len(&mut self) -> Result<usize> {
        let mut seen = 0;
        loop {
            let rest = self.feed.rest();
            if let Some(at) = memchr::memchr(b'\n', rest.get(seen..).unwrap_or_default()) {
                return Ok(seen + at + 1);
            }
            seen = rest.len();
            if seen > self.decoder.limits_in_force().input_bytes_max {
                let offset = self.feed.used();
                self.pass_line(seen)?;
                return Err(self.decoder.limits_in_force().too_large().moved_by(offset));
            }
            if self.feed.is_ended() {
                return Ok(seen);
            }
            self.feed.fill(0)?;
        }
    }

    /// Passes what is left of a line of which `seen` bytes are there, and keeps none of it.
    fn pass_line(&mut self, seen: usize) -> Result<()> {
        self.feed.pass(seen);
        loop {
            let rest = self.feed.rest();
            if let Some(at) = memchr::memchr(b'\n', rest) {
                self.feed.pass(at + 1);
                return Ok(());
            }
            self.feed.pass(rest.len());
            if self.feed.is_ended() {
                return Ok(());
            }
            self.feed.fill(0)?;
        }
    }
}

impl Decoder {
    /// As [`read_lines`], with these options; the limit on bytes holds for each line.
    pub fn read_lines<T: DecodeOwned, R: Read>(&self, reader: R) -> ReadLines<T, R> {
        ReadLines { lines: LineReader::new(reader, *self), items: PhantomData }
    }
}
