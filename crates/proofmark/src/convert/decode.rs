//! Reading types from values in memory.

use std::{borrow::Cow, slice};

use super::key;
use crate::{
    Decode, Decoder, Key, Kind, Kinds, Limits, Medium, Raw, Segment, Strictness, Tag, TagValue, Value,
    decode::{Integer, Token, out_of_bounds},
    error::{Detail, Error, Result},
    flatten::Entry,
    impls::narrow,
    key::TagRef,
    lenient,
    raw::Format,
    scalar::base64,
    shape::RecordShape,
    value::Native,
};

/// A [`Decoder`] over a [`Value`].
#[derive(Debug)]
pub struct Reader<'de> {
    next: &'de Value,
    depth_left: u32,
    limits: Limits,
    options: ReadOptions,
    /// Whether the next value is a key whose text may stand for a number.
    in_text_key: bool,
}

/// What values are taken for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadOptions {
    pub(super) strictness: Strictness,
    /// Whether text keys stand for what they spell.
    pub(super) str_keys: bool,
    /// Whether text stands for nothing but text.
    pub(super) native_only: bool,
}

/// The entries of a record or map that are left.
type Entries<'de> = slice::Iter<'de, (Value, Value)>;

impl<'de> Reader<'de> {
    pub(super) const fn new(value: &'de Value, limits: Limits, options: ReadOptions) -> Self {
        Self { next: value, depth_left: limits.depth_max, limits, options, in_text_key: false }
    }

    fn enter(&mut self, len: usize) -> Result<()> {
        if self.depth_left == 0 {
            return Err(self.limits.too_deep());
        }
        if len > self.limits.collection_len_max {
            return Err(self.limits.too_long());
        }
        self.depth_left -= 1;
        Ok(())
    }

    fn enter_map(&mut self) -> Result<Entries<'de>> {
        let Value::Map(map) = self.next else { return Err(self.mismatch(Kind::Object)) };
        self.enter(map.len())?;
        Ok(map.iter())
    }

    /// Whether text stands for nothing but text; where reading is lenient it does not.
    fn native_only(&self) -> bool {
        self.options.native_only && !self.is_lenient()
    }

    fn as_token(&self) -> Token<'de> {
        token(self.next)
    }

    #[cold]
    fn mismatch(&self, expected: Kind) -> Error {
        self.as_token().mismatch(Kinds::of(expected))
    }

    fn lenient_or_mismatch<T>(
        &self,
        expected: Kind,
        accept: impl FnOnce(&Token<'de>) -> Option<Result<T>>,
    ) -> Result<T> {
        let token = self.as_token();
        let accepted = if self.is_lenient() { accept(&token) } else { None };
        accepted.unwrap_or_else(|| Err(token.mismatch(Kinds::of(expected))))
    }
}

/// A value as the token that the wire would have.
fn token(value: &Value) -> Token<'_> {
    match value {
        Value::Null => Token::Null,
        Value::Bool(value) => Token::Bool(*value),
        Value::Int(value) => Token::Int((*value).into()),
        Value::UInt(value) => Token::Int((*value).into()),
        Value::Float(value) => Token::Float(*value, None),
        Value::Str(text) => Token::Str(Cow::Borrowed(text)),
        Value::Bytes(bytes) => Token::Bytes(Cow::Borrowed(bytes)),
        Value::Array(_) => Token::Array,
        Value::Map(_) => Token::Object,
        Value::Ext(ext) => Token::Ext(ext.code(), Cow::Borrowed(ext.data())),
        Value::Native(native) => match &**native {
            Native::BigInt(digits) => match digits.parse() {
                Ok(value) => Token::Int(value),
                Err(_) => Token::BigInt(Cow::Borrowed(digits)),
            },
            native => Token::Native(native),
        },
    }
}

