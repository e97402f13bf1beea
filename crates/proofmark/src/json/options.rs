//! Encoding and decoding with options.

use std::io::{self, Read as _};

use super::{Lines, Reader, Writer};
use crate::{
    DecimalFormat, Decode, Encode, Errors, Limits, Order, Result, Strictness, UuidFormat,
    decode::{DecodeOwned, Seed},
    form::Form,
};

/// Encodes with options.
///
/// ```
/// use proofmark::{Order, json};
/// # #[derive(proofmark::Record)] struct Point { y: i32, x: i32 }
/// let sorted = json::Encoder::new().order(Order::Sorted);
/// assert_eq!(sorted.to_vec(&Point { y: 1, x: 2 })?, br#"{"x":2,"y":1}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Encoder {
    form: Form,
}

impl Encoder {
    /// The default options.
    pub const fn new() -> Self {
        Self { form: Form::DEFAULT }
    }

    /// Sets the order of keys and set elements.
    #[must_use]
    pub const fn order(self, order: Order) -> Self {
        Self { form: Form { order, ..self.form } }
    }

    /// Sets the bounds; only the depth matters for encoding.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { form: Form { limits, ..self.form } }
    }

    /// Sets how UUIDs are written, as values and as keys.
    #[must_use]
    pub const fn uuid_format(self, uuid: UuidFormat) -> Self {
        Self { form: Form { uuid, ..self.form } }
    }

    /// Sets how decimals are written; keys are text always.
    #[must_use]
    pub const fn decimal_format(self, decimal: DecimalFormat) -> Self {
        Self { form: Form { decimal, ..self.form } }
    }

    /// Encodes a value.
    ///
    /// # Errors
    /// As [`to_vec`](super::to_vec).
    pub fn to_vec<T: Encode + ?Sized>(&self, value: &T) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(128);
        self.encode_into(value, &mut out)?;
        Ok(out)
    }

    /// Appends a value to `out`; on an error `out` is as it was.
    ///
    /// # Errors
    /// As [`to_vec`](super::to_vec).
    pub fn encode_into<T: Encode + ?Sized>(&self, value: &T, out: &mut Vec<u8>) -> Result<()> {
        let len = out.len();
        let written = value.encode(&mut Writer::new(out, self.form));
        written.inspect_err(|_| out.truncate(len))
    }
}

/// Decodes with options.
///
/// ```
/// use proofmark::{Strictness, json};
/// let lenient = json::Decoder::new().strictness(Strictness::Lenient);
/// assert_eq!(lenient.from_slice::<u64>(br#""7""#)?, 7);
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Decoder {
    limits: Limits,
    strictness: Strictness,
}

impl Decoder {
    /// The default options.
    pub const fn new() -> Self {
        Self { limits: Limits::DEFAULT, strictness: Strictness::Strict }
    }

    /// Sets the bounds.
    #[must_use]
    pub const fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets how far to go to make values fit.
    #[must_use]
    pub const fn strictness(self, strictness: Strictness) -> Self {
        Self { strictness, ..self }
    }

    /// Decodes a value.
    ///
    /// # Errors
    /// As [`from_slice`](super::from_slice).
    pub fn from_slice<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Result<T> {
        self.reader(input)?.read_all()
    }

    /// As [`Decoder::from_slice`], of a type that `seed` knows.
    ///
    /// # Errors
    /// As [`from_slice`](super::from_slice).
    #[doc(hidden)]
    pub fn seeded_from_slice<'de, S: Seed<'de>>(&self, input: &'de [u8], seed: S) -> Result<S::Value> {
        self.reader(input)?.read_all_seeded(seed)
    }

    /// As [`Decoder::from_slice`], with all errors at once.
    ///
    /// # Errors
    /// As [`decode_all_errors`](super::decode_all_errors).
    pub fn decode_all_errors<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Result<T, Errors> {
        self.reader(input)?.read_all_errors()
    }

    /// Decodes a value from a reader, which is read to its end first.
    ///
    /// # Errors
    /// As [`from_reader`](super::from_reader).
    pub fn from_reader<T: DecodeOwned, R: io::Read>(&self, reader: R) -> Result<T> {
        let mut input = Vec::new();
        reader.take((self.limits.input_bytes_max as u64).saturating_add(1)).read_to_end(&mut input)?;
        self.from_slice(&input)
    }

    /// Decodes values that follow each other, with blanks, line ends or nothing between them.
    ///
    /// The limit on bytes holds for all of the input, the other ones for each value.
    ///
    /// # Examples
    /// ```
    /// use proofmark::{Strictness, json};
    /// let lenient = json::Decoder::new().strictness(Strictness::Lenient);
    /// let items = lenient.from_lines::<u8>(b"1\n\"2\"\n").collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(items, [1, 2]);
    /// # Ok::<(), proofmark::Error>(())
    /// ```
    pub fn from_lines<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Lines<'de, T> {
        Lines::new(self.reader(input))
    }

    pub(super) const fn limits_in_force(&self) -> Limits {
        self.limits
    }

    fn reader<'de>(&self, input: &'de [u8]) -> Result<Reader<'de>> {
        Reader::new(input, self.limits, self.strictness)
    }
}
