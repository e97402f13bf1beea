//! Reading types from JSON text.

use std::borrow::Cow;

use super::{
    cursor::{Cursor, few_digits, leading_digits},
    key::KeyReader,
    number::{self, Number},
    skip, string,
};
use crate::{
    Decode, Decoder, Key, Kind, Kinds, Limits, Medium, Raw, Segment, Strictness, Tag,
    decode::{Integer, Token, out_of_bounds},
    error::{Detail, Error, Result},
    key::{TagRef, TagValue},
    lenient,
    limits::{Allowance, Room},
    raw::Format,
    scalar::{base64, float},
    shape::RecordShape,
};

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
        self.cursor.skip_space();
        if self.cursor.at_end() {
            return Ok(value);
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

    /// The error for the next value where `expected` was wanted; its own syntax errors come first.
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

    /// An integer behind blanks, of more than seven digits, or at the end of the input.
    #[inline(never)]
    fn int_long<I: Integer>(&mut self) -> Result<I> {
        self.cursor.skip_space();
        let (negative, text) = sign(self.cursor.rest());
        let (magnitude, count) = leading_digits(text);
        // Eighteen digits need no overflow check; what is longer, and all that is no whole number, goes the long way.
        if matches!(count, 1..=18) && is_whole(text, count) {
            let value = magnitude as i64;
            if let Some(value) = I::from_i64(if negative { -value } else { value }) {
                self.cursor.pass(usize::from(negative) + count);
                return Ok(value);
            }
        }
        self.int_slow()
    }

    /// An integer that the short ways did not take: very long, out of bounds, a float, or no number at all.
    #[cold]
    #[inline(never)]
    fn int_slow<I: Integer>(&mut self) -> Result<I> {
        let offset = self.cursor.pos();
        if !matches!(self.cursor.peek(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
        }
        let mark = self.mark();
        let fit = match number::scan(&mut self.cursor)? {
            Number::Int { negative: false, magnitude } => I::from_u64(magnitude).ok_or(false),
            Number::Int { negative: true, magnitude } => {
                I::from_i128(-i128::from(magnitude)).ok_or(magnitude > 0)
            }
            Number::BigInt(digits) => I::from_digits(number::text(digits)).ok_or(digits.starts_with(b"-")),
            Number::Float(_) => {
                self.reset(mark);
                return self.lenient_or_mismatch(Kind::Int, |token| lenient::int(token));
            }
        };
        fit.map_err(|negative| out_of_bounds::<I>(negative).at_offset(offset))
    }

    /// Text with an escape, with letters beyond ASCII, or behind blanks.
    #[inline(never)]
    fn str_slow(&mut self) -> Result<Cow<'de, str>> {
        self.expect_string()?;
        string::read(&mut self.cursor)
    }

    /// A float without a point, out of bounds, or no number at all.
    #[inline(never)]
    fn f64_slow(&mut self) -> Result<f64> {
        if !matches!(self.cursor.peek(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Float, |token| lenient::f64(token));
        }
        let offset = self.cursor.pos();
        let text = match number::scan(&mut self.cursor)? {
            Number::Int { negative: false, magnitude } => return Ok(magnitude as f64),
            // A whole zero has no sign.
            Number::Int { negative: true, magnitude } => return Ok(0.0 - magnitude as f64),
            Number::BigInt(text) | Number::Float(text) => text,
        };
        float::parse_scanned(text).map_err(|error| Error::from(error).at_offset(offset))
    }

    #[inline(always)]
    fn expect_string(&mut self) -> Result<()> {
        if self.cursor.skip_space() != b'"' {
            return Err(self.mismatch(Kinds::of(Kind::Str)));
        }
        self.cursor.bump();
        Ok(())
    }

    /// After a value in an object: to the next key's quote, or to the closing brace.
    #[inline(always)]
    fn advance(&mut self) -> Result<()> {
        if self.cursor.rest().starts_with(b",\"") {
            self.cursor.bump();
            return Ok(());
        }
        self.advance_slow()
    }

    #[inline(never)]
    fn advance_slow(&mut self) -> Result<()> {
        match self.cursor.skip_space() {
            b',' => {
                self.cursor.bump();
                match self.cursor.skip_space() {
                    b'"' => Ok(()),
                    b'}' => Err(self.cursor.malformed("trailing comma in object")),
                    _ => Err(self.cursor.malformed("object keys must be strings")),
                }
            }
            b'}' => Ok(()),
            _ => Err(self.cursor.malformed("expected ',' or '}'")),
        }
    }

    /// Reads the key at the present quote, and its colon.
    #[inline]
    fn read_key(&mut self) -> Result<Cow<'de, str>> {
        let mut after = self.cursor.clone();
        if let Some(key) = string::take_simple(&mut after)
            && after.eat_byte(b':')
        {
            self.cursor = after;
            return Ok(Cow::Borrowed(key));
        }
        self.read_key_slow()
    }

    #[inline(never)]
    fn read_key_slow(&mut self) -> Result<Cow<'de, str>> {
        if self.cursor.peek() != b'"' {
            return Err(self.cursor.malformed("object keys must be strings"));
        }
        self.cursor.bump();
        let key = string::read(&mut self.cursor)?;
        if self.cursor.skip_space() != b':' {
            return Err(self.cursor.malformed("expected ':'"));
        }
        self.cursor.bump();
        Ok(key)
    }

    /// The next field that is known; tags are checked on the way, unknown fields passed over or refused.
    #[inline(never)]
    fn next_key(&mut self, count: &mut usize, shape: &'static RecordShape) -> Result<Option<usize>> {
        loop {
            let is_end = self.cursor.peek() == b'}';
            *count += usize::from(!is_end);
            // Fields that came as predicted are counted first and held against the limit here, to keep them cheap.
            if *count > self.limits.collection_len_max {
                return Err(self.limits.too_long().at_offset(self.cursor.pos()));
            }
            if is_end {
                self.leave();
                return Ok(None);
            }
            let offset = self.cursor.pos();
            let key = self.read_key()?;
            if let Some(index) = (shape.lookup)(&key) {
                return Ok(Some(index));
            }
            match &shape.tag {
                Some(tag) if key == tag.key.name => self
                    .refuse_unless_tag(tag.value)
                    .map_err(|error| error.at(Segment::Field(tag.key.name)))?,
                _ if shape.allow_unknown => self.skip()?,
                _ => return Err(crate::record::unknown(&key).at_offset(offset)),
            }
            self.advance()?;
        }
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

    fn find_tag_in_object<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.enter()?;
        if self.cursor.skip_space() != b'"' && self.cursor.peek() != b'}' {
            return Err(self.cursor.malformed("object keys must be strings"));
        }
        let mut room = Room::new(&self.limits);
        while self.cursor.peek() != b'}' {
            room.take(&self.limits, self.cursor.pos())?;
            if self.cursor.eat(key.json_bare) || self.read_key()? == key.name {
                return self.read_tag(wanted, f).map_err(|error| error.at(Segment::Field(key.name)));
            }
            self.skip()?;
            self.advance()?;
        }
        Err(Error::new(Detail::MissingField(key.name)))
    }

    fn find_tag_in_array<R>(&mut self, wanted: Kind, f: impl FnOnce(TagRef<'_>) -> Result<R>) -> Result<R> {
        self.enter()?;
        if self.cursor.skip_space() == b']' {
            return Err(crate::record::too_short(1, 0));
        }
        self.read_tag(wanted, f).map_err(|error| error.at(Segment::Index(0)))
    }
}

