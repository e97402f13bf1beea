//! Reading a part of a record.

use std::borrow::Cow;

use super::{
    rest::{Entry, Rest, check_tag, read_tag},
    takes,
};
use crate::{
    Decode, Decoder, Error, Key, Kind, Limits, Medium, Raw, Result, Segment, Strictness, Tag,
    collect::{Faults, missing_fields},
    decode::{Integer, Token},
    error::Detail,
    key::TagRef,
    shape::RecordShape,
};

/// A [`Decoder`] whose next value is a map of the entries that are left in a record.
///
/// Values inside are read by way of it too, but there it hands everything on.
#[derive(Debug)]
pub(crate) struct FlatReader<'a, 'de, D: Decoder<'de>> {
    base: &'a mut D,
    rest: &'a mut Rest<'de, D::Mark>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// The next value is the map.
    Before,
    /// As above, and the map has no entries of the part: it is null to those that can be.
    BeforeNone,
    Inside,
}

/// A container: the entries that are left, from some index on, or one inside their values.
#[derive(Debug)]
pub(crate) enum Part<C> {
    Rest(Entries),
    Inside(C),
}

/// How far the entries were looked through.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    at: usize,
    faults: Faults,
    met: Vec<&'static str>,
}

impl<'a, 'de, D: Decoder<'de>> FlatReader<'a, 'de, D> {
    pub(crate) fn read<T: Decode<'de>>(
        base: &'a mut D,
        rest: &'a mut Rest<'de, D::Mark>,
        is_there: bool,
    ) -> Result<T> {
        let state = if is_there { State::Before } else { State::BeforeNone };
        T::decode(&mut Self { base, rest, state })
    }

    fn is_before(&self) -> bool {
        self.state != State::Inside
    }

    /// Takes the next entry that fits, and goes to its value.
    fn take(&mut self, entries: &mut Entries, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let index = self.rest.find(entries.at, fits)?;
        entries.at = index + 1;
        let passed = self.rest.entries.get_mut(index)?;
        passed.is_taken = true;
        self.base.reset(passed.value);
        Some(index)
    }

    fn name(&self, index: usize) -> &str {
        self.rest.entries.get(index).map_or("", |passed| &passed.entry.name)
    }

    /// Keeps a fault where faults are kept.
    fn keep(&mut self, entries: &mut Entries, error: Error) -> Result<()> {
        let error = self.base.offset().into_iter().fold(error, Error::at_offset);
        if !D::COLLECTS {
            return Err(error);
        }
        let has_room = error.as_several().is_some() || self.base.fault_has_room();
        entries.faults.add(error);
        if has_room { Ok(()) } else { Err(entries.faults.take()) }
    }

    fn end(&mut self, entries: &mut Entries, shape: &'static RecordShape) -> Result<()> {
        self.rest.end(self.base);
        if D::COLLECTS {
            let met = std::mem::take(&mut entries.met);
            for error in missing_fields(shape, &met) {
                self.keep(entries, error)?;
            }
        }
        if entries.faults.is_empty() { Ok(()) } else { Err(entries.faults.take()) }
    }
}

