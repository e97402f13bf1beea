//! The encoding seam: what a type asks of a format.

use crate::{
    Bound, Describe, Error, Key, Medium, Order, Result, Segment, Tag,
    bound::Bounded,
    ext::Ext,
    flatten::{FlatWriter, Outer},
    raw::Raw,
    scalar::{DateTime, Decimal, Time},
    shape::RecordShape,
};

/// A type that can be written in any format.
///
/// Derive it with [`Record`](crate::Record).
pub trait Encode: Describe {
    /// Writes this value.
    ///
    /// # Errors
    /// Fails when the format cannot express the value.
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()>;

    /// Whether a record leaves this value out ([`Maybe::Unset`](crate::Maybe)).
    #[doc(hidden)]
    #[inline(always)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes a sequence of this type; bytes and plain numbers have faster ways than element by element.
    #[doc(hidden)]
    #[inline]
    fn encode_list<E: Encoder>(list: &[Self], encoder: &mut E) -> Result<()>
    where
        Self: Sized,
    {
        crate::impls::encode_list(list, encoder)
    }

    /// Writes the field `key` of a record; what is short has a faster way than key by key and value by value.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_field<E: Encoder>(
        &self,
        record: &mut E::Record,
        key: &'static Key,
        encoder: &mut E,
    ) -> Result<()> {
        encoder.record_field(record, key);
        self.encode(encoder)
    }

    /// How long a value can get in MessagePack, where that is known beforehand.
    #[doc(hidden)]
    const BOUND: Bound = Bound::NONE;

    /// Writes a value that is known to have a bound.
    #[doc(hidden)]
    #[inline(always)]
    fn encode_bounded<B: Bounded>(&self, out: &mut B) {
        let _ = out;
    }
}

/// A format, or a value in memory, that types are written to.
///
/// Implemented by the writers of this crate; not meant to be implemented elsewhere, and extended without notice.
pub trait Encoder: Sized {
    /// The state of a record that is being written.
    type Record;
    /// The state of a sequence that is being written.
    type Seq;
    /// The state of a map that is being written.
    type Map;

    /// What the output is made of.
    const MEDIUM: Medium;

    /// The order in force.
    fn order(&self) -> Order;
    /// How many more levels can be nested in the next value.
    fn depth_left(&self) -> u32;

