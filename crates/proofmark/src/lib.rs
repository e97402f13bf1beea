//! Typed, strict, deterministic records in JSON and MessagePack.
//!
//! One derive, [`Record`], gives a type strict decoding with exact error paths, canonical encoding in both formats,
//! validation, and one static description ([`Shape`]) that schema, lock and error texts read. Its attributes are in the
//! [guide](docs::derive).
//!
//! ```
//! use proofmark::Record;
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Cursor {
//!     #[field(min_len = 1)]
//!     dataset: String,
//!     version: u64,
//! }
//!
//! let cursor: Cursor = proofmark::json::from_str(r#"{"dataset":"orders","version":7}"#)?;
//! assert_eq!(proofmark::msgpack::to_vec(&cursor)?.len(), 25);
//!
//! let error = proofmark::json::from_str::<Cursor>(r#"{"dataset":"","version":7}"#).unwrap_err();
//! assert_eq!(error.to_string(), "Expected `str` of length >= 1 - at `$.dataset`");
//! # Ok::<(), proofmark::Error>(())
//! ```

// The derive writes `::proofmark::…`, also inside this crate's own tests and examples.
extern crate self as proofmark;

mod ascii;
mod binds;
mod bound;
mod buffer;
mod collect;
pub mod constraint;
pub mod convert;
pub mod decode;
pub mod docs;
pub mod encode;
mod error;
mod errors;
pub mod ext;
mod feed;
mod field;
mod flatten;
mod form;
#[cfg(test)]
#[path = "../tests/soundness/guard.rs"]
mod guard;
mod impls;
pub mod json;
mod key;
mod kind;
mod lazy;
mod leniency;
mod lenient;
mod limits;
mod maybe;
mod medium;
mod member;
pub mod msgpack;
mod order;
mod path;
mod raw;
mod record;
pub mod scalar;
pub mod schema;
mod sealed;
#[cfg(feature = "serde")]
pub mod serde;
pub mod shape;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod twins;
mod union;
pub mod value;

#[doc(hidden)]
pub mod __private;

#[doc(hidden)]
pub use bound::Bound;
pub use convert::{convert, from_value, to_value};
pub use decode::{Decode, Decoder, Strictness};
pub use encode::{Encode, Encoder};
pub use error::{Error, ErrorKind, Result};
pub use errors::Errors;
pub use ext::Ext;
pub use form::{DecimalFormat, UuidFormat};
pub use key::{Key, Tag, TagValue};
pub use kind::{Kind, Kinds};
pub use lazy::Lazy;
pub use limits::Limits;
pub use maybe::Maybe;
pub use medium::Medium;
pub use order::Order;
pub use path::{Path, Segment};
#[cfg(feature = "derive")]
pub use proofmark_derive::Record;
pub use raw::{Format, Raw};
pub use sealed::Sealed;
pub use shape::{Describe, Shape};
pub use value::Value;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
