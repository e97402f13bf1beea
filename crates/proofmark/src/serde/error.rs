//! Our error as the one serde code reports with.

use std::fmt;

use ::serde::{de, ser};

use crate::{
    Error,
    error::Detail,
    record::{missing, quote},
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

    fn missing_field(field: &'static str) -> Self {
        missing(field)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::new(Detail::UnknownField(field.to_owned()))
    }

    fn unknown_variant(variant: &str, _: &'static [&'static str]) -> Self {
        Self::new(Detail::InvalidEnum(quote(variant)))
    }
}
