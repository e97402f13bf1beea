//! A field that may be absent, told apart from one that is null.

/// A value, or nothing said about it.
///
/// A record leaves an unset field out; `Maybe<Option<T>>` tells absent, null and value apart. Only record fields can be
/// absent: anywhere else, and in positional records, encoding [`Maybe::Unset`] is an error.
///
/// ```
/// use proofmark::{Maybe, Record, json};
///
/// #[derive(Record)]
/// struct Patch { name: Maybe<Option<String>> }
///
/// assert_eq!(json::from_str::<Patch>("{}")?.name, Maybe::Unset);
/// assert_eq!(json::from_str::<Patch>(r#"{"name":null}"#)?.name, Maybe::Set(None));
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// Absent.
    #[default]
    Unset,
    /// Present.
    Set(T),
}

impl<T> Maybe<T> {
    /// Whether the value is absent.
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// The value, if it is there.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Unset => Maybe::Unset,
            Self::Set(value) => Maybe::Set(value),
        }
    }

    /// The value as an option; absent is `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Unset => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Applies `f` to the value, if it is there.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Unset => Maybe::Unset,
            Self::Set(value) => Maybe::Set(f(value)),
        }
    }
}

impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unset, Self::Set)
    }
}

impl<T> From<Maybe<T>> for Option<T> {
    fn from(value: Maybe<T>) -> Self {
        value.into_option()
    }
}
