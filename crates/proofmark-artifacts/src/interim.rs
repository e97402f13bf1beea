//! Stand-ins with the codec's names, until the codec has them.

use std::borrow::Cow;

/// A value, or absence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maybe<T> {
    /// Absent.
    #[default]
    Unset,
    /// There.
    Set(T),
}

/// A value that is kept undecoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw<'a>(Cow<'a, [u8]>);
