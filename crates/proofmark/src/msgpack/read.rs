//! Messages from a reader, one at a time.

use std::{io::Read, marker::PhantomData};

use super::{Decoder, cursor::Cursor, skip};
use crate::{Decode, Error, ErrorKind, Segment, decode::DecodeOwned, error::Result, feed::Feed};

/// Decodes messages that follow each other in a reader, one at a time.
///
/// The memory in use is that of the longest message and of one item. A message that is at fault is told, and the next one is
/// read all the same; where the bytes are no MessagePack at all, nothing can follow.
///
/// # Examples
/// ```
/// let file: &[u8] = b"\x01\xa1x\x03";
/// let items: Vec<_> = proofmark::msgpack::read_stream::<u8, _>(file).collect();
/// assert_eq!(*items[0].as_ref().unwrap(), 1);
/// let error = items[1].as_ref().unwrap_err();
/// assert_eq!((error.to_string().as_str(), error.offset()), ("Expected `int`, got `str` - at `$[1]`", Some(1)));
/// assert_eq!(*items[2].as_ref().unwrap(), 3);
/// ```
pub fn read_stream<T: DecodeOwned, R: Read>(reader: R) -> ReadStream<T, R> {
    Decoder::new().read_stream(reader)
}

/// The iterator of [`read_stream`].
#[derive(Debug)]
pub struct ReadStream<T, R> {
    messages: MessageReader<R>,
    items: PhantomData<T>,
}

impl<T: DecodeOwned, R: Read> Iterator for ReadStream<T, R> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        self.messages.next()
    }
}

/// Messages from a reader, each decoded as the type that is asked for, and borrowed from if that type borrows.
///
/// ```
/// use proofmark::msgpack;
/// let mut messages = msgpack::MessageReader::new(&b"\xa1a\x92\x01\x02"[..], msgpack::Decoder::new());
/// let word: &str = messages.next().unwrap()?;
/// assert_eq!(word, "a");
/// let numbers: Vec<u16> = messages.next().unwrap()?;
/// assert_eq!(numbers, [1, 2]);
/// assert!(messages.next::<bool>().is_none());
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Debug)]
pub struct MessageReader<R> {
    feed: Feed<R>,
    decoder: Decoder,
    index: usize,
    is_broken: bool,
}

impl<R: Read> MessageReader<R> {
    /// Reads with the options of `decoder`; its limit on bytes holds for each message.
    pub const fn new(reader: R, decoder: Decoder) -> Self {
        Self { feed: Feed::new(reader), decoder, index: 0, is_broken: false }
    }

    /// The next message.
    ///
    /// # Errors
    /// Fails when the message is not a `T`; the next one can be read then. Fails at last when the bytes are not
    /// MessagePack, a message is longer than the limit, or reading fails.
    pub fn next<'a, T: Decode<'a>>(&'a mut self) -> Option<Result<T>> {
        let index = self.index;
        let base = self.feed.used();
        let len = match self.message_len() {
            Ok(0) => return None,
            Ok(len) => len,
            Err(error) => {
                self.is_broken = true;
                return Some(Err(error.moved_by(base).at(Segment::Index(index))));
            }
        };
        self.index += 1;
        self.feed.pass(len);
        let item = self.decoder.from_slice(self.feed.last(len));
        Some(item.map_err(|error| error.moved_by(base).at(Segment::Index(index))))
    }

    /// The length of the next message; 0 where there is none.
    fn message_len(&mut self) -> Result<usize> {
        let limits = self.decoder.limits_in_force();
        while !self.is_broken {
            let rest = self.feed.rest();
            if rest.len() > limits.input_bytes_max && first_len(rest, &self.decoder).is_err() {
                return Err(limits.too_large());
            }
            match first_len(rest, &self.decoder) {
                Err(error) if error.kind() == ErrorKind::Truncated && !self.feed.is_ended() => {
                    // As much again as is there: what is looked at more than once is as long as the message at most.
                    let len = rest.len();
                    self.feed.fill(len)?;
                }
                Err(_) if rest.is_empty() => return Ok(0),
                len => return len,
            }
        }
        Ok(0)
    }
}

/// The length of the message that `bytes` start with.
fn first_len(bytes: &[u8], decoder: &Decoder) -> Result<usize> {
    let limits = decoder.limits_in_force();
    let mut cursor = Cursor::new(bytes);
    skip::skip(&mut cursor, limits.depth_max, &limits)
        .map_err(|error: Error| error.at_offset(cursor.pos()))?;
    Ok(cursor.pos())
}

impl Decoder {
    /// As [`read_stream`], with these options; the limit on bytes holds for each message.
    pub fn read_stream<T: DecodeOwned, R: Read>(&self, reader: R) -> ReadStream<T, R> {
        ReadStream { messages: MessageReader::new(reader, *self), items: PhantomData }
    }
}
