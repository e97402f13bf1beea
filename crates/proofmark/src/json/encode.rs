//! Writing types as JSON text.

use super::{digits, key::KeyWriter, sort, string};
use crate::{
    DecimalFormat, Encode, Encoder, Key, Medium, Order, Raw, Tag, UuidFormat, buffer,
    error::{Error, Result},
    ext::Ext,
    form::Form,
    raw::Format,
    scalar::{DateTime, Decimal, Time, base64, float},
    shape::RecordShape,
};

/// An [`Encoder`] that appends compact JSON text.
///
/// Every entry and element is written with a comma before it; the end of a container turns the first one into the
/// opening bracket. So no entry asks whether it is the first.
#[derive(Debug)]
pub struct Writer<'a> {
    /// The caller's buffer, held by value: what is written to it cannot alias the rest of this writer.
    out: Vec<u8>,
    /// Where the buffer goes back to.
    home: &'a mut Vec<u8>,
    form: Form,
    depth_left: u32,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(home: &'a mut Vec<u8>, form: Form) -> Self {
        Self { out: std::mem::take(home), home, form, depth_left: form.limits.depth_max }
    }

    pub(super) fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    pub(super) fn uuid_format(&self) -> UuidFormat {
        self.form.uuid
    }

    #[inline(always)]
    fn enter(&mut self) -> Result<usize> {
        if self.depth_left == 0 {
            return Err(self.form.limits.too_deep());
        }
        self.depth_left -= 1;
        Ok(self.out.len())
    }

    /// Ends the container that began at `start`.
    #[inline(always)]
    fn leave(&mut self, start: usize, open: u8, close: u8) {
        self.depth_left += 1;
        match self.out.get_mut(start) {
            Some(comma) => *comma = open,
            None => self.out.push(open),
        }
        self.out.push(close);
    }

    fn quoted(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        self.out.push(b'"');
        write(&mut self.out);
        self.out.push(b'"');
        Ok(())
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        std::mem::swap(self.home, &mut self.out);
    }
}

