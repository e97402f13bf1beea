//! Events in memory, as MessagePack.

use std::fmt;
use std::io;
use std::marker::PhantomData;

use proofmark::msgpack::{Decoder, Encoder, Stream};
use proofmark::{Decode, Encode, Error, Raw};

use crate::DiagnosticEvent;
use crate::codec::LIMITS;

/// Bytes of a buffer, unless another limit is asked for.
pub const EVENT_BUFFER_BYTES_MAX: usize = 64 << 20;

/// Events, or other records, as MessagePack that follows each other: written into one buffer, read one by one.
///
/// A buffer that is full refuses the event and stays as it was; [`SpillingBuffer`] empties itself into a writer instead.
/// Once it has grown, neither writing an event nor clearing takes memory.
///
/// # Examples
/// ```
/// use proofmark_artifacts::DiagnosticEvent;
/// use proofmark_artifacts::diagnostics::intake::{EventBuffer, PushError};
///
/// let event: DiagnosticEvent = proofmark::json::from_str(r#"{"type":"run_event.v1","phase":"started"}"#)?;
/// let mut buffer = EventBuffer::with_limit(64);
/// buffer.push(&event)?;
/// assert!(matches!(buffer.push(&event), Err(PushError::Full { .. })));
/// assert_eq!(buffer.iter().collect::<Result<Vec<_>, _>>()?, [event]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct EventBuffer<T = DiagnosticEvent> {
    bytes: Vec<u8>,
    len: usize,
    bytes_max: usize,
    events: PhantomData<fn(&T)>,
}

/// Why an event was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum PushError {
    /// There is no room for it.
    Full {
        /// Bytes of the event.
        bytes: usize,
        /// Bytes that the buffer has taken.
        taken: usize,
        /// Bytes that it may hold.
        bytes_max: usize,
    },
    /// It cannot be written as MessagePack.
    Encode(Error),
    /// The writer that a full buffer is emptied into failed.
    Sink(io::Error),
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { bytes, taken, bytes_max } => {
                write!(f, "the buffer is full: {taken} of {bytes_max} bytes are taken, the event has {bytes}")
            }
            Self::Encode(error) => error.fmt(f),
            Self::Sink(error) => write!(f, "the buffer cannot be emptied: {error}"),
        }
    }
}

impl std::error::Error for PushError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Full { .. } => None,
            Self::Encode(error) => Some(error),
            Self::Sink(error) => Some(error),
        }
    }
}

impl<T> Default for EventBuffer<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> EventBuffer<T> {
    /// An empty buffer of at most [`EVENT_BUFFER_BYTES_MAX`].
    pub const fn new() -> Self {
        Self::with_limit(EVENT_BUFFER_BYTES_MAX)
    }

    /// An empty buffer of at most `bytes_max` bytes. While an event is written, it is there on top of that.
    pub const fn with_limit(bytes_max: usize) -> Self {
        Self { bytes: Vec::new(), len: 0, bytes_max, events: PhantomData }
    }

    /// How many events it holds.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The events as MessagePack.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes all events out, and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.len = 0;
    }

    /// The events, undecoded.
    pub fn raws(&self) -> Stream<'_, Raw<'_>> {
        Decoder::new().limits(LIMITS).from_stream(&self.bytes)
    }

    /// Writes all events into `sink`, and takes them out; how many bytes that were.
    ///
    /// # Errors
    /// Fails when the sink does; the events are still there then, and part of them may be in the sink.
    pub fn flush_to(&mut self, sink: &mut (impl io::Write + ?Sized)) -> io::Result<usize> {
        sink.write_all(&self.bytes)?;
        let bytes = self.bytes.len();
        self.clear();
        Ok(bytes)
    }
}

impl<T: Encode> EventBuffer<T> {
    /// Adds an event.
    ///
    /// # Errors
    /// Fails when it has no room, or the event cannot be written; the buffer is as it was then.
    pub fn push(&mut self, event: &T) -> Result<(), PushError> {
        let taken = self.bytes.len();
        let encoder = Encoder::new().limits(LIMITS);
        encoder.encode_into(event, &mut self.bytes).map_err(PushError::Encode)?;
        if self.bytes.len() > self.bytes_max {
            let bytes = self.bytes.len() - taken;
            self.bytes.truncate(taken);
            return Err(PushError::Full { bytes, taken, bytes_max: self.bytes_max });
        }
        self.len += 1;
        Ok(())
    }
}

impl<'a, T: Decode<'a>> EventBuffer<T> {
    /// The events, each decoded when it is asked for.
    pub fn iter(&'a self) -> Stream<'a, T> {
        Decoder::new().limits(LIMITS).from_stream(&self.bytes)
    }
}

impl<'a, T: Decode<'a>> IntoIterator for &'a EventBuffer<T> {
    type Item = proofmark::Result<T>;
    type IntoIter = Stream<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A buffer that is emptied into a writer whenever it is full.
///
/// # Examples
/// ```
/// use proofmark_artifacts::DiagnosticEvent;
/// use proofmark_artifacts::diagnostics::intake::{EventBuffer, SpillingBuffer};
///
/// let event: DiagnosticEvent = proofmark::json::from_str(r#"{"type":"run_event.v1","phase":"started"}"#)?;
/// let mut file = Vec::new();
/// let mut buffer = SpillingBuffer::new(EventBuffer::with_limit(100), &mut file);
/// (0..10).try_for_each(|_| buffer.push(&event))?;
/// buffer.finish()?;
/// assert_eq!(proofmark::msgpack::from_stream::<DiagnosticEvent>(&file).count(), 10);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct SpillingBuffer<W, T = DiagnosticEvent> {
    buffer: EventBuffer<T>,
    sink: W,
}

impl<W: io::Write, T: Encode> SpillingBuffer<W, T> {
    /// A buffer in front of a writer.
    pub const fn new(buffer: EventBuffer<T>, sink: W) -> Self {
        Self { buffer, sink }
    }

    /// Adds an event; empties the buffer first if it is full.
    ///
    /// # Errors
    /// Fails when the writer does, the event is larger than the whole buffer, or it cannot be written.
    pub fn push(&mut self, event: &T) -> Result<(), PushError> {
        match self.buffer.push(event) {
            Err(PushError::Full { .. }) if !self.buffer.is_empty() => {
                self.buffer.flush_to(&mut self.sink).map_err(PushError::Sink)?;
                self.buffer.push(event)
            }
            pushed => pushed,
        }
    }

    /// Empties the buffer and flushes the writer, which is given back.
    ///
    /// # Errors
    /// Fails when the writer does.
    pub fn finish(mut self) -> io::Result<W> {
        self.buffer.flush_to(&mut self.sink)?;
        self.sink.flush()?;
        Ok(self.sink)
    }
}
