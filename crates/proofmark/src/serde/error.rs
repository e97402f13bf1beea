//! Our error as the one serde code reports with.

use std::fmt;

use ::serde::{
    de::{self, Expected, Unexpected},
    ser,
};

use crate::{
    Error,
    error::Detail,
    record::{missing, quote, unknown},
};

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::custom(message)
    }
}

/// Faults that records know too are told in the same words.
impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::custom(message)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", Word(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid value: {}, expected {expected}", Word(found)))
    }

    fn missing_field(field: &'static str) -> Self {
        missing(field)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        unknown(field)
    }

    fn unknown_variant(variant: &str, _: &'static [&'static str]) -> Self {
        Self::new(Detail::InvalidEnum(quote(variant)))
    }
}

/// What was found, without its value: that may be a secret, or very long.
struct Word<'a>(Unexpected<'a>);

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Bool(_) => f.write_str("boolean"),
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => f.write_str("integer"),
            Unexpected::Float(_) => f.write_str("floating point"),
            Unexpected::Char(_) => f.write_str("character"),
            Unexpected::Str(_) => f.write_str("string"),
            Unexpected::Bytes(_) => f.write_str("byte array"),
            other => other.fmt(f),
        }
    }
}
