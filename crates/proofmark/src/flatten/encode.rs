//! Writing a part of a record.

use crate::{
    Encode, Encoder, Ext, Key, Medium, Order, Raw, Result, Tag, Value,
    error::Error,
    scalar::{DateTime, Decimal, Time},
    shape::RecordShape,
};

/// The record that a part is written into, and those which that one is a part of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outer<'a> {
    shape: &'static RecordShape,
    outer: Option<&'a Self>,
}

impl<'a> Outer<'a> {
    pub(crate) const fn new(shape: &'static RecordShape) -> Self {
        Self { shape, outer: None }
    }

    /// Whether one of them has declared this name.
    fn declares(&self, name: &str) -> bool {
        self.shape.lookup.find(name).is_some()
            || super::Flat::Record(self.shape).names(name)
            || self.outer.is_some_and(|outer| outer.declares(name))
    }
}

/// An [`Encoder`] that writes the entries of the next value into a record that is being written.
///
/// Values inside are written by way of it too, but there it hands everything on.
#[derive(Debug)]
pub(crate) struct FlatWriter<'a, E: Encoder> {
    base: &'a mut E,
    record: &'a mut E::Record,
    outer: Outer<'a>,
    /// Whether the next value is the part itself.
    is_before: bool,
}

/// A container: the record around the part, or one inside its values.
#[derive(Debug)]
pub(crate) enum Part<C> {
    Outer,
    Inside(C),
}

impl<'a, E: Encoder> FlatWriter<'a, E> {
    pub(crate) fn write<T: Encode + ?Sized>(
        base: &'a mut E,
        record: &'a mut E::Record,
        outer: Outer<'a>,
        value: &T,
    ) -> Result<()> {
        if value.is_absent() {
            return Ok(());
        }
        value.encode(&mut Self { base, record, outer, is_before: true })
    }

    fn start<C>(&mut self, start: impl FnOnce(&mut E) -> Result<C>) -> Result<Part<C>> {
        if std::mem::take(&mut self.is_before) {
            return Ok(Part::Outer);
        }
        start(self.base).map(Part::Inside)
    }
}

#[cold]
fn taken(name: &str) -> Error {
    Error::unsupported(format!(
        "A flattened map has the key {}, which is a field",
        crate::record::quote(name)
    ))
}

impl<E: Encoder> Encoder for FlatWriter<'_, E> {
    type Record = Part<E::Record>;
    type Seq = E::Seq;
    type Map = Part<E::Map>;

    const MEDIUM: Medium = E::MEDIUM;

    fn order(&self) -> Order {
        self.base.order()
    }
    fn depth_left(&self) -> u32 {
        self.base.depth_left()
    }
    fn null(&mut self) -> Result<()> {
        if std::mem::take(&mut self.is_before) { Ok(()) } else { self.base.null() }
    }
    fn bool(&mut self, value: bool) -> Result<()> {
        self.base.bool(value)
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.base.i64(value)
    }
    fn u64(&mut self, value: u64) -> Result<()> {
        self.base.u64(value)
    }
    fn i128(&mut self, value: i128) -> Result<()> {
        self.base.i128(value)
    }
    fn u128(&mut self, value: u128) -> Result<()> {
        self.base.u128(value)
    }
    fn big_int(&mut self, digits: &str) -> Result<()> {
        self.base.big_int(digits)
    }
    fn f64(&mut self, value: f64) -> Result<()> {
        self.base.f64(value)
    }
    fn f32(&mut self, value: f32) -> Result<()> {
        self.base.f32(value)
    }
    fn str(&mut self, value: &str) -> Result<()> {
        self.base.str(value)
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.base.bytes(value)
    }
    fn datetime(&mut self, value: &DateTime) -> Result<()> {
        self.base.datetime(value)
    }
    fn timestamp(&mut self, value: jiff::Timestamp) -> Result<()> {
        self.base.timestamp(value)
    }
    fn date(&mut self, value: jiff::civil::Date) -> Result<()> {
        self.base.date(value)
    }
    fn time(&mut self, value: &Time) -> Result<()> {
        self.base.time(value)
    }
    fn duration(&mut self, value: jiff::SignedDuration) -> Result<()> {
        self.base.duration(value)
    }
    fn uuid(&mut self, value: uuid::Uuid) -> Result<()> {
        self.base.uuid(value)
    }
    fn decimal(&mut self, value: &Decimal) -> Result<()> {
        self.base.decimal(value)
    }
    fn ext(&mut self, value: &Ext) -> Result<()> {
        self.base.ext(value)
    }
    fn raw(&mut self, value: &Raw<'_>) -> Result<()> {
        self.base.raw(value)
    }

    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Self::Record> {
        self.start(|base| base.record_start(shape))
    }
    fn record_tag(&mut self, record: &mut Self::Record, tag: &'static Tag) {
        match record {
            Part::Outer => self.base.record_tag(self.record, tag),
            Part::Inside(record) => self.base.record_tag(record, tag),
        }
    }
    fn record_field(&mut self, record: &mut Self::Record, key: &'static Key) {
        match record {
            Part::Outer => self.base.record_field(self.record, key),
            Part::Inside(record) => self.base.record_field(record, key),
        }
    }
    fn record_key(&mut self, record: &mut Self::Record, key: &str) -> Result<()> {
        match record {
            Part::Outer => self.base.record_key(self.record, key),
            Part::Inside(record) => self.base.record_key(record, key),
        }
    }
    fn flatten<T: Encode + ?Sized>(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
        value: &T,
    ) -> Result<()> {
        match record {
            Part::Outer => {
                let outer = Outer { shape, outer: Some(&self.outer) };
                FlatWriter::write(&mut *self.base, &mut *self.record, outer, value)
            }
            Part::Inside(record) => FlatWriter::write(&mut *self.base, record, Outer::new(shape), value),
        }
    }
    fn record_end(&mut self, record: Self::Record) -> Result<()> {
        match record {
            Part::Outer => Ok(()),
            Part::Inside(record) => self.base.record_end(record),
        }
    }

    fn seq_start(&mut self, len: usize) -> Result<Self::Seq> {
        self.base.seq_start(len)
    }
    fn seq_item(&mut self, seq: &mut Self::Seq) {
        self.base.seq_item(seq);
    }
    fn seq_end(&mut self, seq: Self::Seq) -> Result<()> {
        self.base.seq_end(seq)
    }

    fn map_start(&mut self, len: usize) -> Result<Self::Map> {
        self.start(|base| base.map_start(len))
    }
    fn map_key<K: Encode + ?Sized>(&mut self, map: &mut Self::Map, key: &K) -> Result<()> {
        match (map, &self.outer) {
            (Part::Inside(map), _) => self.base.map_key(map, key),
            (Part::Outer, outer) => match crate::to_value(key)? {
                Value::Str(name) if outer.declares(&name) => Err(taken(&name)),
                Value::Str(name) => self.base.record_key(self.record, &name),
                _ => Err(Error::unsupported("Keys of a flattened map are text")),
            },
        }
    }
    fn map_end(&mut self, map: Self::Map) -> Result<()> {
        match map {
            Part::Outer => Ok(()),
            Part::Inside(map) => self.base.map_end(map),
        }
    }
    fn map_end_sorted(&mut self, map: Self::Map) -> Result<()> {
        match map {
            Part::Outer => Ok(()),
            Part::Inside(map) => self.base.map_end_sorted(map),
        }
    }
}
