//! The entry that tells which record an object is.

use super::Reader;
use crate::{
    Decoder, Key, Kind, Kinds, Segment, Tag,
    decode::Token,
    error::{Detail, Error, Result},
    json::{skip::quick, string},
    key::{TagRef, TagValue},
    limits::Room,
    shape::RecordShape,
};

impl Reader<'_> {
    /// Passes the tag entry, if it comes next and is spelled as this crate writes it.
    #[inline(always)]
    pub(super) fn pass_own_tag(&mut self, shape: &'static RecordShape) -> bool {
        match &shape.tag {
            Some(tag) => self.pass_tag(tag),
            None => false,
        }
    }

    /// Passes the tag entry, if it is the last one and spelled as this crate writes it, up to the closing brace.
    #[inline(always)]
    pub(super) fn ends_with_own_tag(&mut self, shape: &'static RecordShape) -> bool {
        let Some(tag) = &shape.tag else { return false };
        match self.cursor.rest().strip_prefix(tag.json_bare) {
            Some(rest @ [b'}', ..]) => {
                self.cursor.set_rest(rest);
                true
            }
            _ => false,
        }
    }

    #[inline(always)]
    fn pass_tag(&mut self, tag: &'static Tag) -> bool {
        // An integer tag must end here: `1` is not the beginning of `12`.
        match self.cursor.rest().strip_prefix(tag.json_bare) {
            Some(rest @ [b',' | b'}', ..]) => {
                self.cursor.set_rest(rest);
                true
            }
            _ => false,
        }
    }

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
    #[inline]
    fn read_tag<R>(&mut self, wanted: Kind, f: impl FnOnce(TagRef<'_>) -> Result<R>) -> Result<R> {
        let offset = self.cursor.pos();
        let result = match string::take_simple(&mut self.cursor) {
            Some(text) if wanted == Kind::Str => f(TagRef::Str(text)),
            Some(_) => Err(Token::Str("".into()).mismatch(Kinds::of(wanted))),
            None => match (self.token()?, wanted) {
                (Token::Str(text), Kind::Str) => f(TagRef::Str(&text)),
                (Token::Int(value), Kind::Int) => f(TagRef::Int(value)),
                (token, _) => Err(token.mismatch(Kinds::of(wanted))),
            },
        };
        result.map_err(|error| error.at_offset(offset))
    }

    pub(super) fn find_tag_in_object<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.seek_entry(key)?;
        self.read_tag(wanted, f).map_err(|error| error.at(Segment::Field(key.name)))
    }

    /// Goes to the value of the entry `key` in the object that comes next.
    #[inline(never)]
    fn seek_entry(&mut self, key: &'static Key) -> Result<()> {
        self.enter()?;
        if self.cursor.skip_space() != b'"' && self.cursor.peek() != b'}' {
            return Err(self.cursor.malformed("object keys must be strings"));
        }
        if self.limits.has_room(0, self.cursor.rest())
            && let Some(value) = quick::value_of(self.cursor.rest(), self.depth_left, key.name)
        {
            self.cursor.set_rest(value);
            return Ok(());
        }
        self.seek_entry_with_care(key)
    }

    #[inline(never)]
    fn seek_entry_with_care(&mut self, key: &'static Key) -> Result<()> {
        let mut room = Room::new(&self.limits);
        while self.cursor.peek() != b'}' {
            room.take(&self.limits, self.cursor.pos())?;
            if self.read_key()? == key.name {
                return Ok(());
            }
            self.skip_value()?;
            self.advance()?;
        }
        Err(Error::new(Detail::MissingField(key.name)))
    }

    pub(super) fn find_tag_in_array<R>(
        &mut self,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.enter()?;
        if self.cursor.skip_space() == b']' {
            return Err(crate::record::too_short(1, 0));
        }
        self.read_tag(wanted, f).map_err(|error| error.at(Segment::Index(0)))
    }
}
