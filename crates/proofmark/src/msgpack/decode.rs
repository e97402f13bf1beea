//! Reading types from MessagePack.

use std::borrow::Cow;

use super::{
    cursor::Cursor,
    header::{self, Header},
    skip,
};
use crate::{
    Decode, Decoder, Errors, Key, Kind, Kinds, Limits, Medium, Raw, Segment, Strictness, Tag, collect,
    decode::{Integer, Seed, Token, out_of_bounds},
    error::Result,
    flatten::Entry,
    key::TagRef,
    lenient,
    limits::Allowance,
    raw::Format,
    shape::RecordShape,
};

mod container;
mod entry;
mod fault;
mod numeral;
mod tag;
mod text;

pub(crate) use text::check_utf8;

/// A [`Decoder`] over a MessagePack message.
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

    /// Reads one whole value and refuses anything after it.
    pub(crate) fn read_all<T: Decode<'de>>(mut self) -> Result<T> {
        let value = self.read_one()?;
        self.end().map(|()| value)
    }

    /// As [`Reader::read_all`], of a type that `seed` knows.
    pub(crate) fn read_all_seeded<S: Seed<'de>>(mut self, seed: S) -> Result<S::Value> {
        let value = seed.read(&mut self).map_err(|error| error.at_offset(self.cursor.pos()))?;
        self.end().map(|()| value)
    }

    /// As [`Reader::read_all`], with all errors of the message.
    pub(crate) fn read_all_errors<T: Decode<'de>>(self) -> Result<T, Errors> {
        collect::read_all(self, Self::end)
    }

    /// Refuses anything.
    fn end(&mut self) -> Result<()> {
        if self.cursor.at_end() {
            return Ok(());
        }
        Err(self.cursor.malformed_at(self.cursor.pos(), "trailing characters"))
    }

    /// Reads one value and stays behind it.
    pub(crate) fn read_one<T: Decode<'de>>(&mut self) -> Result<T> {
        T::decode(self).map_err(|error| error.at_offset(self.cursor.pos()))
    }

    /// Whether anything follows.
    pub(crate) fn has_more(&self) -> bool {
        !self.cursor.at_end()
    }
}

