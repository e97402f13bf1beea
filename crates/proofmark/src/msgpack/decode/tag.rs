//! The entry that tells which record a map is.

use super::Reader;
use crate::{
    Decoder, Key, Kind, Kinds, Segment, Tag,
    decode::Token,
    error::{Detail, Error, Result},
    key::{TagRef, TagValue},
};

impl Reader<'_> {
    pub(super) fn refuse_unless_tag(&mut self, tag: &Tag) -> Result<()> {
        let kind = match tag.value {
            TagValue::Str(_) => Kind::Str,
            TagValue::Int(_) => Kind::Int,
        };
        self.read_tag(
            kind,
            |found| if tag.is(found) { Ok(()) } else { Err(crate::record::invalid_tag(found)) },
        )
    }

    /// Reads a tag's value.
    pub(super) fn read_tag<R>(&mut self, wanted: Kind, f: impl FnOnce(TagRef<'_>) -> Result<R>) -> Result<R> {
        let offset = self.cursor.pos();
        let result = match (self.token()?, wanted) {
            (Token::Str(text), Kind::Str) => f(TagRef::Str(&text)),
            (Token::Int(value), Kind::Int) => f(TagRef::Int(value)),
            (token, _) => Err(token.mismatch(Kinds::of(wanted))),
        };
        result.map_err(|error| error.at_offset(offset))
    }

    pub(super) fn find_tag_in_array<R>(
        &mut self,
        offset: usize,
        len: usize,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.enter(len, offset)?;
        self.read_tag(wanted, f).map_err(|error| error.at(Segment::Index(0)))
    }

    pub(super) fn find_tag_in_map<R>(
        &mut self,
        offset: usize,
        len: usize,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        for _ in 0..self.enter(len, offset)? {
            if self.cursor.eat(key.msgpack) || self.read_key()? == key.name {
                return self.read_tag(wanted, f).map_err(|error| error.at(Segment::Field(key.name)));
            }
            self.skip()?;
        }
        Err(Error::new(Detail::MissingField(key.name)))
    }
}
