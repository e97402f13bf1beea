//! Messages that follow each other.

use std::marker::PhantomData;

use super::{Decoder, Reader};
use crate::{Decode, Segment, error::Result};

/// Decodes messages that follow each other without anything between them.
///
/// Items are decoded as the iterator is asked for them; it ends at the end of the input or after the first error.
///
/// # Examples
/// ```
/// let items = proofmark::msgpack::from_stream::<u8>(b"\x01\x02").collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(items, [1, 2]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_stream<'de, T: Decode<'de>>(input: &'de [u8]) -> Stream<'de, T> {
    Decoder::new().from_stream(input)
}

/// The iterator of [`from_stream`].
#[derive(Debug)]
pub struct Stream<'de, T> {
    reader: Option<Result<Reader<'de>>>,
    index: usize,
    items: PhantomData<T>,
}

impl<'de, T> Stream<'de, T> {
    pub(super) const fn new(reader: Result<Reader<'de>>) -> Self {
        Self { reader: Some(reader), index: 0, items: PhantomData }
    }
}

impl<'de, T: Decode<'de>> Iterator for Stream<'de, T> {
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
