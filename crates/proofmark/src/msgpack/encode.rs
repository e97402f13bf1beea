//! Writing types as MessagePack.

use super::{bounded::BoundedWriter, header, integer, sort};
use crate::{
    DecimalFormat, Encode, Encoder, Key, Medium, Order, Raw, Tag, UuidFormat, buffer,
    error::{Error, Result},
    ext::{self, Ext},
    form::Form,
    raw::Format,
    scalar::{DateTime, Decimal, Time, epoch::Epoch},
    shape::RecordShape,
};

/// An [`Encoder`] that appends MessagePack.
#[derive(Debug)]
pub struct Writer<'a> {
    /// The caller's buffer, held by value: what is written to it cannot alias the rest of this writer.
    out: Vec<u8>,
    /// Where the buffer goes back to.
    home: &'a mut Vec<u8>,
    form: Form,
    depth_left: u32,
    scratch: Vec<u8>,
}

/// A record that is being written: its header's width was chosen for the most fields it can have.
#[derive(Debug)]
pub struct Record {
    start: usize,
    body: usize,
    count: u32,
    count_max: u32,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(home: &'a mut Vec<u8>, form: Form) -> Self {
        Self { out: std::mem::take(home), home, form, depth_left: form.limits.depth_max, scratch: Vec::new() }
    }

    #[inline(always)]
    fn enter(&mut self) -> Result<()> {
        if self.depth_left == 0 {
            return Err(self.form.limits.too_deep());
        }
        self.depth_left -= 1;
        Ok(())
    }

    /// Writes text that `write` produces.
    fn text(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        self.scratch.clear();
        write(&mut self.scratch);
        header::write_str(&mut self.out, len32(self.scratch.len(), "strings")?, &self.scratch);
        Ok(())
    }

    #[inline(never)]
    fn long_str(&mut self, value: &str) -> Result<()> {
        header::write_str(&mut self.out, len32(value.len(), "strings")?, value.as_bytes());
        Ok(())
    }

    /// Writes the list element by element.
    #[cold]
    fn list_in_parts<T: Encode>(&mut self, list: &[T]) -> Result<()> {
        crate::impls::encode_items(list.len(), list, self)
    }

    pub(crate) fn ext_bytes(&mut self, code: i8, bytes: &[u8]) -> Result<()> {
        header::write_ext(&mut self.out, code, len32(bytes.len(), "Ext objects with data")?);
        self.out.extend_from_slice(bytes);
        Ok(())
    }
}

/// A length as the format can say it.
#[inline(always)]
fn len32(len: usize, what: &'static str) -> Result<u32> {
    u32::try_from(len).map_err(|_| too_long(what))
}

#[cold]
fn too_long(what: &'static str) -> Error {
    Error::unsupported(format!("Can't encode {what} longer than 2**32 - 1"))
}

/// Puts the right length into the header of a record; names that are data may ask for a wider one, by so many bytes.
fn patch_header(out: &mut Vec<u8>, record: &Record) -> usize {
    if record.count < record.count_max {
        header::patch_map(&mut out[record.start..], record.count);
        return 0;
    }
    let mut header = Vec::new();
    header::write_map(&mut header, record.count);
    let moved = header.len().saturating_sub(record.body - record.start);
    out.splice(record.start..record.body, header);
    moved
}

/// The float nearest to a decimal.
fn as_float(value: &Decimal) -> Result<f64> {
    let float = value.to_f64();
    if float.is_infinite() && value.is_finite() {
        return Err(Error::range("Number out of range"));
    }
    Ok(float)
}

#[cold]
fn beyond_64_bits() -> Error {
    Error::unsupported("can't serialize ints < -2**63 or > 2**64 - 1")
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        std::mem::swap(self.home, &mut self.out);
    }
}