/// Hands a tag's value to `f`.
fn read_tag<R>(value: &Value, wanted: Kind, f: impl FnOnce(TagRef<'_>) -> Result<R>) -> Result<R> {
    match (value, value.as_i128(), wanted) {
        (Value::Str(text), _, Kind::Str) => f(TagRef::Str(text)),
        (_, Some(value), Kind::Int) => f(TagRef::Int(value)),
        _ => Err(token(value).mismatch(Kinds::of(wanted))),
    }
}

fn refuse_unless_tag(value: &Value, tag: &Tag) -> Result<()> {
    let kind = match tag.value {
        TagValue::Str(_) => Kind::Str,
        TagValue::Int(_) => Kind::Int,
    };
    let check =
        |found: TagRef<'_>| if tag.is(found) { Ok(()) } else { Err(crate::record::invalid_tag(found)) };
    read_tag(value, kind, check)
}

impl<'de> Decoder<'de> for Reader<'de> {
    type Record = Entries<'de>;
    type Seq = slice::Iter<'de, Value>;
    type Map = Entries<'de>;
    type Mark = (&'de Value, u32);

    const FORMAT: &'static str = "Value";
    const MEDIUM: Medium = Medium::Memory;

    fn strictness(&self) -> Strictness {
        self.options.strictness
    }

    fn record_key(
        &mut self,
        record: &mut Entries<'de>,
        _: &'static RecordShape,
    ) -> Result<Option<Entry<'de, Self::Mark>>> {
        let Some((key, value)) = record.next() else {
            self.depth_left += 1;
            return Ok(None);
        };
        self.next = value;
        match key {
            Value::Str(name) => {
                let key = (key, self.depth_left);
                Ok(Some(Entry { name: Cow::Borrowed(name), key, offset: None }))
            }
            key => Err(token(key).mismatch(Kinds::of(Kind::Str)).at(Segment::Key)),
        }
    }

    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        self.in_text_key = self.options.str_keys;
        let key = K::decode(self);
        self.in_text_key = false;
        key.map_err(|error| error.at(Segment::Key))
    }

    fn set_strictness(&mut self, strictness: Strictness) -> Strictness {
        std::mem::replace(&mut self.options.strictness, strictness)
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What is in memory is there: lengths are no mere claims.
    fn set_aside(&mut self, len: usize, _: usize) -> usize {
        len
    }

    fn settle(&mut self, _: usize, _: usize) {}

    fn mark(&self) -> Self::Mark {
        (self.next, self.depth_left)
    }

    fn reset(&mut self, (next, depth_left): Self::Mark) {
        self.next = next;
        self.depth_left = depth_left;
    }

    fn peek(&mut self) -> Result<Kind> {
        Ok(self.next.kind())
    }

    fn take_null(&mut self) -> Result<bool> {
        Ok(self.next.is_null())
    }

    fn bool(&mut self) -> Result<bool> {
        match self.next {
            Value::Bool(value) => Ok(*value),
            _ => self.lenient_or_mismatch(Kind::Bool, lenient::bool),
        }
    }

    fn int<I: Integer>(&mut self) -> Result<I> {
        let (fit, negative) = match self.as_token() {
            Token::Int(value) => (I::from_i128(value), value < 0),
            Token::BigInt(digits) => (I::from_digits(&digits), digits.starts_with('-')),
            Token::Str(text) if self.in_text_key => {
                return key::int(&text).unwrap_or_else(|| Err(self.mismatch(Kind::Int)));
            }
            _ => return self.lenient_or_mismatch(Kind::Int, lenient::int),
        };
        fit.ok_or_else(|| out_of_bounds::<I>(negative))
    }

    fn f64(&mut self) -> Result<f64> {
        match (self.next, self.as_token()) {
            (Value::Float(value), _) => Ok(*value),
            (_, Token::Int(value)) => Ok(value as f64),
            (_, Token::BigInt(digits)) => lenient::f64_text(&digits).unwrap_or(Ok(f64::INFINITY)),
            (_, Token::Native(Native::Decimal(value))) => Ok(value.to_f64()),
            (Value::Str(text), _) if self.in_text_key => {
                lenient::f64_text(text).unwrap_or_else(|| Err(self.mismatch(Kind::Float)))
            }
            _ => self.lenient_or_mismatch(Kind::Float, lenient::f64),
        }
    }

    fn f32(&mut self) -> Result<f32> {
        match (self.next, self.as_token()) {
            (Value::Float(value), _) => narrow(*value),
            (_, Token::Int(value)) => Ok(value as f32),
            (_, Token::BigInt(digits)) => lenient::f32_text(&digits).unwrap_or(Ok(f32::INFINITY)),
            (_, Token::Native(Native::Decimal(value))) => narrow(value.to_f64()),
            (Value::Str(text), _) if self.in_text_key => {
                lenient::f32_text(text).unwrap_or_else(|| Err(self.mismatch(Kind::Float)))
            }
            _ => self.lenient_or_mismatch(Kind::Float, lenient::f32),
        }
    }

    fn str(&mut self) -> Result<Cow<'de, str>> {
        match self.next {
            Value::Str(text) => Ok(Cow::Borrowed(text)),
            _ => Err(self.mismatch(Kind::Str)),
        }
    }

    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        match self.next {
            Value::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Value::Str(text) if !self.native_only() => Ok(Cow::Owned(base64::decode(text.as_bytes())?)),
            _ => Err(self.mismatch(Kind::Bytes)),
        }
    }

    fn token(&mut self) -> Result<Token<'de>> {
        Ok(self.as_token())
    }

    fn spelt_token(&mut self, kind: Kind) -> Result<Token<'de>> {
        match self.next.kind() {
            found if found != kind && self.native_only() => Err(self.mismatch(kind)),
            _ => self.token(),
        }
    }

    fn skip(&mut self) -> Result<()> {
        Ok(())
    }

    /// The value as MessagePack, which keeps bytes and extension values apart from text.
    fn raw(&mut self) -> Result<Raw<'de>> {
        Raw::encode(Format::MsgPack, self.next)
    }

    fn record_start(&mut self, _: &'static RecordShape) -> Result<Entries<'de>> {
        self.enter_map()
    }

    fn record_tag(&mut self, record: &mut Entries<'de>, shape: &'static RecordShape) -> bool {
        let (Some(tag), Some((key, value))) = (&shape.tag, record.as_slice().first()) else { return false };
        let is_tag = key == tag.key.name && refuse_unless_tag(value, tag).is_ok();
        if is_tag {
            record.next();
        }
        is_tag
    }

    fn record_field(&mut self, record: &mut Entries<'de>, key: &'static Key) -> bool {
        match record.as_slice().first() {
            Some((found, value)) if found == key.name => {
                record.next();
                self.next = value;
                true
            }
            _ => false,
        }
    }

    fn record_next(&mut self, _: &mut Entries<'de>) -> Result<()> {
        Ok(())
    }

    fn record_other(
        &mut self,
        record: &mut Entries<'de>,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>> {
        for (key, value) in record {
            let Value::Str(key) = key else {
                return Err(token(key).mismatch(Kinds::of(Kind::Str)).at(Segment::Key));
            };
            if let Some(index) = shape.lookup.find(key) {
                self.next = value;
                return Ok(Some(index));
            }
            match &shape.tag {
                Some(tag) if key == tag.key.name => {
                    refuse_unless_tag(value, tag).map_err(|error| error.at(Segment::Field(tag.key.name)))?
                }
                _ if shape.allow_unknown => {}
                _ => return Err(crate::record::unknown(key)),
            }
        }
        self.depth_left += 1;
        Ok(None)
    }

    fn seq_start(&mut self) -> Result<Self::Seq> {
        let Value::Array(array) = self.next else { return Err(self.mismatch(Kind::Array)) };
        self.enter(array.len())?;
        Ok(array.iter())
    }

    fn seq_next(&mut self, seq: &mut Self::Seq) -> Result<bool> {
        let item = seq.next();
        match item {
            Some(item) => self.next = item,
            None => self.depth_left += 1,
        }
        Ok(item.is_some())
    }

    fn seq_len(seq: &Self::Seq) -> Option<usize> {
        Some(seq.len())
    }

    fn map_start(&mut self) -> Result<Entries<'de>> {
        self.enter_map()
    }

    fn map_key<K: Decode<'de>>(&mut self, map: &mut Entries<'de>) -> Result<Option<K>> {
        let Some((key, value)) = map.next() else {
            self.depth_left += 1;
            return Ok(None);
        };
        self.next = key;
        let key = self.key();
        self.next = value;
        key.map(Some)
    }

    fn map_next(&mut self, _: &mut Entries<'de>) -> Result<()> {
        Ok(())
    }

    fn map_len(map: &Entries<'de>) -> Option<usize> {
        Some(map.len())
    }

    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        match self.next {
            Value::Map(map) => match map.get(key.name) {
                Some(value) => read_tag(value, wanted, f).map_err(|error| error.at(Segment::Field(key.name))),
                None => Err(Error::new(Detail::MissingField(key.name))),
            },
            Value::Array(array) => match array.first() {
                Some(value) => read_tag(value, wanted, f).map_err(|error| error.at(Segment::Index(0))),
                None => Err(crate::record::too_short(1, 0)),
            },
            _ => Err(self.mismatch(Kind::Object)),
        }
    }
}
