//! Reading types from MessagePack.

use std::borrow::Cow;

use super::{
    cursor::Cursor,
    header::{self, Header},
    skip,
};
use crate::{
    Decode, Decoder, Key, Kind, Kinds, Limits, Medium, Raw, Segment, Strictness, Tag,
    decode::{Integer, Token, out_of_bounds},
    error::{Detail, Error, Result},
    key::{TagRef, TagValue},
    lenient,
    limits::Allowance,
    raw::Format,
    shape::RecordShape,
};

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
        if self.cursor.at_end() {
            return Ok(value);
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

    #[inline(always)]
    fn enter(&mut self, len: usize, offset: usize) -> Result<usize> {
        if self.depth_left == 0 {
            return Err(self.limits.too_deep().at_offset(offset));
        }
        if len > self.limits.collection_len_max {
            return Err(self.limits.too_long().at_offset(offset));
        }
        self.depth_left -= 1;
        Ok(len)
    }

    /// Whether a container of up to fifteen may be entered, as far as can be told at a glance.
    #[inline(always)]
    fn may_enter_short(&self) -> bool {
        self.depth_left > 0 && self.limits.collection_len_max >= 15
    }

    /// Enters a container whose header ends where `rest` begins.
    #[inline(always)]
    fn enter_short(&mut self, rest: &'de [u8]) {
        self.depth_left -= 1;
        self.cursor.set_rest(rest);
    }

    /// Enters a sequence, which may be long, or refuses what is none.
    #[inline(never)]
    fn long_seq(&mut self) -> Result<usize> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Array(len) => self.enter(len, start),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Array)))
            }
        }
    }

    /// Enters a map, which may be long, or refuses what is none.
    #[inline(never)]
    fn long_map(&mut self) -> Result<usize> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Map(len) => self.enter(len, start),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Object)))
            }
        }
    }

    /// The error for the next value where `expected` was wanted; its own faults come first.
    #[cold]
    #[inline(never)]
    fn mismatch(&mut self, expected: Kinds) -> Error {
        let offset = self.cursor.pos();
        match self.token() {
            Ok(token) => token.mismatch(expected).at_offset(offset),
            Err(error) => error,
        }
    }

    #[cold]
    #[inline(never)]
    fn lenient_or_mismatch<T>(
        &mut self,
        expected: Kind,
        accept: impl FnOnce(&Token<'de>) -> Option<Result<T>>,
    ) -> Result<T> {
        let offset = self.cursor.pos();
        let token = self.token()?;
        let accepted = if self.is_lenient() { accept(&token) } else { None };
        accepted
            .unwrap_or_else(|| Err(token.mismatch(Kinds::of(expected))))
            .map_err(|error| error.at_offset(offset))
    }

    #[cold]
    #[inline(never)]
    fn int_slow<I: Integer>(&mut self) -> Result<I> {
        let start = self.cursor.pos();
        let fit = match header::read(&mut self.cursor)? {
            Header::UInt(value) => I::from_u64(value).ok_or(false),
            Header::Int(value) => I::from_i128(i128::from(value)).ok_or(value < 0),
            _ => {
                self.cursor.set_pos(start);
                return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
            }
        };
        fit.map_err(|negative| out_of_bounds::<I>(negative).at_offset(start))
    }

    #[inline(never)]
    fn f64_slow(&mut self) -> Result<f64> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Float(value) => Ok(value),
            Header::Float32(value) => Ok(f64::from(value)),
            Header::UInt(value) => Ok(value as f64),
            Header::Int(value) => Ok(value as f64),
            _ => {
                self.cursor.set_pos(start);
                self.lenient_or_mismatch(Kind::Float, |token| lenient::f64(token))
            }
        }
    }

    /// A non-negative integer, which is not consumed, and what follows it, if it is next and not the last in the input.
    #[inline(always)]
    fn take_uint(&self) -> Option<(u64, &'de [u8])> {
        let rest = self.cursor.rest();
        let [first, payload @ ..] = rest.first_chunk::<9>()?;
        let (value, len) = header::uint(*first, *payload)?;
        Some((value, rest.get(len..)?))
    }

    /// Text that is long, or has letters beyond ASCII.
    #[inline(never)]
    fn str_slow(&mut self) -> Result<Cow<'de, str>> {
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Str(len) => self.text(len).map(Cow::Borrowed),
            _ => {
                self.cursor.set_pos(start);
                Err(self.mismatch(Kinds::of(Kind::Str)))
            }
        }
    }

    #[inline(always)]
    fn text(&mut self, len: usize) -> Result<&'de str> {
        let offset = self.cursor.pos();
        check_utf8(self.cursor.take(len)?, offset)
    }

    /// Reads a key.
    #[inline]
    fn read_key(&mut self) -> Result<Cow<'de, str>> {
        self.str().map_err(|error| error.at(Segment::Key))
    }

    /// The next field that is known; tags are checked on the way, unknown fields passed over or refused.
    #[inline(never)]
    fn next_key(&mut self, left: &mut usize, shape: &'static RecordShape) -> Result<Option<usize>> {
        while *left > 0 {
            let offset = self.cursor.pos();
            let key = match self.cursor.take_ascii() {
                Some(key) => Cow::Borrowed(key),
                None => self.read_key()?,
            };
            if let Some(index) = (shape.lookup)(&key) {
                return Ok(Some(index));
            }
            match &shape.tag {
                Some(tag) if key == tag.key.name => self
                    .refuse_unless_tag(tag.value)
                    .map_err(|error| error.at(Segment::Field(tag.key.name)))?,
                _ if shape.allow_unknown && skip::scalar(&mut self.cursor) => {}
                _ if shape.allow_unknown => self.skip()?,
                _ => return Err(crate::record::unknown(&key).at_offset(offset)),
            }
            *left -= 1;
        }
        self.depth_left += 1;
        Ok(None)
    }

    fn refuse_unless_tag(&mut self, wanted: TagValue) -> Result<()> {
        let kind = match wanted {
            TagValue::Str(_) => Kind::Str,
            TagValue::Int(_) => Kind::Int,
        };
        self.read_tag(
            kind,
            |found| if found.is(wanted) { Ok(()) } else { Err(crate::record::invalid_tag(found)) },
        )
    }

    /// Reads a tag's value.
    fn read_tag<R>(&mut self, wanted: Kind, f: impl FnOnce(TagRef<'_>) -> Result<R>) -> Result<R> {
        let offset = self.cursor.pos();
        let result = match (self.token()?, wanted) {
            (Token::Str(text), Kind::Str) => f(TagRef::Str(&text)),
            (Token::Int(value), Kind::Int) => f(TagRef::Int(value)),
            (token, _) => Err(token.mismatch(Kinds::of(wanted))),
        };
        result.map_err(|error| error.at_offset(offset))
    }
}