impl Encoder for Writer<'_> {
    type Record = Record;
    /// How many more levels could be nested outside of the sequence.
    type Seq = u32;
    /// Where the entries begin.
    type Map = usize;

    const MEDIUM: Medium = Medium::Binary;

    #[inline(always)]
    fn order(&self) -> Order {
        self.form.order
    }

    fn depth_left(&self) -> u32 {
        self.depth_left
    }

    #[inline]
    fn null(&mut self) -> Result<()> {
        self.out.push(0xC0);
        Ok(())
    }

    #[inline]
    fn bool(&mut self, value: bool) -> Result<()> {
        self.out.push(0xC2 + u8::from(value));
        Ok(())
    }

    #[inline]
    fn i64(&mut self, value: i64) -> Result<()> {
        integer::write_i64(&mut self.out, value);
        Ok(())
    }

    #[inline]
    fn u64(&mut self, value: u64) -> Result<()> {
        integer::write_u64(&mut self.out, value);
        Ok(())
    }

    fn i128(&mut self, value: i128) -> Result<()> {
        if let Ok(value) = u64::try_from(value) {
            return self.u64(value);
        }
        i64::try_from(value).map_err(|_| beyond_64_bits()).and_then(|value| self.i64(value))
    }

    fn u128(&mut self, value: u128) -> Result<()> {
        u64::try_from(value).map_err(|_| beyond_64_bits()).and_then(|value| self.u64(value))
    }

    fn big_int(&mut self, digits: &str) -> Result<()> {
        digits.parse().map_err(|_| beyond_64_bits()).and_then(|value| self.i128(value))
    }

    #[inline]
    fn f64(&mut self, value: f64) -> Result<()> {
        header::write_tagged(&mut self.out, 0xCB, value.to_bits().to_be_bytes());
        Ok(())
    }

    fn f32(&mut self, value: f32) -> Result<()> {
        self.f64(f64::from(value))
    }

    #[inline]
    fn str(&mut self, value: &str) -> Result<()> {
        if header::write_short_str(&mut self.out, value.as_bytes()) {
            return Ok(());
        }
        self.long_str(value)
    }

    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        header::write_bin(&mut self.out, len32(value.len(), "bytes-like objects")?);
        self.out.extend_from_slice(value);
        Ok(())
    }

    fn datetime(&mut self, value: &DateTime) -> Result<()> {
        if value.offset().is_none() {
            return self.text(|out| value.write(out));
        }
        self.ext_bytes(ext::TIMESTAMP, &value.to_epoch()?.payload())
    }

    fn timestamp(&mut self, value: jiff::Timestamp) -> Result<()> {
        let epoch = Epoch::from_timestamp(value);
        epoch.check_range()?;
        self.ext_bytes(ext::TIMESTAMP, &epoch.payload())
    }

    fn date(&mut self, value: jiff::civil::Date) -> Result<()> {
        self.text(|out| crate::scalar::date::write(value, out))
    }

    fn time(&mut self, value: &Time) -> Result<()> {
        self.text(|out| value.write(out))
    }

    fn duration(&mut self, value: jiff::SignedDuration) -> Result<()> {
        self.text(|out| crate::scalar::duration::write(value, out))
    }

    fn uuid(&mut self, value: uuid::Uuid) -> Result<()> {
        match self.form.uuid {
            UuidFormat::Bytes => self.bytes(value.as_bytes()),
            format => self.text(|out| crate::scalar::uuid::write(value, format, out)),
        }
    }

    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        match self.form.decimal {
            DecimalFormat::String => self.text(|out| value.write(out)),
            DecimalFormat::Number => self.f64(as_float(value)?),
        }
    }

    fn ext(&mut self, value: &Ext) -> Result<()> {
        self.ext_bytes(value.code(), value.data())
    }

    fn raw(&mut self, value: &Raw<'_>) -> Result<()> {
        if value.format() == Format::MsgPack {
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
    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Record> {
        self.enter()?;
        let count_max = shape.fields.len() as u32 + u32::from(shape.tag.is_some());
        let start = self.out.len();
        header::write_map(&mut self.out, count_max);
        Ok(Record { start, body: self.out.len(), count: 0, count_max })
    }

    #[inline(always)]
    fn record_tag(&mut self, record: &mut Record, tag: &'static Tag) {
        record.count += 1;
        self.out.extend_from_slice(tag.msgpack);
    }

    #[inline(always)]
    fn record_field(&mut self, record: &mut Record, key: &'static Key) {
        record.count += 1;
        self.out.extend_from_slice(key.msgpack);
    }

    #[inline(always)]
    fn null_field(&mut self, record: &mut Record, key: &'static Key) -> Result<()> {
        record.count += 1;
        buffer::put_after(&mut self.out, key.msgpack, &[0xC0], 1);
        Ok(())
    }

    #[inline(always)]
    fn bool_field(&mut self, record: &mut Record, key: &'static Key, value: bool) -> Result<()> {
        record.count += 1;
        buffer::put_after(&mut self.out, key.msgpack, &[0xC2 + u8::from(value)], 1);
        Ok(())
    }

    #[inline(always)]
    fn u64_field(&mut self, record: &mut Record, key: &'static Key, value: u64) -> Result<()> {
        record.count += 1;
        integer::write_u64_after(&mut self.out, key.msgpack, value);
        Ok(())
    }

    #[inline(always)]
    fn str_field(&mut self, record: &mut Record, key: &'static Key, value: &str) -> Result<()> {
        if header::write_short_str_after(&mut self.out, key.msgpack, value.as_bytes()) {
            record.count += 1;
            return Ok(());
        }
        self.record_field(record, key);
        self.long_str(value)
    }

    fn record_key(&mut self, record: &mut Record, key: &str) -> Result<()> {
        record.count += 1;
        self.str(key)
    }

    #[inline]
    fn record_end(&mut self, record: Record) -> Result<()> {
        self.depth_left += 1;
        if record.count != record.count_max {
            let moved = patch_header(&mut self.out, &record);
            if moved > 0 && self.form.order == Order::Sorted {
                return sort::entries(&mut self.out, record.body + moved);
            }
        }
        if self.form.order == Order::Sorted {
            sort::entries(&mut self.out, record.body)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn seq_start(&mut self, len: usize) -> Result<u32> {
        let outside = self.depth_left;
        self.enter()?;
        header::write_array(&mut self.out, len32(len, "list")?);
        Ok(outside)
    }

    #[inline(always)]
    fn seq_item(&mut self, _: &mut u32) {}

    #[inline]
    fn seq_end(&mut self, outside: u32) -> Result<()> {
        self.depth_left = outside;
        Ok(())
    }

    #[inline(always)]
    fn bounded<T: Encode>(&mut self, value: &T) -> bool {
        // Where something in the value is too deep, its error has a path.
        let may_be = self.depth_left >= T::BOUND.levels && self.form.order != Order::Sorted;
        if may_be {
            BoundedWriter::write(&mut self.out, value);
        }
        may_be
    }

    #[inline(always)]
    fn bounded_list<T: Encode>(&mut self, list: &[T]) -> Result<()> {
        if self.depth_left <= T::BOUND.levels || self.form.order == Order::Sorted {
            return self.list_in_parts(list);
        }
        header::write_array(&mut self.out, len32(list.len(), "list")?);
        if !list.is_empty() {
            BoundedWriter::write_list(&mut self.out, list);
        }
        Ok(())
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.out.len()
    }

    fn expect(&mut self, bytes: usize) {
        self.out.reserve(bytes.min(buffer::EXPECTED_MAX));
    }

    #[inline(always)]
    fn map_start(&mut self, len: usize) -> Result<usize> {
        self.enter()?;
        header::write_map(&mut self.out, len32(len, "dicts")?);
        Ok(self.out.len())
    }

    #[inline]
    fn map_key<K: Encode + ?Sized>(&mut self, _: &mut usize, key: &K) -> Result<()> {
        key.encode(self)
    }

    #[inline]
    fn map_end(&mut self, _: usize) -> Result<()> {
        self.depth_left += 1;
        Ok(())
    }

    fn map_end_sorted(&mut self, body: usize) -> Result<()> {
        self.depth_left += 1;
        sort::map_entries(&mut self.out, body)
    }
}
