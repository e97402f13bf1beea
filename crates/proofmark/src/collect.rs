//! Reading on after a fault, so that all faults of a document are told at once.
//!
//! A [`Collector`] stands between a type and the reader of a format. Where a field, element or entry is at fault, it keeps
//! the fault with the container, passes the value over and goes on; the container fails at its end, with all it has kept.
//! Paths are built as ever, while the faults travel up. What reads without a collector is compiled without a trace of it:
//! its methods are asked only where [`Decoder::COLLECTS`].

use std::borrow::Cow;

use crate::{
    Decode, Decoder, Error, ErrorKind, Errors, Key, Kind, Limits, Medium, Raw, Result, Segment, Strictness,
    Tag,
    decode::{Integer, Token},
    flatten::Entry,
    key::TagRef,
    record::missing,
    shape::{FieldShape, Presence, RecordShape},
};

/// Reads a whole document; `end` refuses what follows it.
pub(crate) fn read_all<'de, T: Decode<'de>, D: Decoder<'de>>(
    reader: D,
    end: impl FnOnce(&mut D) -> Result<()>,
) -> Result<T, Errors> {
    let errors_max = reader.limits().errors_max;
    let mut collector = Collector { inner: reader, room: errors_max, is_stopped: false, closed_at: None };
    let start = collector.mark();
    let faults = match T::decode(&mut collector) {
        Ok(value) => match end(&mut collector.inner) {
            Ok(()) => return Ok(value),
            Err(error) => vec![error],
        },
        Err(error) => {
            let mut faults = Faults::default();
            let kept = collector.keep(&mut faults, start, error);
            if let Err(error) = kept.and_then(|()| end(&mut collector.inner)) {
                faults.add(error);
            }
            faults.0
        }
    };
    let is_complete = !collector.is_stopped && !faults.iter().any(is_syntax);
    Err(Errors::new(faults, is_complete))
}

/// The faults of one container.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Error>);

impl Faults {
    /// Adds a fault, or all that a container inside has kept.
    pub(crate) fn add(&mut self, error: Error) {
        match error.into_several() {
            Ok(several) => self.0.extend(several),
            Err(error) => self.0.push(error),
        }
    }

    /// What was kept, and a fault that ends the container here.
    fn and(&mut self, error: Error) -> Error {
        if self.0.is_empty() {
            return error;
        }
        self.add(error);
        self.take()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn take(&mut self) -> Error {
        Error::several(std::mem::take(&mut self.0))
    }
}

/// A container that is being read, where the value that was entered last begins, and what was at fault.
#[derive(Debug)]
pub(crate) struct Kept<C, M> {
    container: C,
    value: Option<M>,
    faults: Faults,
    /// The fields that were met, by wire name.
    met: Vec<&'static str>,
    /// How many elements were met.
    len: usize,
}

impl<C, M> Kept<C, M> {
    fn new(container: C) -> Self {
        Self { container, value: None, faults: Faults::default(), met: Vec::new(), len: 0 }
    }

    fn meet(&mut self, name: &'static str) {
        if !self.met.contains(&name) {
            self.met.push(name);
        }
    }
}

/// The required fields of a record that are not among those that were met.
pub(crate) fn missing_fields(shape: &'static RecordShape, met: &[&str]) -> impl Iterator<Item = Error> {
    let is_missing = |name: &str| !met.contains(&name);
    let is_required = |field: &&FieldShape| !field.is_flat() && matches!(field.presence, Presence::Required);
    let required = shape.fields.iter().filter(is_required);
    required.map(|field| field.key.name).filter(move |name| is_missing(name)).map(missing)
}

/// A [`Decoder`] that keeps faults and goes on.
#[derive(Debug)]
pub(crate) struct Collector<D> {
    inner: D,
    /// How many more faults are kept.
    room: usize,
    /// Whether there is no going on: the document is no document, or there was no more room.
    is_stopped: bool,
    /// Where a container ended that is about to fail: what is behind it can be read.
    closed_at: Option<usize>,
}

impl<'de, D: Decoder<'de>> Collector<D> {
    /// Keeps a fault of the value that began at `value`, and passes that value.
    fn keep(&mut self, faults: &mut Faults, value: D::Mark, error: Error) -> Result<()> {
        let closed_at = self.closed_at.take();
        let is_passed = closed_at.is_some() && closed_at == self.inner.offset();
        let offset = self.inner.offset();
        let error = offset.into_iter().fold(error, Error::at_offset);
        if self.is_stopped {
            return Err(faults.and(error));
        }
        let is_syntax = is_syntax(&error);
        self.count(faults, error)?;
        if is_passed {
            return Ok(());
        }
        self.inner.reset(value);
        match self.inner.skip() {
            Ok(()) => Ok(()),
            Err(_) if is_syntax => self.stop(faults),
            Err(error) => {
                let offset = self.inner.offset();
                faults.add(offset.into_iter().fold(error, Error::at_offset));
                self.stop(faults)
            }
        }
    }

