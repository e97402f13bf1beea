//! Writing types as values in memory.

use super::key;
use crate::{
    Encode, Encoder, Ext, Key, Limits, Medium, Order, Raw, Strictness, Tag, TagValue, Value,
    error::Result,
    scalar::{DateTime, Decimal, Time},
    shape::RecordShape,
    value::{Map, Native},
};

/// An [`Encoder`] that builds a [`Value`].
///
/// Each value is left in one place; the container around it takes it from there when it goes on.
#[derive(Debug)]
pub struct Writer {
    written: Option<Value>,
    order: Order,
    depth_left: u32,
    limits: Limits,
    str_keys: bool,
}

/// A record or map that is being written.
#[derive(Debug)]
pub struct Entries {
    entries: Vec<(Value, Value)>,
    /// The key whose value is being written.
    key: Option<Value>,
}

impl Entries {
    fn sort(&mut self) {
        self.entries.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
}

impl Writer {
    pub(crate) const fn new(order: Order, limits: Limits, str_keys: bool) -> Self {
        Self { written: None, order, depth_left: limits.depth_max, limits, str_keys }
    }

    /// The value that was written.
    pub(crate) fn finish(self) -> Value {
        self.written.unwrap_or_default()
    }

    fn write(&mut self, value: impl Into<Value>) -> Result<()> {
        self.written = Some(value.into());
        Ok(())
    }

    fn enter(&mut self) -> Result<()> {
        if self.depth_left == 0 {
            return Err(self.limits.too_deep());
        }
        self.depth_left -= 1;
        Ok(())
    }

    fn leave(&mut self, container: impl Into<Value>) -> Result<()> {
        self.depth_left += 1;
        self.write(container)
    }

    fn open(&mut self, len: usize) -> Result<Entries> {
        self.enter()?;
        Ok(Entries { entries: Vec::with_capacity(len), key: None })
    }

    /// Puts the value that was written last under its key.
    fn flush(&mut self, entries: &mut Entries) {
        if let (Some(key), Some(value)) = (entries.key.take(), self.written.take()) {
            entries.entries.push((key, value));
        }
    }
}

impl Encoder for Writer {
    type Record = Entries;
    type Seq = Vec<Value>;
    type Map = Entries;

    const MEDIUM: Medium = Medium::Memory;

    fn order(&self) -> Order {
        self.order
    }

    fn depth_left(&self) -> u32 {
        self.depth_left
    }

    fn null(&mut self) -> Result<()> {
        self.write(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<()> {
        self.write(value)
    }

    fn i64(&mut self, value: i64) -> Result<()> {
        self.write(value)
    }

    fn u64(&mut self, value: u64) -> Result<()> {
        self.write(value)
    }

    fn i128(&mut self, value: i128) -> Result<()> {
        self.write(value)
    }

    fn u128(&mut self, value: u128) -> Result<()> {
        self.write(value)
    }

    fn big_int(&mut self, digits: &str) -> Result<()> {
        self.write(Native::BigInt(digits.to_owned()))
    }

    fn f64(&mut self, value: f64) -> Result<()> {
        self.write(value)
    }

    fn f32(&mut self, value: f32) -> Result<()> {
        self.write(value)
    }

    fn str(&mut self, value: &str) -> Result<()> {
        self.write(value)
    }

    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.write(value)
    }

    fn datetime(&mut self, value: &DateTime) -> Result<()> {
        self.write(*value)
    }

    fn date(&mut self, value: jiff::civil::Date) -> Result<()> {
        self.write(value)
    }

    fn time(&mut self, value: &Time) -> Result<()> {
        self.write(*value)
    }

    fn duration(&mut self, value: jiff::SignedDuration) -> Result<()> {
        self.write(value)
    }

    fn uuid(&mut self, value: uuid::Uuid) -> Result<()> {
        self.write(value)
    }

    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        self.write(value.clone())
    }

    fn ext(&mut self, value: &Ext) -> Result<()> {
        self.write(value.clone())
    }

    /// A value in memory has no place for undecoded bytes, so they are decoded.
    fn raw(&mut self, value: &Raw<'_>) -> Result<()> {
        let limits = Limits { depth_max: self.depth_left, ..self.limits };
        let value: Value = value.decode_with(limits, Strictness::Strict)?;
        self.write(value)
    }

    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Entries> {
        self.open(shape.fields.len() + usize::from(shape.tag.is_some()))
    }

    fn record_tag(&mut self, record: &mut Entries, tag: &'static Tag) {
        self.flush(record);
        let value = match tag.value {
            TagValue::Str(text) => Value::from(text),
            TagValue::Int(value) => Value::from(value),
        };
        record.entries.push((tag.key.name.into(), value));
    }

    fn record_field(&mut self, record: &mut Entries, key: &'static Key) {
        self.flush(record);
        record.key = Some(key.name.into());
    }

    fn record_key(&mut self, record: &mut Entries, key: &str) -> Result<()> {
        self.flush(record);
        record.key = Some(key.into());
        Ok(())
    }

    fn record_end(&mut self, mut record: Entries) -> Result<()> {
        self.flush(&mut record);
        if self.order == Order::Sorted {
            record.sort();
        }
        self.leave(Map::from_distinct(record.entries))
    }

    fn seq_start(&mut self, len: usize) -> Result<Vec<Value>> {
        self.enter()?;
        Ok(Vec::with_capacity(len))
    }

    fn seq_item(&mut self, seq: &mut Vec<Value>) {
        seq.extend(self.written.take());
    }

    fn seq_end(&mut self, mut seq: Vec<Value>) -> Result<()> {
        self.seq_item(&mut seq);
        self.leave(seq)
    }

    fn map_start(&mut self, len: usize) -> Result<Entries> {
        self.open(len)
    }

    fn map_key<K: Encode + ?Sized>(&mut self, map: &mut Entries, key: &K) -> Result<()> {
        self.flush(map);
        key.encode(self)?;
        let key = self.written.take().unwrap_or_default();
        map.key = Some(if self.str_keys { key::to_text(key)? } else { key });
        Ok(())
    }

    fn map_end(&mut self, mut map: Entries) -> Result<()> {
        self.flush(&mut map);
        self.leave(Map::from(map.entries))
    }

    fn map_end_sorted(&mut self, mut map: Entries) -> Result<()> {
        self.flush(&mut map);
        map.sort();
        self.map_end(map)
    }
}
