//! The decoding seam: what a type asks of a format.
//!
//! A [`Decode`] type pulls values out of a [`Decoder`]; both are known at compile time, so that a record's decoder is
//! straight code without visitors, buffers or intermediate trees.

use std::borrow::Cow;

use crate::flatten::{Entry, FlatReader, Rest};
use crate::{
    Describe, Error, Key, Kind, Kinds, Limits, Medium, Result, Tag, key::TagRef, shape::RecordShape,
};

/// How far a decoder goes to make a value fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// Values must already be of the right kind. The default.
    #[default]
    Strict,
    /// Text that spells a number, boolean, null or time is taken as one, and whole floats as integers.
    ///
    /// For ingestion of loosely typed rows; the table of what is accepted is msgspec's `strict=False`.
    Lenient,
}

/// A type that can be read from any format.
///
/// Derive it with [`Record`](crate::Record). `'de` is the lifetime of the input that borrowed fields point into.
pub trait Decode<'de>: Describe + Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// Fails when the input is malformed or not of this type.
    fn decode<D: Decoder<'de>>(decoder: &mut D) -> Result<Self>;

    /// The value of a record field of this type that is absent and has no declared default.
    #[doc(hidden)]
    #[inline(always)]
    fn absent() -> Option<Self> {
        None
    }

    /// Reads a sequence of this type; bytes and plain numbers have faster ways than element by element.
    #[doc(hidden)]
    #[inline]
    fn decode_list<D: Decoder<'de>>(decoder: &mut D) -> Result<Vec<Self>> {
        crate::impls::decode_list(decoder)
    }

    /// Reads a sequence of exactly `N` elements.
    #[doc(hidden)]
    #[inline]
    fn decode_array<D: Decoder<'de>, const N: usize>(decoder: &mut D) -> Result<[Self; N]> {
        crate::impls::decode_array(decoder)
    }
}

/// A type that can be read without borrowing from the input.
pub trait DecodeOwned: for<'de> Decode<'de> {}
impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// What reads a value whose type is known only while the program runs.
///
/// Where [`Decode`] is a type that reads itself, this is a value that knows how to read another.
#[doc(hidden)]
pub trait Seed<'de> {
    /// What is read.
    type Value;

    /// Reads one value.
    ///
    /// # Errors
    /// Fails when the input is malformed or not of that type.
    fn read<D: Decoder<'de>>(self, decoder: &mut D) -> Result<Self::Value>;
}