    /// Writes null.
    ///
    /// # Errors
    /// Fails where null cannot stand, as a JSON key.
    fn null(&mut self) -> Result<()>;
    /// Writes a boolean.
    ///
    /// # Errors
    /// Fails where a boolean cannot stand, as a JSON key.
    fn bool(&mut self, value: bool) -> Result<()>;
    /// Writes an integer.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn i64(&mut self, value: i64) -> Result<()>;
    /// Writes an integer.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn u64(&mut self, value: u64) -> Result<()>;
    /// Writes an integer beyond 64 bits.
    ///
    /// # Errors
    /// Fails in MessagePack, which has none.
    fn i128(&mut self, value: i128) -> Result<()>;
    /// Writes an integer beyond 64 bits.
    ///
    /// # Errors
    /// Fails in MessagePack, which has none.
    fn u128(&mut self, value: u128) -> Result<()>;
    /// Writes an integer of any size, given as its digits.
    ///
    /// # Errors
    /// Fails in MessagePack when it is beyond 64 bits.
    fn big_int(&mut self, digits: &str) -> Result<()>;
    /// Writes a float.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate: JSON writes null for NaN and infinities, as msgspec does.
    fn f64(&mut self, value: f64) -> Result<()>;
    /// Writes a float of 32 bits: its own shortest text in JSON, widened in MessagePack.
    ///
    /// # Errors
    /// As [`Encoder::f64`].
    fn f32(&mut self, value: f32) -> Result<()>;
    /// Writes text.
    ///
    /// # Errors
    /// Fails when it is longer than the format can say.
    fn str(&mut self, value: &str) -> Result<()>;
    /// Writes bytes.
    ///
    /// # Errors
    /// Fails when they are longer than the format can say.
    fn bytes(&mut self, value: &[u8]) -> Result<()>;
    /// Writes a date with a time.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn datetime(&mut self, value: &DateTime) -> Result<()>;
    /// Writes an instant, in UTC.
    ///
    /// # Errors
    /// Fails outside the years 1 to 9999.
    fn timestamp(&mut self, value: jiff::Timestamp) -> Result<()> {
        self.datetime(&DateTime::exact_from_timestamp(value)?)
    }
    /// Writes a calendar date.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn date(&mut self, value: jiff::civil::Date) -> Result<()>;
    /// Writes a time of day.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn time(&mut self, value: &Time) -> Result<()>;
    /// Writes a span of time.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn duration(&mut self, value: jiff::SignedDuration) -> Result<()>;
    /// Writes a UUID.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn uuid(&mut self, value: uuid::Uuid) -> Result<()>;
    /// Writes an exact decimal, as text.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn decimal(&mut self, value: &Decimal) -> Result<()>;
    /// Writes an extension value.
    ///
    /// # Errors
    /// Fails in JSON, which has none.
    fn ext(&mut self, value: &Ext) -> Result<()>;
    /// Writes an undecoded value: pasted where it is of this format, transcoded where it is of the other.
    ///
    /// # Errors
    /// Fails where the format cannot express the value.
    fn raw(&mut self, value: &Raw<'_>) -> Result<()>;

    /// Starts a record in map form.
    ///
    /// # Errors
    /// Fails when nesting is too deep.
    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Self::Record>;
    /// Writes the tag entry.
    fn record_tag(&mut self, record: &mut Self::Record, tag: &'static Tag);
    /// Writes a field's key, after which its value follows.
    fn record_field(&mut self, record: &mut Self::Record, key: &'static Key);
    /// Writes a field that is null.
    ///
    /// # Errors
    /// As [`Encoder::null`].
    #[doc(hidden)]
    #[inline(always)]
    fn null_field(&mut self, record: &mut Self::Record, key: &'static Key) -> Result<()> {
        self.record_field(record, key);
        self.null()
    }
    /// Writes a field that is a boolean.
    ///
    /// # Errors
    /// As [`Encoder::bool`].
    #[doc(hidden)]
    #[inline(always)]
    fn bool_field(&mut self, record: &mut Self::Record, key: &'static Key, value: bool) -> Result<()> {
        self.record_field(record, key);
        self.bool(value)
    }
    /// Writes a field that is an integer.
    ///
    /// # Errors
    /// As [`Encoder::u64`].
    #[doc(hidden)]
    #[inline(always)]
    fn u64_field(&mut self, record: &mut Self::Record, key: &'static Key, value: u64) -> Result<()> {
        self.record_field(record, key);
        self.u64(value)
    }
    /// Writes a field that is text.
    ///
    /// # Errors
    /// As [`Encoder::str`].
    #[doc(hidden)]
    #[inline(always)]
    fn str_field(&mut self, record: &mut Self::Record, key: &'static Key, value: &str) -> Result<()> {
        self.record_field(record, key);
        self.str(value)
    }
    /// As [`Encoder::record_field`], of an entry whose name is data.
    ///
    /// # Errors
    /// Fails when the name is longer than the format can say.
    #[doc(hidden)]
    fn record_key(&mut self, _: &mut Self::Record, _: &str) -> Result<()> {
        Err(Error::unsupported("Names of fields are declared here"))
    }
    /// Writes the entries of a value into a record of this shape.
    ///
    /// # Errors
    /// Fails as the value does, and where it has a name that the record has declared.
    #[doc(hidden)]
    fn flatten<T: Encode + ?Sized>(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
        value: &T,
    ) -> Result<()> {
        FlatWriter::write(self, record, Outer::new(shape), value)
    }
    /// Ends a record.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn record_end(&mut self, record: Self::Record) -> Result<()>;

    /// Starts a sequence of `len` elements.
    ///
    /// # Errors
    /// Fails when nesting is too deep or the sequence too long.
    fn seq_start(&mut self, len: usize) -> Result<Self::Seq>;
    /// Goes to the next element, after which its value follows.
    fn seq_item(&mut self, seq: &mut Self::Seq);
    /// Ends a sequence.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn seq_end(&mut self, seq: Self::Seq) -> Result<()>;
    /// How many bytes were written, in a format that is made of bytes.
    #[doc(hidden)]
    #[inline(always)]
    fn written(&self) -> usize {
        0
    }
    /// Makes ready for so many bytes more, as far as is wise for what may not come.
    #[doc(hidden)]
    #[inline(always)]
    fn expect(&mut self, bytes: usize) {
        let _ = bytes;
    }
    /// Writes a value that is known to have a bound, where this format makes use of that; tells whether it did.
    #[doc(hidden)]
    #[inline(always)]
    fn bounded<T: Encode>(&mut self, _: &T) -> bool {
        false
    }
    /// Writes a sequence of values that are known to have a bound.
    ///
    /// # Errors
    /// Fails when nesting is too deep or the sequence too long.
    #[doc(hidden)]
    #[inline]
    fn bounded_list<T: Encode>(&mut self, list: &[T]) -> Result<()> {
        crate::impls::encode_items(list.len(), list, self)
    }

    /// Starts a map of `len` entries.
    ///
    /// # Errors
    /// Fails when nesting is too deep or the map too long.
    fn map_start(&mut self, len: usize) -> Result<Self::Map>;
    /// Writes a key, after which its value follows.
    ///
    /// # Errors
    /// Fails when the format cannot express the key.
    fn map_key<K: Encode + ?Sized>(&mut self, map: &mut Self::Map, key: &K) -> Result<()>;
    /// Ends a map.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn map_end(&mut self, map: Self::Map) -> Result<()>;
    /// Ends a map whose entries came in any order, and sorts them by key.
    ///
    /// # Errors
    /// Does not fail in the formats of this crate.
    fn map_end_sorted(&mut self, map: Self::Map) -> Result<()>;
}

/// Writes a field, unless its value is absent.
#[doc(hidden)]
#[inline(always)]
pub fn field<T: Encode + ?Sized, E: Encoder>(
    value: &T,
    record: &mut E::Record,
    key: &'static Key,
    encoder: &mut E,
) -> Result<()> {
    if value.is_absent() {
        return Ok(());
    }
    value.encode_field(record, key, encoder).map_err(|error| error.at(Segment::Field(key.name)))
}
