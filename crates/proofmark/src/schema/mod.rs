//! JSON Schema of a type, for people and tools that do not read [`Shape`].
//!
//! The output is draft 2020-12 and has exactly the form that msgspec gives the same type, key order included, so that
//! Python and Rust publish one schema. What JSON Schema has no word for stands in `x-` keys, and only where a field
//! declares it: `x-volatile`, `x-absent-means`, `x-null-means`.
//!
//! # Where the schema says more or less than the decoder
//! The schema accepts what the decoder accepts, but for these, which JSON Schema or its readers cannot say:
//! - Integers of less than 64 bits have both bounds, unsigned ones a minimum of 0. The upper bounds of 64 and 128 bits
//!   are left out: most readers hold numbers as doubles, in which those bounds are another number, and an `i64` is what
//!   such readers mean by `integer`.
//! - A number whose fraction is zero, as in `2.0`, is an integer to JSON Schema; the decoder wants it written as one.
//! - Formats (`date`, `uuid`, …) and `contentEncoding` are notes to most readers; the decoder insists on them. The length
//!   of bytes is that of their base64 text, which rounds up to three bytes.
//! - A set's duplicates are refused by the schema and dropped by the decoder.
//! - A lone tagged record may leave its tag out when decoded; the schema wants it.
//! - Checks in code (`check = path`) are not exported.
//! - What a lenient field takes beside its type stands only in the key `x-lenient`; `writeOnly` is a field that is read and
//!   never written.
//! - A further name (`alias`) is a property that is `deprecated`. That of a field of an optional part (`flatten`) is not
//!   among what the part needs.
//! - A record of a tag that is not known is any object with another tag; what its fallback wants of it is left out.

mod build;
mod constraint;
mod json;
mod names;
mod record;
mod union;

use crate::{Describe, Result, Shape};

/// The JSON Schema of a type, as compact JSON text.
///
/// # Errors
/// Fails for MessagePack extension values, which JSON does not have, and where a default cannot be written as JSON.
///
/// # Examples
/// ```
/// use proofmark::{Record, schema::json_schema};
///
/// /// A place on the map.
/// #[derive(Record)]
/// struct Point { x: i64, #[field(default, le = 9)] y: u8 }
///
/// assert_eq!(json_schema::<Point>()?, concat!(
///     r##"{"$ref":"#/$defs/Point","$defs":{"Point":{"title":"Point","description":"A place on the map.","##,
///     r##""type":"object","properties":{"x":{"type":"integer"},"##,
///     r##""y":{"type":"integer","minimum":0,"maximum":9,"default":0}},"##,
///     r##""required":["x"],"additionalProperties":false}}}"##,
/// ));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn json_schema<T: Describe + ?Sized>() -> Result<String> {
    json_schema_of(T::shape())
}

/// The JSON Schema of a described type, as compact JSON text.
///
/// For a layout that people read, see [`json::format`](crate::json::format).
///
/// # Errors
/// As [`json_schema`].
///
/// # Examples
/// ```
/// use proofmark::{Shape, schema::json_schema_of};
/// assert_eq!(json_schema_of(Shape::Uuid)?, r#"{"type":"string","format":"uuid"}"#);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn json_schema_of(shape: Shape) -> Result<String> {
    Ok(build::document(shape)?.to_text())
}
