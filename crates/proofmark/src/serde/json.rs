//! [`crate::json`] for serde types.

use ::serde::{Deserialize, Serialize};

use super::{AsSerde, AsSerdeRef};
use crate::{Result, json};

/// Encodes a serde type as compact JSON.
///
/// # Errors
/// Fails when the type's own code does, JSON cannot express the value, or nesting is too deep.
///
/// # Examples
/// ```
/// #[derive(serde::Serialize)]
/// struct Point { x: u8, y: Option<u8> }
///
/// assert_eq!(proofmark::serde::json::to_vec(&Point { x: 1, y: None })?, br#"{"x":1,"y":null}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    json::to_vec(&AsSerdeRef::new(value))
}

/// Encodes a serde type as compact JSON text.
///
/// # Errors
/// As [`to_vec`].
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    json::to_string(&AsSerdeRef::new(value))
}

/// Encodes a serde type as JSON with one entry per line and two blanks per level.
///
/// # Errors
/// As [`to_vec`].
pub fn to_string_pretty<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    json::to_string_pretty(&AsSerdeRef::new(value))
}

/// Decodes a serde type from JSON bytes.
///
/// # Errors
/// Fails when `input` is not JSON, or not this type.
pub fn from_slice<'de, T: Deserialize<'de>>(input: &'de [u8]) -> Result<T> {
    json::from_slice(input).map(AsSerde::into_inner)
}

/// Decodes a serde type from JSON text.
///
/// # Errors
/// As [`from_slice`].
///
/// # Examples
/// ```
/// #[derive(serde::Deserialize, Debug)]
/// struct Point { x: u8 }
///
/// let point: Point = proofmark::serde::json::from_str(r#"{"x":1}"#)?;
/// assert_eq!(point.x, 1);
///
/// let error = proofmark::serde::json::from_str::<Vec<Point>>(r#"[{"x":-1}]"#).unwrap_err();
/// assert_eq!(error.to_string(), "Expected `int` >= 0 - at `$[0].x`");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn from_str<'de, T: Deserialize<'de>>(input: &'de str) -> Result<T> {
    from_slice(input.as_bytes())
}
