//! Reading types from JSON text.

use std::borrow::Cow;

use super::{
    cursor::Cursor,
    key::KeyReader,
    number::{self, Number},
    skip, string,
};
use crate::{
    Decode, Decoder, Errors, Key, Kind, Kinds, Limits, Medium, Raw, Segment, Strictness, Tag, collect,
    decode::{Integer, Seed, Token},
    error::{Error, Result},
    flatten::Entry,
    key::TagRef,
    lenient,
    limits::{Allowance, Room},
    raw::Format,
    scalar::base64,
    shape::RecordShape,
};

mod entry;
mod fault;
mod numeral;
mod tag;

/// A [`Decoder`] over JSON text.
#[derive(Debug)]
pub struct Reader<'de> {
    cursor: Cursor<'de>,
    depth_left: u32,
    limits: Limits,
    allowance: Allowance,
    strictness: Strictness,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(input: &'de [u8], limits: Limits, strictness: Strictness) -> Result<Self> {
        limits.check_input(input)?;
        Ok(Self {
            cursor: Cursor::new(input),
            depth_left: limits.depth_max,
            limits,
            allowance: Allowance::new(input),
            strictness,
        })
    }

    /// Reads one whole value and refuses anything but blanks after it.
    pub(crate) fn read_all<T: Decode<'de>>(mut self) -> Result<T> {
        let value = self.read_one()?;
        self.end().map(|()| value)
    }

    /// As [`Reader::read_all`], of a type that `seed` knows.
    pub(crate) fn read_all_seeded<S: Seed<'de>>(mut self, seed: S) -> Result<S::Value> {
        let value = seed.read(&mut self).map_err(|error| error.at_offset(self.cursor.pos()))?;
        self.end().map(|()| value)
    }

    /// As [`Reader::read_all`], with all errors of the document.
    pub(crate) fn read_all_errors<T: Decode<'de>>(self) -> Result<T, Errors> {
        collect::read_all(self, Self::end)
    }

    /// Refuses anything but blanks.
    fn end(&mut self) -> Result<()> {
        self.cursor.skip_space();
        if self.cursor.at_end() {
            return Ok(());
        }
        Err(self.cursor.malformed_at(self.cursor.pos() + 1, "trailing characters"))
    }

    /// Reads one value and stays behind it.
    pub(crate) fn read_one<T: Decode<'de>>(&mut self) -> Result<T> {
        T::decode(self).map_err(|error| error.at_offset(self.cursor.pos()))
    }

    /// Passes blanks and tells whether anything follows.
    pub(crate) fn has_more(&mut self) -> bool {
        self.cursor.skip_space();
        !self.cursor.at_end()
    }

    #[inline(always)]
    fn enter(&mut self) -> Result<()> {
        if self.depth_left == 0 {
            return Err(self.limits.too_deep().at_offset(self.cursor.pos()));
        }
        self.depth_left -= 1;
        self.cursor.bump();
        Ok(())
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.cursor.bump();
        self.depth_left += 1;
    }

    /// As [`Reader::str_slow`], for a string of its own.
    #[inline(never)]
    fn string_slow(&mut self) -> Result<String> {
        self.str_slow().map(Cow::into_owned)
    }

    /// Text with an escape, with letters beyond ASCII, or behind blanks.
    #[inline(never)]
    fn str_slow(&mut self) -> Result<Cow<'de, str>> {
        if self.cursor.skip_space() != b'"' {
            return Err(self.mismatch(Kinds::of(Kind::Str)));
        }
        self.cursor.bump();
        string::read(&mut self.cursor)
    }

    #[inline(never)]
    fn seq_next_slow(&mut self, seq: &mut Items) -> Result<bool> {
        match (self.cursor.skip_space(), seq.first) {
            (b']', _) => {
                self.leave();
                return Ok(false);
            }
            (b',', false) => {
                self.cursor.bump();
                if self.cursor.skip_space() == b']' {
                    return Err(self.cursor.malformed("trailing comma in array"));
                }
            }
            (_, true) => seq.first = false,
            (_, false) => return Err(self.cursor.malformed("expected ',' or ']'")),
        }
        seq.room.take(&self.limits, self.cursor.pos())?;
        Ok(true)
    }

    /// Passes a value that nobody wants.
    #[inline(always)]
    fn skip_value(&mut self) -> Result<()> {
        if string::take_simple(&mut self.cursor).is_some() {
            return Ok(());
        }
        skip::skip(&mut self.cursor, self.depth_left, &self.limits).map(drop)
    }
}

/// A sequence or map that is being read.
#[derive(Debug)]
pub struct Items {
    first: bool,
    room: Room,
}

impl Items {
    fn new(limits: &Limits) -> Self {
        Self { first: true, room: Room::new(limits) }
    }

    /// Counts the first element, if it is that and there is room for it.
    #[inline(always)]
    fn take_first_quietly(&mut self) -> bool {
        let is_taken = self.first && self.room.take_quietly();
        self.first &= !is_taken;
        is_taken
    }