/// The text of `bytes`, which stand at `offset`.
#[inline(always)]
pub(crate) fn check_utf8(bytes: &[u8], offset: usize) -> Result<&str> {
    // The standard library is ahead on the short strings that records are made of.
    if bytes.len() < 24
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(text);
    }
    simdutf8::compat::from_utf8(bytes)
        .map_err(|error| Error::new(Detail::Utf8).at_offset(offset + error.valid_up_to()))
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

    #[inline(always)]
    fn strictness(&self) -> Strictness {
        self.strictness
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
        let start = self.cursor.pos();
        match header::read(&mut self.cursor)? {
            Header::Float32(value) => Ok(value),
            Header::Float(value) => crate::impls::narrow(value).map_err(|error| error.at_offset(start)),
            // From the integer itself: by way of a float of 64 bits it would be rounded twice.
            Header::UInt(value) => Ok(value as f32),
            Header::Int(value) => Ok(value as f32),
            _ => {
                self.cursor.set_pos(start);
                self.lenient_or_mismatch(Kind::Float, |token| lenient::f32(token))
            }
        }
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

impl<'de> Reader<'de> {
    fn find_tag_in_array<R>(
        &mut self,
        offset: usize,
        len: usize,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.enter(len, offset)?;
        self.read_tag(wanted, f).map_err(|error| error.at(Segment::Index(0)))
    }

    fn find_tag_in_map<R>(
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