/// One scalar of the input, for types that accept several kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'de> {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// An integer too large for 128 bits, as its digits.
    BigInt(Cow<'de, str>),
    /// A float, and its text where the format has one.
    Float(f64, Option<&'de str>),
    /// Text.
    Str(Cow<'de, str>),
    /// Bytes.
    Bytes(Cow<'de, [u8]>),
    /// An extension value.
    Ext(i8, Cow<'de, [u8]>),
    /// A value of a type that has no wire form of its own, out of a [`Value`](crate::Value).
    Native(&'de crate::value::Native),
    /// The start of a sequence, which was not consumed.
    Array,
    /// The start of a map, which was not consumed.
    Object,
}

impl Token<'_> {
    /// The word for this token in messages.
    pub fn found(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::BigInt(_) => "int",
            Self::Float(..) => "float",
            Self::Str(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::Ext(..) => "ext",
            Self::Native(native) => native.kind().name(),
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The error for this token where `expected` was wanted.
    #[cold]
    pub fn mismatch(&self, expected: Kinds) -> Error {
        Error::mismatch(expected, self.found())
    }
}

/// An integer type that decoders can build from sign and magnitude.
pub trait Integer: Copy + Sized {
    /// The value of a magnitude that fits 64 bits, if it fits this type.
    fn from_u64(magnitude: u64) -> Option<Self>;
    /// The value, if it fits this type.
    fn from_i64(value: i64) -> Option<Self>;
    /// The value, if it fits this type.
    fn from_i128(value: i128) -> Option<Self>;
    /// The value of decimal digits, if it fits this type.
    fn from_digits(digits: &str) -> Option<Self>;
    /// The bounds of this type.
    const BOUNDS: (i128, u128);
}

/// The error for an integer outside the bounds of its type.
#[cold]
pub(crate) fn out_of_bounds<I: Integer>(negative: bool) -> Error {
    let (min, max) = I::BOUNDS;
    let text = if negative { format!("Expected `int` >= {min}") } else { format!("Expected `int` <= {max}") };
    Error::range(text)
}

/// A format, or a value in memory, that types are read from.
///
/// Implemented by the readers of this crate; not meant to be implemented elsewhere, and extended without notice.
pub trait Decoder<'de>: Sized {
    /// The state of a record that is being read.
    type Record;
    /// The state of a sequence that is being read.
    type Seq;
    /// The state of a map that is being read.
    type Map;
    /// A place to come back to.
    type Mark: Copy;

    /// Whether one more fault can be kept.
    #[doc(hidden)]
    fn fault_has_room(&mut self) -> bool {
        true
    }
    /// Keeps a fault of a record whose value was passed. Given back, it ends the record.
    #[doc(hidden)]
    fn record_hold(&mut self, _: &mut Self::Record, error: Error) -> Result<()> {
        Err(error)
    }
    /// Tells that a field was met whose key [`Decoder::record_key`] gave.
    #[doc(hidden)]
    fn record_met(&mut self, _: &mut Self::Record, _: &'static Key) {}
    /// Ends a record whose keys [`Decoder::record_key`] gave.
    #[doc(hidden)]
    fn record_done(&mut self, _: &mut Self::Record, _: &'static RecordShape) -> Result<()> {
        Ok(())
    }
    /// Consumes whatever key of a record is next, of a field, a tag or nothing that is known.
    #[doc(hidden)]
    fn record_key(
        &mut self,
        _: &mut Self::Record,
        _: &'static RecordShape,
    ) -> Result<Option<Entry<'de, Self::Mark>>> {
        Ok(None)
    }
    /// Reads the key that is next as a key of a map.
    #[doc(hidden)]
    fn key<K: Decode<'de>>(&mut self) -> Result<K> {
        K::decode(self)
    }
    /// Reads a part of a record from the entries that it left; a part that can be null is, if none of them is its own.
    #[doc(hidden)]
    fn flat<T: Decode<'de>>(&mut self, rest: &mut Rest<'de, Self::Mark>, is_there: bool) -> Result<T> {
        FlatReader::read(self, rest, is_there)
    }

    /// How far to go to make values fit.
    fn strictness(&self) -> Strictness;
    /// Sets how far to go, and gives how far it was.
    #[doc(hidden)]
    fn set_strictness(&mut self, _: Strictness) -> Strictness {
        self.strictness()
    }

    /// Whether [`Strictness::Lenient`] is on.
    #[inline(always)]
    fn is_lenient(&self) -> bool {
        self.strictness() == Strictness::Lenient
    }

    /// The bounds in force.
    fn limits(&self) -> &Limits;
    /// The input's format, for messages: `JSON`, `MessagePack`.
    const FORMAT: &'static str;
    /// What the input is made of.
    const MEDIUM: Medium;
    /// Whether faults are kept, so that reading goes on after one.
    #[doc(hidden)]
    const COLLECTS: bool = false;

    /// The byte of the input that comes next, where the input is bytes.
    #[doc(hidden)]
    fn offset(&self) -> Option<usize> {
        None
    }
    /// Keeps a fault in a field's value; asked only where faults are kept. Given back, it ends the record.
    #[doc(hidden)]
    fn record_fault(&mut self, _: &mut Self::Record, error: Error, _: &'static Key) -> Result<()> {
        Err(error)
    }
    /// As [`Decoder::record_fault`], of the element at an index.
    #[doc(hidden)]
    fn seq_fault(&mut self, _: &mut Self::Seq, error: Error, _: usize) -> Result<()> {
        Err(error)
    }
    /// As [`Decoder::record_fault`], of the value of an entry.
    #[doc(hidden)]
    fn map_fault(&mut self, _: &mut Self::Map, error: Error) -> Result<()> {
        Err(error)
    }
    /// For how many of `len` elements that the input claims, each of `size` bytes, memory may be set aside now.
    ///
    /// No more bytes than the input still has, and for all claims that are open no more than twice its length.
    fn set_aside(&mut self, len: usize, size: usize) -> usize;
    /// Tells that a claim was true: the elements for which memory was set aside are there.
    fn settle(&mut self, len: usize, size: usize);

    /// The place of the next value.
    fn mark(&self) -> Self::Mark;
    /// Goes back to a place on the same level of nesting.
    fn reset(&mut self, mark: Self::Mark);

    /// The kind of the next value, which is not consumed.
    ///
    /// # Errors
    /// Fails when no value follows.
    fn peek(&mut self) -> Result<Kind>;

    /// Consumes a null, if one is next.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn take_null(&mut self) -> Result<bool>;
    /// Reads a boolean.
    ///
    /// # Errors
    /// Fails on any other value.
    fn bool(&mut self) -> Result<bool>;
    /// Reads an integer.
    ///
    /// # Errors
    /// Fails on any other value, and when the value does not fit.
    fn int<I: Integer>(&mut self) -> Result<I>;
    /// Reads a float; integers are taken too.
    ///
    /// # Errors
    /// Fails on any other value.
    fn f64(&mut self) -> Result<f64>;
    /// Reads a float of 32 bits, rounded once.
    ///
    /// # Errors
    /// Fails on any other value.
    fn f32(&mut self) -> Result<f32>;
    /// Reads text, borrowed where the input holds it as it is.
    ///
    /// # Errors
    /// Fails on any other value and on text that is not UTF-8.
    fn str(&mut self) -> Result<Cow<'de, str>>;
    /// Reads text into a string of its own.
    ///
    /// # Errors
    /// As [`Decoder::str`].
    #[inline]
    fn string(&mut self) -> Result<String> {
        self.str().map(Cow::into_owned)
    }
    /// Reads bytes, borrowed where the input holds them as they are.
    ///
    /// # Errors
    /// Fails on any other value.
    fn bytes(&mut self) -> Result<Cow<'de, [u8]>>;
    /// Reads one scalar of whatever kind; the start of a container is told but not consumed.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn token(&mut self) -> Result<Token<'de>>;
    /// As [`Decoder::token`], for a type that the wire spells as text or bytes and memory keeps as `kind`.
    ///
    /// # Errors
    /// As [`Decoder::token`], and where the value has to be of that kind already.
    #[doc(hidden)]
    #[inline(always)]
    fn spelt_token(&mut self, _: Kind) -> Result<Token<'de>> {
        self.token()
    }
    /// Runs `read`, whose fault is about the place where the next value begins, unless it names a place itself.
    #[inline]
    fn located<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        read(self)
    }
    /// Skips one value, which is checked for syntax, depth and UTF-8 all the same.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn skip(&mut self) -> Result<()>;
    /// Skips one value and returns it undecoded.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn raw(&mut self) -> Result<crate::Raw<'de>>;

    /// Enters a record in map form.
    ///
    /// # Errors
    /// Fails on any other value.
    fn record_start(&mut self, shape: &'static RecordShape) -> Result<Self::Record>;
    /// Consumes the tag entry, if it is next and as declared.
    fn record_tag(&mut self, record: &mut Self::Record, shape: &'static RecordShape) -> bool;
    /// Consumes the key `key`, if it is next.
    fn record_field(&mut self, record: &mut Self::Record, key: &'static Key) -> bool;
    /// Goes on after a field's value.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn record_next(&mut self, record: &mut Self::Record) -> Result<()>;
    /// Consumes whatever key is next: the index of the field it names, or `None` at the end of the record.
    ///
    /// Tag entries are checked and passed over; unknown fields are passed over or refused, as `shape` says.
    ///
    /// # Errors
    /// Fails when the input is malformed, the tag is another, or a field is unknown and refused.
    fn record_other(
        &mut self,
        record: &mut Self::Record,
        shape: &'static RecordShape,
    ) -> Result<Option<usize>>;

    /// Enters a sequence.
    ///
    /// # Errors
    /// Fails on any other value.
    fn seq_start(&mut self) -> Result<Self::Seq>;
    /// Whether another element follows; at the end of the sequence it is left.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn seq_next(&mut self, seq: &mut Self::Seq) -> Result<bool>;
    /// The number of elements, where the format tells it beforehand. A claim, not a promise.
    fn seq_len(seq: &Self::Seq) -> Option<usize>;

    /// Enters a map.
    ///
    /// # Errors
    /// Fails on any other value.
    fn map_start(&mut self) -> Result<Self::Map>;
    /// The next key, after which its value follows; at the end of the map it is left.
    ///
    /// # Errors
    /// Fails when the input is malformed or the key is not a `K`.
    fn map_key<K: Decode<'de>>(&mut self, map: &mut Self::Map) -> Result<Option<K>>;
    /// Goes on after an entry's value.
    ///
    /// # Errors
    /// Fails when the input is malformed.
    fn map_next(&mut self, map: &mut Self::Map) -> Result<()>;
    /// The number of entries, where the format tells it beforehand. A claim, not a promise.
    fn map_len(map: &Self::Map) -> Option<usize>;

    /// Whether the next value is a map that begins with the entry `tag`, spelled as this crate writes it.
    ///
    /// A short way to what [`Decoder::find_tag`] finds anywhere; `false` says nothing.
    #[inline(always)]
    fn begins_with_tag(&self, tag: &'static Tag) -> bool {
        let _ = tag;
        false
    }
    /// Looks ahead for the tag entry of the next value, a map with entry `key` or a sequence that starts with the tag.
    /// Nothing is consumed.
    ///
    /// # Errors
    /// Fails when the input is malformed, or the tag is missing or neither text nor integer as `wanted` says.
    fn find_tag<R>(
        &mut self,
        key: &'static Key,
        wanted: Kind,
        f: impl FnOnce(TagRef<'_>) -> Result<R>,
    ) -> Result<R>;
}

/// Reads a value and checks it.
#[doc(hidden)]
#[inline(always)]
pub fn checked_value<'de, T: Decode<'de>, D: Decoder<'de>>(
    decoder: &mut D,
    check: impl FnOnce(&T) -> Result<()>,
) -> Result<T> {
    let value = T::decode(decoder)?;
    check(&value)?;
    Ok(value)
}
