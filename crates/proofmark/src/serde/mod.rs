//! Types of other crates that know serde: through our formats, and inside our records. Needs the feature `serde`.
//!
//! [`json`] and [`msgpack`] mirror [`crate::json`] and [`crate::msgpack`] for any serde type. Inside a record,
//! `#[field(serde)]` sends one field through serde; [`AsSerde`] and [`AsSerdeRef`] do the same for a value of its own.
//!
//! The forms are serde's: a struct is a map in the order of its fields, an enum is tagged from outside. In MessagePack
//! they are those of `rmp_serde::to_vec_named`, byte for byte, but for three things: maps are sorted as all maps here
//! are, floats of 32 bits are widened, and integers beyond 64 bits are refused, not packed as bytes. JSON counts as
//! readable by humans, and so does a [`Value`]; MessagePack does not.
//!
//! What our own types add is not there for serde's: no constraints, no canonical order of sets, no description but a
//! name. Limits on depth hold.

mod decode;
mod encode;
mod error;
pub mod json;
pub mod msgpack;
mod value;
mod wrapper;

use ::serde::{Deserialize, Serialize};

pub use self::wrapper::{AsSerde, AsSerdeRef};
use crate::{Result, Value};

/// The value of any serde type as a [`Value`].
///
/// # Errors
/// Fails when the type's own code does, or nesting is too deep.
///
/// # Examples
/// ```
/// #[derive(serde::Serialize)]
/// enum Shape { Point { x: u8 } }
///
/// let value = proofmark::serde::to_value(&Shape::Point { x: 1 })?;
/// assert_eq!(value.to_string(), r#"{"Point":{"x":1}}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value> {
    crate::to_value(&AsSerdeRef::new(value))
}

/// A serde type out of a [`Value`]; borrowed fields point into it.
///
/// # Errors
/// Fails when the value is not of this type.
pub fn from_value<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T> {
    crate::from_value(value).map(AsSerde::into_inner)
}