impl<'de> Decoder<'de> for Reader<'de> {
    /// How many entries are left.
    type Record = usize;
    /// How many elements are left.
    type Seq = usize;
    /// How many entries are left.
    type Map = usize;
    type Mark = (usize, u32);

    const FORMAT: &'static str = "MessagePack";
    const MEDIUM: Medium = Medium::Binary;

    fn offset(&self) -> Option<usize> {
        Some(self.cursor.pos())
    }

    #[inline(always)]
    fn strictness(&self) -> Strictness {
        self.strictness
    }

    fn record_key(
        &mut self,
        left: &mut usize,
        _: &'static RecordShape,
    ) -> Result<Option<Entry<'de, Self::Mark>>> {
        if *left == 0 {
            self.depth_left += 1;
            return Ok(None);
        }
        let (key, offset) = (self.mark(), self.offset());
        Ok(Some(Entry { name: self.read_key()?, key, offset }))
    }

    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        K::decode(self).map_err(|error| error.at(Segment::Key))
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
        Ok(header::read(&mut self.cursor.clone())?.kind())
    }

    #[inline(always)]
    fn take_null(&mut self) -> Result<bool> {
        if self.cursor.peek()? != 0xC0 {
            return Ok(false);
        }
        self.cursor.bump();
        Ok(true)
    }

    #[inline]
    fn bool(&mut self) -> Result<bool> {
        match self.cursor.peek()? {
            byte @ 0xC2..=0xC3 => {
                self.cursor.bump();
                Ok(byte == 0xC3)
            }
            _ => self.lenient_or_mismatch(Kind::Bool, |token| lenient::bool(token)),
        }
    }

    #[inline(always)]
    fn int<I: Integer>(&mut self) -> Result<I> {
        match self.take_uint() {
            Some((value, rest)) => match I::from_u64(value) {
                Some(value) => {
                    self.cursor.set_rest(rest);
                    Ok(value)
                }
                None => Err(out_of_bounds::<I>(false).at_offset(self.cursor.pos())),
            },
            None => self.int_slow(),
        }
    }

    #[inline(always)]
    fn f64(&mut self) -> Result<f64> {
        match self.cursor.rest().split_first_chunk::<9>() {
            Some(([0xCB, payload @ ..], rest)) => {
                self.cursor.set_rest(rest);
                Ok(f64::from_be_bytes(*payload))
            }
            _ => self.f64_slow(),
        }
    }

    fn f32(&mut self) -> Result<f32> {
        self.any_f32()
    }

    fn str(&mut self) -> Result<Cow<'de, str>> {
        match self.cursor.take_ascii() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.str_slow(),
        }
    }

    fn string(&mut self) -> Result<String> {
        match self.cursor.take_ascii() {
            Some(text) => Ok(String::from(text)),
            None => self.str_slow().map(Cow::into_owned),
        }
    }

    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Bin(len) => self.cursor.take(len).map(Cow::Borrowed),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Bytes)))
            }
        }
    }

    fn token(&mut self) -> Result<Token<'de>> {
        let start = self.cursor.pos();
        Ok(match header::read(&mut self.cursor)? {
            Header::Null => Token::Null,
            Header::Bool(value) => Token::Bool(value),
            Header::UInt(value) => Token::Int(i128::from(value)),
            Header::Int(value) => Token::Int(i128::from(value)),
            Header::Float(value) => Token::Float(value, None),
            Header::Float32(value) => Token::Float(f64::from(value), None),
            Header::Str(len) => Token::Str(Cow::Borrowed(self.text(len)?)),
            Header::Bin(len) => Token::Bytes(Cow::Borrowed(self.cursor.take(len)?)),
            Header::Ext { code, len } => Token::Ext(code, Cow::Borrowed(self.cursor.take(len)?)),
            Header::Array(_) => {
                self.cursor.set_pos(start);
                Token::Array
            }
            Header::Map(_) => {
                self.cursor.set_pos(start);
                Token::Object
            }
        })
    }

    #[inline]
    fn located<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let offset = self.cursor.pos();
        read(self).map_err(|error| error.at_offset(offset))
    }

    fn skip(&mut self) -> Result<()> {
        if skip::scalar(&mut self.cursor) {
            return Ok(());
        }
        skip::skip(&mut self.cursor, self.depth_left, &self.limits).map(drop)
    }

    fn raw(&mut self) -> Result<Raw<'de>> {
        let start = self.cursor.pos();
        let levels = skip::skip(&mut self.cursor, self.depth_left, &self.limits)?;
        Ok(Raw::trusted(Format::MsgPack, Cow::Borrowed(self.cursor.since(start)), levels))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn record_start(&mut self, _: &'static RecordShape) -> Result<usize> {
        self.map_start()
    }

    #[inline(always)]
    fn record_tag(&mut self, left: &mut usize, shape: &'static RecordShape) -> bool {
        match &shape.tag {
            Some(tag) if *left > 0 && self.cursor.eat(tag.msgpack) => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    #[inline(always)]
    fn record_field(&mut self, left: &mut usize, key: &'static Key) -> bool {
        *left > 0 && self.cursor.eat(key.msgpack)
    }

    #[inline(always)]
    fn record_next(&mut self, left: &mut usize) -> Result<()> {
        *left -= 1;
        Ok(())
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn record_other(&mut self, left: &mut usize, shape: &'static RecordShape) -> Result<Option<usize>> {
        if *left == 0 {
            self.depth_left += 1;
            return Ok(None);
        }
        self.next_key(left, shape)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn seq_start(&mut self) -> Result<usize> {
        match self.cursor.rest() {
            [first @ 0x90..=0x9F, rest @ ..] if self.may_enter_short() => {
                self.enter_short(rest);
                Ok(usize::from(first & 0x0F))
            }
            _ => self.long_seq(),
        }
    }

    #[inline(always)]
    fn seq_next(&mut self, left: &mut usize) -> Result<bool> {
        if *left == 0 {
            self.depth_left += 1;
            return Ok(false);
        }
        *left -= 1;
        Ok(true)
    }

    #[inline(always)]
    fn seq_len(left: &usize) -> Option<usize> {
        Some(*left)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn map_start(&mut self) -> Result<usize> {
        match self.cursor.rest() {
            [first @ 0x80..=0x8F, rest @ ..] if self.may_enter_short() => {
                self.enter_short(rest);
                Ok(usize::from(first & 0x0F))
            }
            _ => self.long_map(),
        }
    }

    #[inline]
    fn map_key<K: Decode<'de>>(&mut self, left: &mut usize) -> Result<Option<K>> {
        if *left == 0 {
            self.depth_left += 1;
            return Ok(None);
        }
        *left -= 1;
        K::decode(self).map(Some).map_err(|error| error.at(Segment::Key))
    }

    #[inline(always)]
    fn map_next(&mut self, _: &mut usize) -> Result<()> {
        Ok(())
    }

    #[inline(always)]
    fn map_len(left: &usize) -> Option<usize> {
        Some(*left)
    }

    #[inline(always)]
    fn begins_with_tag(&self, tag: &'static Tag) -> bool {
        matches!(self.cursor.rest(), [0x81..=0x8F, rest @ ..] if rest.starts_with(tag.msgpack))
    }

    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        let mark = self.mark();
        let result = match header::read(&mut self.cursor)? {
            Header::Map(len) => self.find_tag_in_map(mark.0, len, key, wanted, f),
            Header::Array(0) => Err(crate::record::too_short(1, 0)),
            Header::Array(len) => self.find_tag_in_array(mark.0, len, wanted, f),
            _ => {
                self.reset(mark);
                Err(self.mismatch(Kinds::of(Kind::Object)))
            }
        };
        self.reset(mark);
        result
    }
}