    /// Keeps a fault, while there is room.
    fn count(&mut self, faults: &mut Faults, error: Error) -> Result<()> {
        let is_new = error.as_several().is_none();
        faults.add(error);
        self.room -= usize::from(is_new && self.room > 0);
        if self.room == 0 { self.stop(faults) } else { Ok(()) }
    }

    fn stop(&mut self, faults: &mut Faults) -> Result<()> {
        self.is_stopped = true;
        Err(faults.take())
    }

    /// Ends a container, which fails if anything in it did.
    fn close(&mut self, faults: &mut Faults) -> Result<()> {
        if faults.is_empty() {
            return Ok(());
        }
        self.closed_at = self.inner.offset();
        Err(faults.take())
    }

    /// Keeps the fault of a field that the record does not have, and passes its value.
    fn keep_unknown(&mut self, record: &mut Kept<D::Record, D::Mark>, error: Error) -> Result<()> {
        self.count(&mut record.faults, error)?;
        let passed = self.inner.skip().and_then(|()| self.inner.record_next(&mut record.container));
        passed.map_err(|error| record.faults.and(error))
    }

    /// Keeps the fault of a key, and passes it and its value.
    fn keep_key(&mut self, map: &mut Kept<D::Map, D::Mark>, key: D::Mark, error: Error) -> Result<()> {
        let offset = self.inner.offset();
        let error = offset.into_iter().fold(error, Error::at_offset);
        if is_syntax(&error) {
            return Err(map.faults.and(error));
        }
        self.count(&mut map.faults, error)?;
        // Keys of text were read as text before they were taken for anything else, and are passed.
        if D::MEDIUM == Medium::Binary {
            self.inner.reset(key);
            self.inner.skip().map_err(|error| map.faults.and(error))?;
        }
        let passed = self.inner.skip().and_then(|()| self.inner.map_next(&mut map.container));
        passed.map_err(|error| map.faults.and(error))
    }
}

/// Whether a fault is one of the document and not of its values, so that nothing behind it can be read.
fn is_syntax(error: &Error) -> bool {
    use ErrorKind::{Io, Limit, Malformed, Truncated, Utf8};
    match error.as_several() {
        Some(errors) => errors.iter().any(is_syntax),
        None => matches!(error.kind(), Io | Limit | Malformed | Truncated | Utf8),
    }
}

impl<'de, D: Decoder<'de>> Decoder<'de> for Collector<D> {
    type Record = Kept<D::Record, D::Mark>;
    type Seq = Kept<D::Seq, D::Mark>;
    type Map = Kept<D::Map, D::Mark>;
    type Mark = D::Mark;

    const FORMAT: &'static str = D::FORMAT;
    const MEDIUM: Medium = D::MEDIUM;
    const COLLECTS: bool = true;

    fn offset(&self) -> Option<usize> {
        self.inner.offset()
    }
    fn record_fault(&mut self, record: &mut Self::Record, error: Error, key: &'static Key) -> Result<()> {
        let error = error.at(Segment::Field(key.name));
        match record.value {
            Some(value) => self.keep(&mut record.faults, value, error),
            None => Err(record.faults.and(error)),
        }
    }
    fn seq_fault(&mut self, seq: &mut Self::Seq, error: Error, _: usize) -> Result<()> {
        let error = error.at(Segment::Index(seq.len - 1));
        match seq.value {
            Some(value) => self.keep(&mut seq.faults, value, error),
            None => Err(seq.faults.and(error)),
        }
    }
    fn map_fault(&mut self, map: &mut Self::Map, error: Error) -> Result<()> {
        let error = error.at(Segment::Value);
        match map.value {
            Some(value) => self.keep(&mut map.faults, value, error),
            None => Err(map.faults.and(error)),
        }
    }

