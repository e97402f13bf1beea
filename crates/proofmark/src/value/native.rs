//! Values of types that neither format knows.

use crate::{
    Kind,
    scalar::{DateTime, Decimal, Time},
};

/// A value of a type that has no wire form of its own, kept as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Native {
    /// An integer beyond 64 bits, as its digits.
    BigInt(String),
    /// A date with a time.
    DateTime(DateTime),
    /// A calendar date.
    Date(jiff::civil::Date),
    /// A time of day.
    Time(Time),
    /// A span of time.
    Duration(jiff::SignedDuration),
    /// A UUID.
    Uuid(uuid::Uuid),
    /// An exact decimal.
    Decimal(Decimal),
}

impl Native {
    /// The kind of this value.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::BigInt(_) => Kind::Int,
            Self::DateTime(_) => Kind::DateTime,
            Self::Date(_) => Kind::Date,
            Self::Time(_) => Kind::Time,
            Self::Duration(_) => Kind::Duration,
            Self::Uuid(_) => Kind::Uuid,
            Self::Decimal(_) => Kind::Decimal,
        }
    }
}
