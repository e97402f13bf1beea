//! Map keys: always strings in JSON, whatever type they stand for.

use std::borrow::Cow;

use super::{
    digits,
    encode::{Writer, write_uuid},
    string,
};
use crate::{
    Decode, Decoder, Encode, Encoder, Key, Kind, Kinds, Limits, Medium, Order, Raw, Strictness, Tag,
    UuidFormat,
    decode::{Integer, Token, out_of_bounds},
    error::{Error, Result},
    ext::Ext,
    key::TagRef,
    lenient,
    raw::Format,
    scalar::{DateTime, Decimal, Time, base64, float},
    shape::RecordShape,
};

/// A [`Decoder`] over the text of one key.
///
/// Numbers are parsed out of the text even in strict mode, for JSON leaves no other way to write them.
#[derive(Debug)]
pub(crate) struct KeyReader<'de, 'a> {
    text: Cow<'de, str>,
    limits: &'a Limits,
    strictness: Strictness,
}

impl<'de, 'a> KeyReader<'de, 'a> {
    pub(crate) fn new(text: Cow<'de, str>, limits: &'a Limits, strictness: Strictness) -> Self {
        Self { text, limits, strictness }
    }

    fn mismatch<T>(&self, expected: Kind) -> Result<T> {
        Err(Error::mismatch(Kinds::of(expected), "str"))
    }
}

impl<'de> Decoder<'de> for KeyReader<'de, '_> {
    type Record = ();
    type Seq = ();
    type Map = ();
    type Mark = ();

    const FORMAT: &'static str = "JSON";
    const MEDIUM: Medium = Medium::Text;

    #[inline(always)]
    fn strictness(&self) -> Strictness {
        self.strictness
    }
    fn limits(&self) -> &Limits {
        self.limits
    }
    fn set_aside(&mut self, _: usize, _: usize) -> usize {
        0
    }
    fn settle(&mut self, _: usize, _: usize) {}
    fn mark(&self) -> Self::Mark {}
    fn reset(&mut self, _: ()) {}
    fn peek(&mut self) -> Result<Kind> {
        Ok(Kind::Str)
    }
    fn take_null(&mut self) -> Result<bool> {
        Ok(false)
    }
    fn bool(&mut self) -> Result<bool> {
        self.mismatch(Kind::Bool)
    }
    fn int<I: Integer>(&mut self) -> Result<I> {
        match lenient::whole_text(&self.text) {
            Some(digits) => I::from_digits(digits).ok_or_else(|| out_of_bounds::<I>(digits.starts_with('-'))),
            None => match lenient::int(&Token::Str(Cow::Borrowed(&self.text))) {
                Some(Ok(value)) if self.is_lenient() => Ok(value),
                Some(Err(error)) => Err(error),
                _ => self.mismatch(Kind::Int),
            },
        }
    }
    fn f64(&mut self) -> Result<f64> {
        lenient::f64_text(&self.text).unwrap_or_else(|| self.mismatch(Kind::Float))
    }
    fn f32(&mut self) -> Result<f32> {
        lenient::f32_text(&self.text).unwrap_or_else(|| self.mismatch(Kind::Float))
    }
    #[inline]
    fn str(&mut self) -> Result<Cow<'de, str>> {
        Ok(std::mem::take(&mut self.text))
    }
    fn bytes(&mut self) -> Result<Cow<'de, [u8]>> {
        Ok(Cow::Owned(base64::decode(self.text.as_bytes())?))
    }
    fn token(&mut self) -> Result<Token<'de>> {
        Ok(Token::Str(std::mem::take(&mut self.text)))
    }
    fn skip(&mut self) -> Result<()> {
        Ok(())
    }
    fn raw(&mut self) -> Result<Raw<'de>> {
        let mut quoted = Vec::new();
        string::write(&mut quoted, &self.text);
        Ok(Raw::trusted(Format::Json, Cow::Owned(quoted), 0))
    }
    fn record_start(&mut self, _: &'static RecordShape) -> Result<()> {
        self.mismatch(Kind::Object)
    }
    fn record_tag(&mut self, _: &mut (), _: &'static RecordShape) -> bool {
        false
    }
    fn record_field(&mut self, _: &mut (), _: &'static Key) -> bool {
        false
    }
    fn record_next(&mut self, _: &mut ()) -> Result<()> {
        Ok(())
    }
    fn record_other(&mut self, _: &mut (), _: &'static RecordShape) -> Result<Option<usize>> {
        Ok(None)
    }
    fn seq_start(&mut self) -> Result<()> {
        self.mismatch(Kind::Array)
    }
    fn seq_next(&mut self, _: &mut ()) -> Result<bool> {
        Ok(false)
    }
    fn seq_len(_: &()) -> Option<usize> {
        None
    }
    fn map_start(&mut self) -> Result<()> {
        self.mismatch(Kind::Object)
    }
    fn map_key<K: Decode<'de>>(&mut self, _: &mut ()) -> Result<Option<K>> {
        Ok(None)
    }
    fn map_next(&mut self, _: &mut ()) -> Result<()> {
        Ok(())
    }
    fn map_len(_: &()) -> Option<usize> {
        None
    }
    fn find_tag<R>(
        &mut self,
        _: &'static Key,
        _: Kind,
        _: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R> {
        self.mismatch(Kind::Object)
    }
}

