//! MessagePack: for caches and telemetry that machines read.
//!
//! The twin of [`json`](crate::json): the same functions, the same data model.

mod bounded;
mod cursor;
mod decode;
mod encode;
mod header;
mod integer;
mod options;
mod read;
mod skip;
mod sort;
mod stream;

use std::io;

pub use self::{
    decode::Reader,
    encode::Writer,
    options::{Decoder, Encoder},
    read::{MessageReader, ReadStream, read_stream},
    stream::{Stream, from_stream},
};
use crate::{Decode, Encode, Errors, Result, decode::DecodeOwned};

/// Encodes a value as MessagePack, every number in its shortest form.
///
/// # Errors
/// Fails when MessagePack cannot express the value, as an integer beyond 64 bits.
///
/// # Examples
/// ```
/// assert_eq!(proofmark::msgpack::to_vec(&(1, "a"))?, b"\x92\x01\xa1a");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>> {
    Encoder::new().to_vec(value)
}

/// Encodes a value as MessagePack into a writer, in one write.
///
/// # Errors
/// As [`to_vec`], and when writing fails.
pub fn to_writer<T: Encode + ?Sized, W: io::Write>(mut writer: W, value: &T) -> Result<()> {
    Ok(writer.write_all(&to_vec(value)?)?)
}

/// Appends a value to `out` as MessagePack; on an error `out` is as it was.
///
/// A buffer kept between calls saves an allocation per value.
///
/// # Errors
/// As [`to_vec`].
///
/// # Examples
/// ```
/// let mut out = vec![0x92];
/// proofmark::msgpack::encode_into(&true, &mut out)?;
/// proofmark::msgpack::encode_into(&-1, &mut out)?;
/// assert_eq!(out, b"\x92\xc3\xff");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn encode_into<T: Encode + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    Encoder::new().encode_into(value, out)
}

/// Decodes a value from MessagePack.
///
/// Borrowed fields point into `input`.
///
/// # Errors
/// Fails when `input` is not MessagePack, or not this type; see [`Error::kind`](crate::Error::kind).
///
/// # Examples
/// ```
/// let numbers: Vec<u64> = proofmark::msgpack::from_slice(b"\x92\x01\x02")?;
/// assert_eq!(numbers, [1, 2]);
///
/// let error = proofmark::msgpack::from_slice::<Vec<u64>>(b"\x92\x01\xc3").unwrap_err();
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
/// let errors = proofmark::msgpack::decode_all_errors::<Vec<u16>>(b"\x94\x01\xfe\x03\xc3").unwrap_err();
/// let errors: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
/// assert_eq!(errors, ["Expected `int` >= 0 - at `$[1]`", "Expected `int`, got `bool` - at `$[3]`"]);
/// ```
pub fn decode_all_errors<'de, T: Decode<'de>>(input: &'de [u8]) -> Result<T, Errors> {
    Decoder::new().decode_all_errors(input)
}

/// Decodes a value from a reader, which is read to its end first.
///
/// # Errors
/// As [`from_slice`], and when reading fails or gives more than [`Limits::INPUT_BYTES_MAX`](crate::Limits).
pub fn from_reader<T: DecodeOwned, R: io::Read>(reader: R) -> Result<T> {
    Decoder::new().from_reader(reader)
}
