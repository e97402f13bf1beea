//! The leaf types that are more than a number or a string: dates, times, durations, decimals, UUIDs, and the
//! text of bytes and floats.
//!
//! Everything here is plain text and number grammar: bytes in, value or [`ScalarError`] out. Nothing knows
//! the codecs; each codec calls these functions with the bytes of one string, number or extension.
//!
//! Two families of types share the grammars:
//!
//! - [`DateTime`], [`Time`], [`TimeDelta`] and [`Decimal`] hold exactly what Python's types of the same
//!   meaning hold: microseconds, years 1 to 9999. They read and write the same bytes as msgspec, to the
//!   digit.
//! - `jiff`'s and `std`'s types keep their nanoseconds. They write the same text while the value is a whole
//!   number of microseconds, and nine digits otherwise.
//!
//! Either way a value that was written reads back equal.

pub(crate) mod base64;
pub(crate) mod date;
pub(crate) mod datetime;
mod decimal;
mod digits;
pub(crate) mod duration;
pub(crate) mod epoch;
mod error;
pub(crate) mod float;
mod fraction;
pub(crate) mod nearest;
pub(crate) mod number;
mod offset;
pub(crate) mod time;
mod timedelta;
pub(crate) mod uuid;

pub use datetime::DateTime;
pub use decimal::{COEFFICIENT_DIGITS_MAX, Decimal};
pub use error::ScalarError;
pub(crate) use fraction::Precision;
pub use time::Time;
pub use timedelta::TimeDelta;
