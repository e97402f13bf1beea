//! [`crate::msgpack`] for serde types.

use ::serde::{Deserialize, Serialize};

use super::{AsSerde, AsSerdeRef};
use crate::{Result, msgpack};

/// Encodes a serde type as MessagePack, structs as maps.
///
/// # Errors
/// Fails when the type's own code does, MessagePack cannot express the value, or nesting is too deep.
///
/// # Examples
/// ```
/// #[derive(serde::Serialize)]
/// struct Point { x: u8, y: Option<u8> }
///
/// assert_eq!(proofmark::serde::msgpack::to_vec(&Point { x: 1, y: None })?, b"\x82\xa1x\x01\xa1y\xc0");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    msgpack::to_vec(&AsSerdeRef::new(value))
}

/// Decodes a serde type from MessagePack.
///
/// # Errors
/// Fails when `input` is not MessagePack, or not this type.
///
/// # Examples
/// ```
/// let pair: (u8, &str) = proofmark::serde::msgpack::from_slice(b"\x92\x01\xa1a")?;
/// assert_eq!(pair, (1, "a"));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_slice<'de, T: Deserialize<'de>>(input: &'de [u8]) -> Result<T> {
    msgpack::from_slice(input).map(AsSerde::into_inner)
}
