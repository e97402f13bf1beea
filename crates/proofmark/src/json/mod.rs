//! JSON: for artifacts that people read.
//!
//! The twin of [`msgpack`](crate::msgpack): the same functions, the same data model.

mod cursor;
mod decode;
mod digit_run;
pub(crate) mod digits;
mod encode;
mod format;
mod key;
mod lines;
mod number;
mod options;
mod read;
pub(crate) mod scan;
mod skip;
mod sort;
mod string;

use std::io;

pub use self::{
    decode::Reader,
    encode::Writer,
    format::{Indent, format, format_with_limits},
    lines::{Lines, from_lines, to_lines},
    options::{Decoder, Encoder},
    read::{LineReader, ReadLines, read_lines},
};
use crate::{Decode, Encode, Error, Errors, Result, decode::DecodeOwned};

/// Encodes a value as compact JSON.
///
/// # Errors
/// Fails when JSON cannot express the value, as an extension value or a map key that is neither text nor number.
///
/// # Examples
/// ```
/// assert_eq!(proofmark::json::to_vec(&[1.0, 1e16])?, b"[1.0,1e16]");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>> {
    Encoder::new().to_vec(value)
}

/// Encodes a value as compact JSON text.
///
/// # Errors
/// As [`to_vec`].
///
/// # Examples
/// ```
/// assert_eq!(proofmark::json::to_string("naïve\n")?, r#""naïve\n""#);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_string<T: Encode + ?Sized>(value: &T) -> Result<String> {
    into_text(to_vec(value)?)
}

/// Encodes a value as JSON with one entry per line and two blanks per level.
///
/// # Errors
/// As [`to_vec`].
///
/// # Examples
/// ```
/// assert_eq!(proofmark::json::to_string_pretty(&[1, 2])?, "[\n  1,\n  2\n]");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_string_pretty<T: Encode + ?Sized>(value: &T) -> Result<String> {
    into_text(to_vec_pretty(value)?)
}

/// As [`to_string_pretty`], as bytes.
///
/// # Errors
/// As [`to_vec`].
pub fn to_vec_pretty<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>> {
    format(&to_vec(value)?, Indent::Spaces(2))
}

/// Encodes a value as compact JSON into a writer, in one write.
///
/// # Errors
/// As [`to_vec`], and when writing fails.
pub fn to_writer<T: Encode + ?Sized, W: io::Write>(mut writer: W, value: &T) -> Result<()> {
    Ok(writer.write_all(&to_vec(value)?)?)
}

/// Appends a value to `out` as compact JSON; on an error `out` is as it was.
///
/// A buffer kept between calls saves an allocation per value.
///
/// # Errors
/// As [`to_vec`].
///
/// # Examples
/// ```
/// let mut out = b"data: ".to_vec();
/// proofmark::json::encode_into(&true, &mut out)?;
/// assert_eq!(out, b"data: true");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn encode_into<T: Encode + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    Encoder::new().encode_into(value, out)
}

/// Decodes a value from JSON bytes.
///
/// Borrowed fields point into `input`. For text use [`from_str`].
///
/// # Errors
/// Fails when `input` is not JSON, or not this type; see [`Error::kind`].
///
/// # Examples
/// ```
/// let numbers: Vec<u64> = proofmark::json::from_slice(b"[1, 2]")?;
/// assert_eq!(numbers, [1, 2]);
///
/// let error = proofmark::json::from_slice::<Vec<u64>>(b"[1, true]").unwrap_err();
/// assert_eq!(error.to_string(), "Expected `int`, got `bool` - at `$[1]`");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_slice<'de, T: Decode<'de>>(input: &'de [u8]) -> Result<T> {
    Decoder::new().from_slice(input)
}

/// As [`from_slice`], but tells everything that is wrong, not just the first.
///
/// A value at fault is passed over, and reading goes on behind it. It takes longer than [`from_slice`], so use that one
/// where the first error will do.
///
/// # Errors
/// Gives as many errors as the input has, up to [`Limits::errors_max`](crate::Limits); see [`Errors::is_complete`].
///
/// # Examples
/// ```
/// let errors = proofmark::json::decode_all_errors::<Vec<u16>>(b"[1,-2,3,true]").unwrap_err();
/// let errors: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
/// assert_eq!(errors, ["Expected `int` >= 0 - at `$[1]`", "Expected `int`, got `bool` - at `$[3]`"]);
/// ```
pub fn decode_all_errors<'de, T: Decode<'de>>(input: &'de [u8]) -> Result<T, Errors> {
    Decoder::new().decode_all_errors(input)
}

/// Decodes a value from JSON text.
///
/// # Errors
/// As [`from_slice`].
pub fn from_str<'de, T: Decode<'de>>(input: &'de str) -> Result<T> {
    from_slice(input.as_bytes())
}

/// Decodes a value from a reader, which is read to its end first.
///
/// # Errors
/// As [`from_slice`], and when reading fails or gives more than [`Limits::INPUT_BYTES_MAX`](crate::Limits).
pub fn from_reader<T: DecodeOwned, R: io::Read>(reader: R) -> Result<T> {
    Decoder::new().from_reader(reader)
}

/// Text as a JSON string.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = Vec::with_capacity(text.len() + 2);
    string::write(&mut quoted, text);
    String::from_utf8(quoted).unwrap_or_default()
}

fn into_text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| Error::custom(error.utf8_error()))
}