impl<'de, D: Decoder<'de>> Decoder<'de> for FlatReader<'_, 'de, D> {
    type Record = Part<D::Record>;
    type Seq = D::Seq;
    type Map = Part<D::Map>;
    type Mark = D::Mark;

    const FORMAT: &'static str = D::FORMAT;
    const MEDIUM: Medium = D::MEDIUM;
    const COLLECTS: bool = D::COLLECTS;

    fn offset(&self) -> Option<usize> {
        self.base.offset()
    }
    fn record_fault(&mut self, record: &mut Self::Record, error: Error, key: &'static Key) -> Result<()> {
        match record {
            Part::Inside(record) => self.base.record_fault(record, error, key),
            Part::Rest(entries) => self.keep(entries, error.at(Segment::Field(key.name))),
        }
    }
    fn seq_fault(&mut self, seq: &mut Self::Seq, error: Error, index: usize) -> Result<()> {
        self.base.seq_fault(seq, error, index)
    }
    fn map_fault(&mut self, map: &mut Self::Map, error: Error) -> Result<()> {
        match map {
            Part::Inside(map) => self.base.map_fault(map, error),
            Part::Rest(entries) => self.keep(entries, error.at(Segment::Value)),
        }
    }
    fn fault_has_room(&mut self) -> bool {
        self.base.fault_has_room()
    }
    fn record_hold(&mut self, record: &mut Self::Record, error: Error) -> Result<()> {
        match record {
            Part::Inside(record) => self.base.record_hold(record, error),
            Part::Rest(entries) => self.keep(entries, error),
        }
    }
    fn record_met(&mut self, record: &mut Self::Record, key: &'static Key) {
        match record {
            Part::Inside(record) => self.base.record_met(record, key),
            Part::Rest(entries) => entries.met.push(key.name),
        }
    }
    fn record_done(&mut self, record: &mut Self::Record, shape: &'static RecordShape) -> Result<()> {
        match record {
            Part::Inside(record) => self.base.record_done(record, shape),
            Part::Rest(entries) => self.end(entries, shape),
        }
    }
    fn record_key(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<Entry<'de, D::Mark>>> {
        match record {
            Part::Inside(record) => self.base.record_key(record, shape),
            Part::Rest(entries) => {
                let index = self.take(entries, |name| takes(shape, name));
                match index.and_then(|index| self.rest.entries.get(index)) {
                    Some(passed) => Ok(Some(passed.entry.clone())),
                    None => {
                        self.rest.end(self.base);
                        Ok(None)
                    }
                }
            }
        }
    }
    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        self.base.key()
    }
    fn flat<T: Decode<'de>>(&mut self, rest: &mut Rest<'de, D::Mark>, is_there: bool) -> Result<T> {
        FlatReader::read(self.base, rest, is_there)
    }

    fn strictness(&self) -> Strictness {
        self.base.strictness()
    }
    fn set_strictness(&mut self, strictness: Strictness) -> Strictness {
        self.base.set_strictness(strictness)
    }
    fn limits(&self) -> &Limits {
        self.base.limits()
    }
    fn set_aside(&mut self, len: usize, size: usize) -> usize {
        self.base.set_aside(len, size)
    }
    fn settle(&mut self, len: usize, size: usize) {
        self.base.settle(len, size);
    }
    fn mark(&self) -> Self::Mark {
        self.base.mark()
    }
    fn reset(&mut self, mark: Self::Mark) {
        self.base.reset(mark);
    }
    fn peek(&mut self) -> Result<Kind> {
        if self.is_before() { Ok(Kind::Object) } else { self.base.peek() }
    }
    fn take_null(&mut self) -> Result<bool> {
        match self.state {
            State::Before => Ok(false),
            State::BeforeNone => Ok(true),
            State::Inside => self.base.take_null(),
        }
    }
    fn bool(&mut self) -> Result<bool> {
        self.base.bool()
    }
    fn int<I: Integer>(&mut self) -> Result<I> {
        self.base.int()
    }
    fn f64(&mut self) -> Result<f64> {
        self.base.f64()
    }
    fn f32(&mut self) -> Result<f32> {
        self.base.f32()
    }
    fn str(&mut self) -> Result<Cow<'de, str>> {
        self.base.str()
    }
    fn string(&mut self) -> Result<String> {
        self.base.string()
    }
    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        self.base.bytes()
    }
    fn token(&mut self) -> Result<Token<'de>> {
        if self.is_before() { Ok(Token::Object) } else { self.base.token() }
    }
    fn spelt_token(&mut self, kind: Kind) -> Result<Token<'de>> {
        self.base.spelt_token(kind)
    }
    fn located<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let offset = self.base.located(|base| Ok(base.offset()))?;
        read(self).map_err(|error| offset.into_iter().fold(error, Error::at_offset))
    }
    fn skip(&mut self) -> Result<()> {
        if self.is_before() {
            self.state = State::Inside;
            self.rest.entries.iter_mut().for_each(|passed| passed.is_taken = true);
            return Ok(());
        }
        self.base.skip()
    }
    fn raw(&mut self) -> Result<Raw<'de>> {
        self.base.raw()
    }

    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Self::Record> {
        if self.is_before() {
            self.state = State::Inside;
            return Ok(Part::Rest(Entries::default()));
        }
        self.base.record_start(shape).map(Part::Inside)
    }
    fn record_tag(&mut self, record: &mut Self::Record, shape: &'static RecordShape) -> bool {
        match record {
            Part::Inside(record) => self.base.record_tag(record, shape),
            Part::Rest(_) => false,
        }
    }
    fn record_field(&mut self, record: &mut Self::Record, key: &'static Key) -> bool {
        let entries = match record {
            Part::Inside(record) => return self.base.record_field(record, key),
            Part::Rest(entries) => entries,
        };
        let is_next = self.rest.find(entries.at, |_| true).is_some_and(|index| self.name(index) == key.name);
        if is_next {
            self.take(entries, |_| true);
            entries.met.push(key.name);
        }
        is_next
    }
    fn record_next(&mut self, record: &mut Self::Record) -> Result<()> {
        match record {
            Part::Inside(record) => self.base.record_next(record),
            Part::Rest(_) => Ok(()),
        }
    }
    fn record_other(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        let entries = match record {
            Part::Inside(record) => return self.base.record_other(record, shape),
            Part::Rest(entries) => entries,
        };
        while let Some(index) = self.take(entries, |name| takes(shape, name)) {
            if let Some(field) = shape.lookup.find(self.name(index)) {
                entries.met.push(shape.fields[field].key.name);
                return Ok(Some(field));
            }
            if let Some(tag) = &shape.tag
                && let Err(error) = check_tag(self.base, tag)
            {
                self.keep(entries, error.at(Segment::Field(tag.key.name)))?;
            }
        }
        self.end(entries, shape).map(|()| None)
    }

    fn seq_start(&mut self) -> Result<Self::Seq> {
        self.base.seq_start()
    }
    fn seq_next(&mut self, seq: &mut Self::Seq) -> Result<bool> {
        self.base.seq_next(seq)
    }
    fn seq_len(seq: &Self::Seq) -> Option<usize> {
        D::seq_len(seq)
    }
    fn map_start(&mut self) -> Result<Self::Map> {
        if self.is_before() {
            self.state = State::Inside;
            return Ok(Part::Rest(Entries::default()));
        }
        self.base.map_start().map(Part::Inside)
    }
    fn map_key<K: Decode<'de>>(&mut self, map: &mut Self::Map) -> Result<Option<K>> {
        let entries = match map {
            Part::Inside(map) => return self.base.map_key(map),
            Part::Rest(entries) => entries,
        };
        while let Some(index) = self.take(entries, |_| true) {
            let Some(passed) = self.rest.entries.get(index) else { break };
            self.base.reset(passed.entry.key);
            match self.base.key() {
                Ok(key) => {
                    self.base.reset(passed.value);
                    return Ok(Some(key));
                }
                Err(error) => self.keep(entries, error)?,
            }
        }
        self.rest.end(self.base);
        if entries.faults.is_empty() { Ok(None) } else { Err(entries.faults.take()) }
    }
    fn map_next(&mut self, map: &mut Self::Map) -> Result<()> {
        match map {
            Part::Inside(map) => self.base.map_next(map),
            Part::Rest(_) => Ok(()),
        }
    }
    fn map_len(map: &Self::Map) -> Option<usize> {
        match map {
            Part::Inside(map) => D::map_len(map),
            Part::Rest(_) => None,
        }
    }
    fn begins_with_tag(&self, tag: &'static Tag) -> bool {
        !self.is_before() && self.base.begins_with_tag(tag)
    }
    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        if !self.is_before() {
            return self.base.find_tag(key, wanted, f);
        }
        let found = self.rest.find(0, |name| name == key.name).and_then(|index| self.rest.entries.get(index));
        let Some(passed) = found else { return Err(Error::new(Detail::MissingField(key.name))) };
        self.base.reset(passed.value);
        let read = read_tag(self.base, wanted, f);
        self.rest.end(self.base);
        read.map_err(|error| error.at(Segment::Field(key.name)))
    }
}