impl Encoder for Writer<'_> {
    type Record = usize;
    type Seq = usize;
    type Map = usize;

    const MEDIUM: Medium = Medium::Text;

    #[inline(always)]
    fn order(&self) -> Order {
        self.form.order
    }

    fn depth_left(&self) -> u32 {
        self.depth_left
    }

    #[inline]
    fn null(&mut self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    #[inline]
    fn bool(&mut self, value: bool) -> Result<()> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    #[inline]
    fn i64(&mut self, value: i64) -> Result<()> {
        digits::write_i64(&mut self.out, value);
        Ok(())
    }

    #[inline]
    fn u64(&mut self, value: u64) -> Result<()> {
        digits::write_u64(&mut self.out, value);
        Ok(())
    }

    fn i128(&mut self, value: i128) -> Result<()> {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
        Ok(())
    }

    fn u128(&mut self, value: u128) -> Result<()> {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
        Ok(())
    }

    fn big_int(&mut self, digits: &str) -> Result<()> {
        self.out.extend_from_slice(digits.as_bytes());
        Ok(())
    }

    #[inline]
    fn f64(&mut self, value: f64) -> Result<()> {
        if value.is_finite() {
            float::write(value, &mut self.out);
            return Ok(());
        }
        self.null()
    }

    fn f32(&mut self, value: f32) -> Result<()> {
        if value.is_finite() {
            self.out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
            return Ok(());
        }
        self.null()
    }

    #[inline]
    fn str(&mut self, value: &str) -> Result<()> {
        string::write(&mut self.out, value);
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
        write_uuid(&mut self.out, value, self.form.uuid)
    }

    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        match self.form.decimal {
            DecimalFormat::String => self.quoted(|out| value.write(out)),
            DecimalFormat::Number if value.is_finite() => {
                value.write(&mut self.out);
                Ok(())
            }
            DecimalFormat::Number => self.null(),
        }
    }

    fn ext(&mut self, value: &Ext) -> Result<()> {
        crate::ext::encode_in_text(value, self)
    }

    fn raw(&mut self, value: &Raw<'_>) -> Result<()> {
        if value.format() == Format::Json {
            // What is too deep to be read where it is pasted is not pasted.
            if value.levels() > self.depth_left {
                return Err(self.form.limits.too_deep());
            }
            self.out.extend_from_slice(value.as_bytes());
            return Ok(());
        }
        crate::raw::transcode(value, self)
    }

    #[inline]
    fn record_start(&mut self, _: &'static RecordShape) -> Result<usize> {
        self.enter()
    }

    #[inline(always)]
    fn record_tag(&mut self, _: &mut usize, tag: &'static Tag) {
        self.out.extend_from_slice(tag.json);
    }

    #[inline(always)]
    fn record_field(&mut self, _: &mut usize, key: &'static Key) {
        self.out.extend_from_slice(key.json);
    }

    #[inline(always)]
    fn null_field(&mut self, _: &mut usize, key: &'static Key) -> Result<()> {
        buffer::put_after(&mut self.out, key.json, b"null", 4);
        Ok(())
    }

    #[inline(always)]
    fn bool_field(&mut self, _: &mut usize, key: &'static Key, value: bool) -> Result<()> {
        let word = if value { b"true " } else { b"false" };
        buffer::put_after(&mut self.out, key.json, word, 5 - usize::from(value));
        Ok(())
    }

    #[inline(always)]
    fn u64_field(&mut self, _: &mut usize, key: &'static Key, value: u64) -> Result<()> {
        digits::write_u64_after(&mut self.out, key.json, value);
        Ok(())
    }

    #[inline(always)]
    fn str_field(&mut self, _: &mut usize, key: &'static Key, value: &str) -> Result<()> {
        string::write_after(&mut self.out, key.json, value);
        Ok(())
    }

    fn record_key(&mut self, _: &mut usize, key: &str) -> Result<()> {
        self.out.push(b',');
        string::write(&mut self.out, key);
        self.out.push(b':');
        Ok(())
    }

    #[inline]
    fn record_end(&mut self, start: usize) -> Result<()> {
        if self.form.order == Order::Sorted {
            sort::entries(&mut self.out, start)?;
        }
        self.leave(start, b'{', b'}');
        Ok(())
    }

    #[inline]
    fn seq_start(&mut self, _: usize) -> Result<usize> {
        self.enter()
    }

    #[inline(always)]
    fn seq_item(&mut self, _: &mut usize) {
        self.out.push(b',');
    }

    #[inline]
    fn seq_end(&mut self, start: usize) -> Result<()> {
        self.leave(start, b'[', b']');
        Ok(())
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.out.len()
    }

    fn expect(&mut self, bytes: usize) {
        self.out.reserve(bytes.min(buffer::EXPECTED_MAX));
    }

    #[inline]
    fn map_start(&mut self, _: usize) -> Result<usize> {
        self.enter()
    }

    #[inline]
    fn map_key<K: Encode + ?Sized>(&mut self, _: &mut usize, key: &K) -> Result<()> {
        key.encode(&mut KeyWriter::new(self))?;
        self.out.push(b':');
        Ok(())
    }

    #[inline]
    fn map_end(&mut self, start: usize) -> Result<()> {
        self.leave(start, b'{', b'}');
        Ok(())
    }

    fn map_end_sorted(&mut self, start: usize) -> Result<()> {
        sort::entries(&mut self.out, start)?;
        self.map_end(start)
    }
}

/// Appends a UUID in quotes.
pub(super) fn write_uuid(out: &mut Vec<u8>, value: uuid::Uuid, format: UuidFormat) -> Result<()> {
    if format == UuidFormat::Bytes {
        return Err(Error::unsupported("JSON has no bytes to write a UUID as"));
    }
    out.push(b'"');
    crate::scalar::uuid::write(value, format, out);
    out.push(b'"');
    Ok(())
}
