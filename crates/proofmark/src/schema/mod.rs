//! JSON Schema of a type, for people and tools that do not read [`Shape`].
//!
//! The output is draft 2020-12 and has exactly the form that msgspec gives the same type, key order included, so that
//! Python and Rust publish one schema. What JSON Schema has no word for stands in `x-` keys, and only where a field
//! declares it: `x-volatile`, `x-absent-means`, `x-null-means`, `x-lenient`. [`annotated_json_schema`] says all the rest too.
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

mod annotation;
mod build;
mod constraint;
mod json;
mod names;
mod record;
mod union;

use crate::{Describe, Result, Shape};

use self::build::Words;

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
    Ok(build::document(shape, Words::Declared)?.to_text())
}

/// The JSON Schema of a type, with all that the codec goes by and JSON Schema has no word for.
///
/// It accepts what [`json_schema`]'s accepts. Readers pass over the keys that begin with `x-`; those that know them learn
///
/// | key | of | says |
/// |---|---|---|
/// | `x-unknown-fields` | record | `refused` or `skipped` |
/// | `x-positions` | positional record | the names of its elements, the tag's first |
/// | `x-defaults` | record with defaults | whether a field equal to its default is `omitted` or `written` |
/// | `x-presence` | field | `required`; `default`: absence means the default; `maybe`: absence is a state of its own |
/// | `x-absent-means`, `x-null-means` | field | what absence and null mean, in words |
/// | `x-volatile` | field | why two runs of the same work may differ |
/// | `x-lenient` | field | it is read leniently |
/// | `x-was` | field | the name by which it was first known |
/// | `x-checked` | record, field | code checks more |
/// | `x-number` | number | its width: `u64`, `f32` |
/// | `x-ext-code` | extension value | its code in MessagePack |
/// | `x-keys` | map | what its keys are, if not text |
/// | `x-names` | plain enum | the name of each value |
///
/// # Errors
/// As [`json_schema`].
///
/// # Examples
/// ```
/// use proofmark::{Record, schema::annotated_json_schema};
///
/// #[derive(Record)]
/// #[record(positional)]
/// struct Point { x: i32, #[field(default)] y: i32 }
///
/// let schema = annotated_json_schema::<Point>()?;
/// assert!(schema.contains(r#""x-positions":["x","y"],"x-defaults":"written""#));
/// assert!(schema.contains(r#""x-number":"i32","default":0,"x-presence":"default""#));
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn annotated_json_schema<T: Describe + ?Sized>() -> Result<String> {
    annotated_json_schema_of(T::shape())
}

/// The annotated JSON Schema of a described type; see [`annotated_json_schema`].
///
/// # Errors
/// As [`json_schema`].
///
/// # Examples
/// ```
/// use proofmark::{Shape, schema::annotated_json_schema_of};
/// let byte = Shape::Int { min: 0, max: 255 };
/// assert_eq!(
///     annotated_json_schema_of(byte)?,
///     r#"{"type":"integer","minimum":0,"maximum":255,"x-number":"u8"}"#,
/// );
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn annotated_json_schema_of(shape: Shape) -> Result<String> {
    Ok(build::document(shape, Words::All)?.to_text())
}
