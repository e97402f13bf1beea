//! Newline-delimited JSON.

use std::marker::PhantomData;

use super::{Decoder, Encoder, Indent, Reader, format_with_limits};
use crate::{Decode, Encode, Limits, Segment, error::Result};

/// Encodes each item on a line of its own. A [`Raw`](crate::Raw) value that has more than one is laid out anew.
///
/// # Errors
/// As [`to_vec`](super::to_vec).
///
/// # Examples
/// ```
/// assert_eq!(proofmark::json::to_lines([1, 2])?, b"1\n2\n");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_lines<T: Encode>(items: impl IntoIterator<Item = T>) -> Result<Vec<u8>> {
    let encoder = Encoder::new();
    let mut out = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let start = out.len();
        encoder.encode_into(&item, &mut out).map_err(|error| error.at(Segment::Index(index)))?;
        join_lines(&mut out, start)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Takes the line ends out of what was written from `start` on. Strings hold none; between tokens they are blanks.
fn join_lines(out: &mut Vec<u8>, start: usize) -> Result<()> {
    let item = out.get(start..).unwrap_or_default();
    if memchr::memchr2(b'\n', b'\r', item).is_some() {
        let line = format_with_limits(item, Indent::None, Limits::depth(u32::MAX))?;
        out.truncate(start);
        out.extend_from_slice(&line);
    }
    Ok(())
}

/// Decodes values that follow each other, with blanks, line ends or nothing between them.
///
/// Items are decoded as the iterator is asked for them; it ends at the end of the input or after the first error.
///
/// # Examples
/// ```
/// let items = proofmark::json::from_lines::<u8>(b"1\n2\n").collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(items, [1, 2]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_lines<'de, T: Decode<'de>>(input: &'de [u8]) -> Lines<'de, T> {
    Decoder::new().from_lines(input)
}

/// The iterator of [`from_lines`].
#[derive(Debug)]
pub struct Lines<'de, T> {
    reader: Option<Result<Reader<'de>>>,
    index: usize,
    items: PhantomData<T>,
}

impl<'de, T> Lines<'de, T> {
    pub(super) const fn new(reader: Result<Reader<'de>>) -> Self {
        Self { reader: Some(reader), index: 0, items: PhantomData }
    }
}

impl<'de, T: Decode<'de>> Iterator for Lines<'de, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let reader = match self.reader.as_mut()? {
            Ok(reader) => reader,
            Err(_) => return self.reader.take()?.err().map(Err),
        };
        if !reader.has_more() {
            self.reader = None;
            return None;
        }
        let item = reader.read_one().map_err(|error| error.at(Segment::Index(self.index)));
        self.index += 1;
        if item.is_err() {
            self.reader = None;
        }
        Some(item)
    }
}