    /// Counts one more element, if it is not the first and there is room for it.
    #[inline(always)]
    fn take_quietly(&mut self) -> bool {
        !self.first && self.room.take_quietly()
    }
}

impl<'de> Decoder<'de> for Reader<'de> {
    /// How many entries were met.
    type Record = usize;
    type Seq = Items;
    type Map = Items;
    type Mark = (usize, u32);

    const FORMAT: &'static str = "JSON";
    const MEDIUM: Medium = Medium::Text;

    fn offset(&self) -> Option<usize> {
        Some(self.cursor.pos())
    }

    #[inline(always)]
    fn strictness(&self) -> Strictness {
        self.strictness
    }

    fn record_key(
        &mut self,
        count: &mut usize,
        _: &'static RecordShape,
    ) -> Result<Option<Entry<'de, Self::Mark>>> {
        let is_end = self.cursor.peek() == b'}';
        *count += usize::from(!is_end);
        if *count > self.limits.collection_len_max {
            return Err(self.limits.too_long().at_offset(self.cursor.pos()));
        }
        if is_end {
            self.leave();
            return Ok(None);
        }
        let (key, offset) = (self.mark(), self.offset());
        Ok(Some(Entry { name: self.read_key()?, key, offset }))
    }

    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        let offset = self.cursor.pos();
        let key = self.read_key()?;
        let mut reader = KeyReader::new(key, &self.limits, self.strictness);
        K::decode(&mut reader).map_err(|error| error.at(Segment::Key).at_offset(offset))
    }

    fn set_strictness(&mut self, strictness: Strictness) -> Strictness {
        std::mem::replace(&mut self.strictness, strictness)
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    #[inline]
    fn set_aside(&mut self, len: usize, size: usize) -> usize {
        self.allowance.take(len, size, self.cursor.rest().len())
    }

    #[inline]
    fn settle(&mut self, len: usize, size: usize) {
        self.allowance.give_back(len, size);
    }

    #[inline(always)]
    fn mark(&self) -> Self::Mark {
        (self.cursor.pos(), self.depth_left)
    }

    #[inline(always)]
    fn reset(&mut self, (pos, depth_left): Self::Mark) {
        self.cursor.set_pos(pos);
        self.depth_left = depth_left;
    }

    fn peek(&mut self) -> Result<Kind> {
        Ok(match self.cursor.skip_space() {
            b'"' => Kind::Str,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            b'-' | b'0'..=b'9' => match number::scan(&mut self.cursor.clone())? {
                Number::Float(_) => Kind::Float,
                _ => Kind::Int,
            },
            _ => return Err(self.cursor.malformed("invalid character")),
        })
    }

    #[inline(always)]
    fn take_null(&mut self) -> Result<bool> {
        if self.cursor.skip_space() != b'n' {
            return Ok(false);
        }
        self.cursor.literal(b"null")?;
        Ok(true)
    }

    #[inline]
    fn bool(&mut self) -> Result<bool> {
        match self.cursor.skip_space() {
            b't' => self.cursor.literal(b"true").map(|()| true),
            b'f' => self.cursor.literal(b"false").map(|()| false),
            _ => self.lenient_or_mismatch(Kind::Bool, |token| lenient::bool(token)),
        }
    }

    #[inline(always)]
    fn int<I: Integer>(&mut self) -> Result<I> {
        self.int_next()
    }

    fn f64(&mut self) -> Result<f64> {
        self.f64_next()
    }

    fn f32(&mut self) -> Result<f32> {
        self.f32_next()
    }

    fn str(&mut self) -> Result<Cow<'de, str>> {
        match string::take_simple(&mut self.cursor) {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.str_slow(),
        }
    }

    fn string(&mut self) -> Result<String> {
        match string::take_simple(&mut self.cursor) {
            Some(text) => Ok(String::from(text)),
            None => self.string_slow(),
        }
    }

    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        if self.cursor.skip_space() != b'"' {
            return Err(self.mismatch(Kinds::of(Kind::Bytes)));
        }
        let offset = self.cursor.pos();
        self.cursor.bump();
        let text = string::read(&mut self.cursor)?;
        let bytes = base64::decode(text.as_bytes()).map_err(|error| Error::from(error).at_offset(offset))?;
        Ok(Cow::Owned(bytes))
    }

    fn token(&mut self) -> Result<Token<'de>> {
        Ok(match self.cursor.skip_space() {
            b'"' => {
                self.cursor.bump();
                Token::Str(string::read(&mut self.cursor)?)
            }
            b'{' => Token::Object,
            b'[' => Token::Array,
            b't' => self.cursor.literal(b"true").map(|()| Token::Bool(true))?,
            b'f' => self.cursor.literal(b"false").map(|()| Token::Bool(false))?,
            b'n' => self.cursor.literal(b"null").map(|()| Token::Null)?,
            b'-' | b'0'..=b'9' => self.number_token()?,
            _ => return Err(self.cursor.malformed("invalid character")),
        })
    }

    #[inline]
    fn located<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.cursor.skip_space();
        let offset = self.cursor.pos();
        read(self).map_err(|error| error.at_offset(offset))
    }

    fn skip(&mut self) -> Result<()> {
        self.skip_value()
    }

    fn raw(&mut self) -> Result<Raw<'de>> {
        self.cursor.skip_space();
        let start = self.cursor.pos();
        let levels = skip::skip(&mut self.cursor, self.depth_left, &self.limits)?;
        Ok(Raw::trusted(Format::Json, Cow::Borrowed(self.cursor.since(start)), levels))
    }

    #[inline]
    fn record_start(&mut self, _: &'static RecordShape) -> Result<usize> {
        if self.cursor.skip_space() != b'{' {
            return Err(self.mismatch(Kinds::of(Kind::Object)));
        }
        self.enter()?;
        match self.cursor.skip_space() {
            b'"' | b'}' => Ok(0),
            _ => Err(self.cursor.malformed("object keys must be strings")),
        }
    }

    #[inline(always)]
    fn record_tag(&mut self, count: &mut usize, shape: &'static RecordShape) -> bool {
        let start = self.cursor.rest();
        if self.pass_own_tag(shape) {
            match self.cursor.rest() {
                [b',', b'"', ..] => self.cursor.bump(),
                [b'}', ..] => {}
                _ => {
                    self.cursor.set_rest(start);
                    return false;
                }
            }
            *count += 1;
            return true;
        }
        false
    }

    #[inline(always)]
    fn record_field(&mut self, count: &mut usize, key: &'static Key) -> bool {
        let is_next = self.cursor.eat(key.json_bare);
        if is_next {
            *count += 1;
            self.cursor.pass_blank();
        }
        is_next
    }

    #[inline(always)]
    fn record_next(&mut self, _: &mut usize) -> Result<()> {
        self.advance()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn record_other(&mut self, count: &mut usize, shape: &'static RecordShape) -> Result<Option<usize>> {
        if self.cursor.peek() == b'}' && *count <= self.limits.collection_len_max {
            self.leave();
            return Ok(None);
        }
        if *count < self.limits.collection_len_max && self.ends_with_own_tag(shape) {
            *count += 1;
            self.leave();
            return Ok(None);
        }
        self.next_key(count, shape)
    }

    #[inline]
    fn seq_start(&mut self) -> Result<Items> {
        if self.cursor.skip_space() != b'[' {
            return Err(self.mismatch(Kinds::of(Kind::Array)));
        }
        self.enter()?;
        Ok(Items::new(&self.limits))
    }

    #[inline(always)]
    fn seq_next(&mut self, seq: &mut Items) -> Result<bool> {
        match self.cursor.rest() {
            [b',', byte, ..] if *byte > b' ' && *byte != b']' && seq.take_quietly() => {
                self.cursor.bump();
                return Ok(true);
            }
            [b']', ..] => {
                self.leave();
                return Ok(false);
            }
            [byte, ..] if *byte > b' ' && seq.take_first_quietly() => return Ok(true),
            _ => {}
        }
        self.seq_next_slow(seq)
    }

    #[inline(always)]
    fn seq_len(_: &Items) -> Option<usize> {
        None
    }

    fn map_start(&mut self) -> Result<Items> {
        if self.cursor.skip_space() != b'{' {
            return Err(self.mismatch(Kinds::of(Kind::Object)));
        }
        self.enter()?;
        match self.cursor.skip_space() {
            b'"' | b'}' => Ok(Items::new(&self.limits)),
            _ => Err(self.cursor.malformed("object keys must be strings")),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn map_key<K: Decode<'de>>(&mut self, map: &mut Items) -> Result<Option<K>> {
        if self.cursor.peek() == b'}' {
            self.leave();
            return Ok(None);
        }
        map.room.take(&self.limits, self.cursor.pos())?;
        let offset = self.cursor.pos();
        let key = self.read_key()?;
        let mut reader = KeyReader::new(key, &self.limits, self.strictness);
        K::decode(&mut reader).map(Some).map_err(|error| error.at(Segment::Key).at_offset(offset))
    }

    #[inline]
    fn map_next(&mut self, _: &mut Items) -> Result<()> {
        self.advance()
    }

    #[inline(always)]
    fn map_len(_: &Items) -> Option<usize> {
        None
    }

    #[inline(always)]
    fn begins_with_tag(&self, tag: &'static Tag) -> bool {
        let after = self.cursor.rest().strip_prefix(b"{").and_then(|rest| rest.strip_prefix(tag.json_bare));
        matches!(after, Some([b',' | b'}', ..]))
    }

    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        let first = self.cursor.skip_space();
        let mark = self.mark();
        let result = match first {
            b'{' => self.find_tag_in_object(key, wanted, f),
            b'[' => self.find_tag_in_array(wanted, f),
            _ => Err(self.mismatch(Kinds::of(Kind::Object))),
        };
        self.reset(mark);
        result
    }
}