/// An [`Encoder`] that writes scalars as quoted text behind a comma.
#[derive(Debug)]
pub(crate) struct KeyWriter<'a> {
    out: &'a mut Vec<u8>,
    uuid_format: UuidFormat,
}

impl<'a> KeyWriter<'a> {
    pub(crate) fn new(writer: &'a mut Writer<'_>) -> Self {
        let uuid_format = writer.uuid_format();
        Self { out: writer.out(), uuid_format }
    }

    fn quoted(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        self.out.extend_from_slice(b",\"");
        write(self.out);
        self.out.push(b'"');
        Ok(())
    }

    #[cold]
    fn refuse<T>() -> Result<T> {
        Err(Error::unsupported("Only dicts with str-like or number-like keys are supported"))
    }
}

impl Encoder for KeyWriter<'_> {
    type Record = ();
    type Seq = ();
    type Map = ();

    const MEDIUM: Medium = Medium::Text;

    fn order(&self) -> Order {
        Order::Declared
    }
    fn depth_left(&self) -> u32 {
        0
    }
    fn null(&mut self) -> Result<()> {
        Self::refuse()
    }
    fn bool(&mut self, _: bool) -> Result<()> {
        Self::refuse()
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.quoted(|out| digits::write_i64(out, value))
    }
    fn u64(&mut self, value: u64) -> Result<()> {
        self.quoted(|out| digits::write_u64(out, value))
    }
    fn i128(&mut self, value: i128) -> Result<()> {
        self.quoted(|out| out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()))
    }
    fn u128(&mut self, value: u128) -> Result<()> {
        self.quoted(|out| out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()))
    }
    fn big_int(&mut self, digits: &str) -> Result<()> {
        self.quoted(|out| out.extend_from_slice(digits.as_bytes()))
    }
    fn f64(&mut self, value: f64) -> Result<()> {
        self.quoted(|out| write_float(out, value))
    }
    fn f32(&mut self, value: f32) -> Result<()> {
        self.quoted(|out| write_float(out, f64::from(value)))
    }
    #[inline]
    fn str(&mut self, value: &str) -> Result<()> {
        string::write_after(self.out, b",", value);
        Ok(())
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.quoted(|out| base64::encode(value, out))
    }
    fn datetime(&mut self, value: &DateTime) -> Result<()> {
        self.quoted(|out| value.write(out))
    }
    fn date(&mut self, value: jiff::civil::Date) -> Result<()> {
        self.quoted(|out| crate::scalar::date::write(value, out))
    }
    fn time(&mut self, value: &Time) -> Result<()> {
        self.quoted(|out| value.write(out))
    }
    fn duration(&mut self, value: jiff::SignedDuration) -> Result<()> {
        self.quoted(|out| crate::scalar::duration::write(value, out))
    }
    fn uuid(&mut self, value: uuid::Uuid) -> Result<()> {
        self.out.push(b',');
        write_uuid(self.out, value, self.uuid_format)
    }
    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        self.quoted(|out| value.write(out))
    }
    fn ext(&mut self, _: &Ext) -> Result<()> {
        Self::refuse()
    }
    fn raw(&mut self, _: &Raw<'_>) -> Result<()> {
        Self::refuse()
    }
    fn record_start(&mut self, _: &'static RecordShape) -> Result<()> {
        Self::refuse()
    }
    fn record_tag(&mut self, _: &mut (), _: &'static Tag) {}
    fn record_field(&mut self, _: &mut (), _: &'static Key) {}
    fn record_end(&mut self, _: ()) -> Result<()> {
        Self::refuse()
    }
    fn seq_start(&mut self, _: usize) -> Result<()> {
        Self::refuse()
    }
    fn seq_item(&mut self, _: &mut ()) {}
    fn seq_end(&mut self, _: ()) -> Result<()> {
        Self::refuse()
    }
    fn map_start(&mut self, _: usize) -> Result<()> {
        Self::refuse()
    }
    fn map_key<K: Encode + ?Sized>(&mut self, _: &mut (), _: &K) -> Result<()> {
        Self::refuse()
    }
    fn map_end(&mut self, _: ()) -> Result<()> {
        Self::refuse()
    }
    fn map_end_sorted(&mut self, _: ()) -> Result<()> {
        Self::refuse()
    }
}

/// A float as key text: words stand for what is not finite.
fn write_float(out: &mut Vec<u8>, value: f64) {
    match float::word(value) {
        Some(word) => out.extend_from_slice(word.as_bytes()),
        None => float::write(value, out),
    }
}