    fn fault_has_room(&mut self) -> bool {
        self.room = self.room.saturating_sub(1);
        self.is_stopped |= self.room == 0;
        !self.is_stopped
    }
    fn record_hold(&mut self, record: &mut Self::Record, error: Error) -> Result<()> {
        let error = self.inner.offset().into_iter().fold(error, Error::at_offset);
        if self.is_stopped || is_syntax(&error) {
            return Err(record.faults.and(error));
        }
        self.count(&mut record.faults, error)
    }
    fn record_met(&mut self, record: &mut Self::Record, key: &'static Key) {
        record.meet(key.name);
    }
    fn record_done(&mut self, record: &mut Self::Record, shape: &'static RecordShape) -> Result<()> {
        let offset = self.inner.offset();
        for error in missing_fields(shape, &record.met) {
            self.count(&mut record.faults, offset.into_iter().fold(error, Error::at_offset))?;
        }
        self.close(&mut record.faults)
    }
    fn record_key(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<Entry<'de, D::Mark>>> {
        let entry = self.inner.record_key(&mut record.container, shape);
        record.value = Some(self.inner.mark());
        entry.map_err(|error| record.faults.and(error))
    }
    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        self.inner.key()
    }

    fn strictness(&self) -> Strictness {
        self.inner.strictness()
    }
    fn set_strictness(&mut self, strictness: Strictness) -> Strictness {
        self.inner.set_strictness(strictness)
    }
    fn limits(&self) -> &Limits {
        self.inner.limits()
    }
    fn set_aside(&mut self, len: usize, size: usize) -> usize {
        self.inner.set_aside(len, size)
    }
    fn settle(&mut self, len: usize, size: usize) {
        self.inner.settle(len, size);
    }
    fn mark(&self) -> Self::Mark {
        self.inner.mark()
    }
    fn reset(&mut self, mark: Self::Mark) {
        self.closed_at = None;
        self.inner.reset(mark);
    }
    fn peek(&mut self) -> Result<Kind> {
        self.inner.peek()
    }
    fn take_null(&mut self) -> Result<bool> {
        self.inner.take_null()
    }
    fn bool(&mut self) -> Result<bool> {
        self.inner.bool()
    }
    fn int<I: Integer>(&mut self) -> Result<I> {
        self.inner.int()
    }
    fn f64(&mut self) -> Result<f64> {
        self.inner.f64()
    }
    fn f32(&mut self) -> Result<f32> {
        self.inner.f32()
    }
    fn str(&mut self) -> Result<Cow<'de, str>> {
        self.inner.str()
    }
    fn string(&mut self) -> Result<String> {
        self.inner.string()
    }
    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        self.inner.bytes()
    }
    fn token(&mut self) -> Result<Token<'de>> {
        self.inner.token()
    }
    fn spelt_token(&mut self, kind: Kind) -> Result<Token<'de>> {
        self.inner.spelt_token(kind)
    }
    fn located<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let offset = self.inner.located(|inner| Ok(inner.offset()))?;
        read(self).map_err(|error| offset.into_iter().fold(error, Error::at_offset))
    }
    fn skip(&mut self) -> Result<()> {
        self.inner.skip()
    }
    fn raw(&mut self) -> Result<Raw<'de>> {
        self.inner.raw()
    }

    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Self::Record> {
        self.inner.record_start(shape).map(Kept::new)
    }
    fn record_tag(&mut self, record: &mut Self::Record, shape: &'static RecordShape) -> bool {
        self.inner.record_tag(&mut record.container, shape)
    }
    fn record_field(&mut self, record: &mut Self::Record, key: &'static Key) -> bool {
        let is_next = self.inner.record_field(&mut record.container, key);
        if is_next {
            record.value = Some(self.inner.mark());
            record.meet(key.name);
        }
        is_next
    }
    fn record_next(&mut self, record: &mut Self::Record) -> Result<()> {
        self.inner.record_next(&mut record.container).map_err(|error| record.faults.and(error))
    }
    fn record_other(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        loop {
            match self.inner.record_other(&mut record.container, shape) {
                Ok(Some(index)) => {
                    record.value = Some(self.inner.mark());
                    record.meet(shape.fields[index].key.name);
                    return Ok(Some(index));
                }
                Ok(None) => return self.record_done(record, shape).map(|()| None),
                Err(error) if error.kind() == ErrorKind::UnknownField => self.keep_unknown(record, error)?,
                Err(error) => return Err(record.faults.and(error)),
            }
        }
    }

    fn seq_start(&mut self) -> Result<Self::Seq> {
        self.inner.seq_start().map(Kept::new)
    }
    fn seq_next(&mut self, seq: &mut Self::Seq) -> Result<bool> {
        match self.inner.seq_next(&mut seq.container) {
            Ok(true) => {
                seq.value = Some(self.inner.mark());
                seq.len += 1;
                Ok(true)
            }
            Ok(false) => self.close(&mut seq.faults).map(|()| false),
            Err(error) => Err(seq.faults.and(error)),
        }
    }
    fn seq_len(seq: &Self::Seq) -> Option<usize> {
        D::seq_len(&seq.container)
    }
    fn map_start(&mut self) -> Result<Self::Map> {
        self.inner.map_start().map(Kept::new)
    }
    fn map_key<K: Decode<'de>>(&mut self, map: &mut Self::Map) -> Result<Option<K>> {
        loop {
            let mark = self.inner.mark();
            match self.inner.map_key::<K>(&mut map.container) {
                Ok(Some(key)) => {
                    map.value = Some(self.inner.mark());
                    return Ok(Some(key));
                }
                Ok(None) => return self.close(&mut map.faults).map(|()| None),
                Err(error) => self.keep_key(map, mark, error)?,
            }
        }
    }
    fn map_next(&mut self, map: &mut Self::Map) -> Result<()> {
        self.inner.map_next(&mut map.container).map_err(|error| map.faults.and(error))
    }
    fn map_len(map: &Self::Map) -> Option<usize> {
        D::map_len(&map.container)
    }
    fn begins_with_tag(&self, tag: &'static Tag) -> bool {
        self.inner.begins_with_tag(tag)
    }
    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.inner.find_tag(key, wanted, f)
    }
}