/// Whether a number has a minus, and what follows it.
#[inline(always)]
fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', text @ ..] => (true, text),
        _ => (false, text),
    }
}

/// Whether the `count` digits that `text` starts with are all of a number, and spelled as they must be.
#[inline(always)]
fn is_whole(text: &[u8], count: usize) -> bool {
    has_no_idle_zero(text, count) && !matches!(text.get(count), Some(b'.' | b'e' | b'E'))
}

#[inline(always)]
fn has_no_idle_zero(text: &[u8], count: usize) -> bool {
    count == 1 || text.first() != Some(&b'0')
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
}

impl<'de> Decoder<'de> for Reader<'de> {
    /// How many entries were met.
    type Record = usize;
    type Seq = Items;
    type Map = Items;
    type Mark = (usize, u32);

    const FORMAT: &'static str = "JSON";
    const MEDIUM: Medium = Medium::Text;

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
        // Nothing is called on the way, so that nothing has to be kept over a call.
        let (negative, text) = sign(self.cursor.rest());
        if let Some((magnitude, count)) = few_digits(text)
            && is_whole(text, count)
            && let Some(value) = I::from_i64(if negative { -(magnitude as i64) } else { magnitude as i64 })
        {
            self.cursor.pass(usize::from(negative) + count);
            return Ok(value);
        }
        self.int_long()
    }

    fn f64(&mut self) -> Result<f64> {
        self.cursor.skip_space();
        let rest = self.cursor.rest();
        let (_, text) = sign(rest);
        let (_, count) = leading_digits(text);
        if count > 0
            && has_no_idle_zero(text, count)
            && let Some([b'.', b'0'..=b'9', ..]) = text.get(count..)
            && let Ok((value, len)) = fast_float2::parse_partial::<f64, _>(rest)
            && !matches!(rest.get(len), Some(b'e' | b'E'))
            && value.is_finite()
        {
            self.cursor.pass(len);
            return Ok(value);
        }
        self.f64_slow()
    }

    fn f32(&mut self) -> Result<f32> {
        if !matches!(self.cursor.skip_space(), b'-' | b'0'..=b'9') {
            return self.lenient_or_mismatch(Kind::Float, |token| lenient::f32(token));
        }
        let start = self.cursor.pos();
        // A whole zero has no sign.
        if matches!(number::scan(&mut self.cursor)?, Number::Int { magnitude: 0, .. }) {
            return Ok(0.0);
        }
        let value = float::parse_scanned_f32(self.cursor.since(start));
        value.map_err(|error| Error::from(error).at_offset(start))
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
            None => self.str_slow().map(Cow::into_owned),
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
            b'-' | b'0'..=b'9' => {
                let offset = self.cursor.pos();
                match number::scan(&mut self.cursor)? {
                    Number::Int { negative: false, magnitude } => Token::Int(i128::from(magnitude)),
                    Number::Int { negative: true, magnitude } => Token::Int(-i128::from(magnitude)),
                    Number::BigInt(digits) => {
                        let digits = number::text(digits);
                        digits.parse().map_or_else(|_| Token::BigInt(Cow::Borrowed(digits)), Token::Int)
                    }
                    Number::Float(text) => {
                        let value = float::parse_scanned(text);
                        let text = number::text(text);
                        Token::Float(value.map_err(|error| Error::from(error).at_offset(offset))?, Some(text))
                    }
                }
            }
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
        if string::take_simple(&mut self.cursor).is_some() {
            return Ok(());
        }
        skip::skip(&mut self.cursor, self.depth_left, &self.limits).map(drop)
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
        let Some(tag) = &shape.tag else { return false };
        let start = self.cursor.pos();
        // An integer tag must end here: `1` is not the beginning of `12`.
        if self.cursor.eat(tag.json_bare) {
            *count += 1;
            if self.cursor.rest().starts_with(b",\"") {
                self.cursor.bump();
                return true;
            }
            if self.cursor.peek() == b'}' {
                return true;
            }
            *count -= 1;
            self.cursor.set_pos(start);
        }
        false
    }

    #[inline(always)]
    fn record_field(&mut self, count: &mut usize, key: &'static Key) -> bool {
        let is_next = self.cursor.eat(key.json_bare);
        *count += usize::from(is_next);
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

    #[inline]
    fn seq_next(&mut self, seq: &mut Items) -> Result<bool> {
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
