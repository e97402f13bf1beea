//! The entries of a record that are not its own.

use std::borrow::Cow;

use super::takes;
use crate::{
    Decode, Decoder, Error, Kind, Kinds, Result, Segment, Tag, TagValue,
    decode::Token,
    key::TagRef,
    record::{invalid_tag, unknown},
    shape::RecordShape,
};

/// An entry that was met, whose value comes next.
#[derive(Clone, Debug)]
pub struct Entry<'de, M> {
    /// Its key.
    pub(crate) name: Cow<'de, str>,
    /// Where its key begins.
    pub(crate) key: M,
    /// As a byte of the input.
    pub(crate) offset: Option<usize>,
}

/// An entry that was passed.
#[derive(Debug)]
pub(super) struct Passed<'de, M> {
    pub(super) entry: Entry<'de, M>,
    /// Where its value begins.
    pub(super) value: M,
    pub(super) is_taken: bool,
}

/// The entries that a record passed because they may belong to a part of it.
#[derive(Debug)]
pub struct Rest<'de, M> {
    pub(super) entries: Vec<Passed<'de, M>>,
    /// Behind the record.
    pub(super) end: Option<M>,
}

impl<'de, M: Copy> Rest<'de, M> {
    /// No entries.
    #[expect(clippy::new_without_default, reason = "it is made in one place, by derived code")]
    pub const fn new() -> Self {
        Self { entries: Vec::new(), end: None }
    }

    /// Consumes keys up to one of the record's own, whose index it gives, or to the end of the record.
    ///
    /// # Errors
    /// Fails when the input is malformed, the tag is another, or a field belongs to no part and is refused.
    pub fn next<D: Decoder<'de, Mark = M>>(
        &mut self,
        decoder: &mut D,
        record: &mut D::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        while let Some(entry) = decoder.record_key(record, shape)? {
            if let Some(index) = shape.lookup.find(&entry.name) {
                decoder.record_met(record, &shape.fields[index].key);
                return Ok(Some(index));
            }
            let passed = match &shape.tag {
                Some(tag) if entry.name == tag.key.name => match check_tag(decoder, tag) {
                    Err(error) if D::COLLECTS => decoder.record_fault(record, error, &tag.key),
                    checked => checked.map_err(|error| error.at(Segment::Field(tag.key.name))),
                },
                _ => self.pass(decoder, record, shape, entry),
            };
            passed.and_then(|()| decoder.record_next(record))?;
        }
        self.end = Some(decoder.mark());
        Ok(None)
    }

    fn pass<D: Decoder<'de, Mark = M>>(
        &mut self,
        decoder: &mut D,
        record: &mut D::Record,
        shape: &'static RecordShape,
        entry: Entry<'de, M>,
    ) -> Result<()> {
        let is_taken = takes(shape, &entry.name);
        if !is_taken && !shape.allow_unknown {
            let error = refusal(&entry);
            decoder.record_hold(record, error)?;
        }
        let value = decoder.mark();
        if is_taken {
            self.entries.push(Passed { entry, value, is_taken: false });
        }
        match decoder.skip() {
            Ok(()) => Ok(()),
            Err(error) => decoder.record_hold(record, error),
        }
    }

    /// Reads a part, from the entries that are its own.
    ///
    /// # Errors
    /// Fails when they do not make a `T`.
    pub fn read<T: Decode<'de>, D: Decoder<'de, Mark = M>>(
        &mut self,
        decoder: &mut D,
        record: &mut D::Record,
        slot: &mut Option<T>,
    ) -> Result<()> {
        let is_there = !matches!(T::FLAT, super::Flat::Optional(_))
            || self.entries.iter().any(|passed| !passed.is_taken && T::FLAT.takes(&passed.entry.name));
        let read = match T::absent() {
            Some(value) if !is_there => Ok(value),
            _ => decoder.flat(self, is_there),
        };
        match read {
            Ok(value) => *slot = Some(value),
            Err(error) => decoder.record_hold(record, error)?,
        }
        Ok(())
    }

    /// Ends the record, which refuses what no part has taken.
    ///
    /// # Errors
    /// Fails when something is left, and where the decoder has kept faults.
    pub fn finish<D: Decoder<'de, Mark = M>>(
        &mut self,
        decoder: &mut D,
        record: &mut D::Record,
        shape: &'static RecordShape,
    ) -> Result<()> {
        if !shape.allow_unknown {
            for passed in self.entries.iter().filter(|passed| !passed.is_taken) {
                decoder.record_hold(record, refusal(&passed.entry))?;
            }
        }
        self.end(decoder);
        decoder.record_done(record, shape)
    }

    /// Goes behind the record.
    pub(super) fn end<D: Decoder<'de, Mark = M>>(&self, decoder: &mut D) {
        if let Some(end) = self.end {
            decoder.reset(end);
        }
    }

    /// The index of the first entry from `from` on that is not taken and fits.
    pub(super) fn find(&self, from: usize, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let entries = self.entries.iter().enumerate().skip(from);
        let mut found = entries.filter(|(_, passed)| !passed.is_taken && fits(&passed.entry.name));
        found.next().map(|(index, _)| index)
    }
}

fn refusal<M>(entry: &Entry<'_, M>) -> Error {
    entry.offset.into_iter().fold(unknown(&entry.name), Error::at_offset)
}

/// Reads the value of a tag entry, which must be the tag.
pub(super) fn check_tag<'de, D: Decoder<'de>>(decoder: &mut D, tag: &'static Tag) -> Result<()> {
    read_tag(decoder, kind(tag), |found| if tag.is(found) { Ok(()) } else { Err(invalid_tag(found)) })
}

const fn kind(tag: &Tag) -> Kind {
    match tag.value {
        TagValue::Str(_) => Kind::Str,
        TagValue::Int(_) => Kind::Int,
    }
}

/// Reads the value of a tag entry.
pub(super) fn read_tag<'de, R, D: Decoder<'de>>(
    decoder: &mut D,
    wanted: Kind,
    f: impl FnOnce(TagRef<'_>) -> Result<R>,
) -> Result<R> {
    let offset = decoder.offset();
    let read = match (decoder.token()?, wanted) {
        (Token::Str(text), Kind::Str) => f(TagRef::Str(&text)),
        (Token::Int(value), Kind::Int) => f(TagRef::Int(value)),
        (token, _) => Err(token.mismatch(Kinds::of(wanted))),
    };
    read.map_err(|error| offset.into_iter().fold(error, Error::at_offset))
}
