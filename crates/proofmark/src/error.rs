//! The one error type: what was expected, what was found, and where.

use std::{borrow::Cow, fmt};

use crate::{Kinds, Path, Segment};

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why decoding, encoding or converting failed.
///
/// One word wide; the path is collected only while the error travels up. The texts are those of msgspec, so that
/// Python and Rust report the same fault in the same words.
///
/// ```
/// let error = proofmark::json::from_str::<Vec<u8>>("7").unwrap_err();
/// assert_eq!(error.to_string(), "Expected `bytes`, got `int`");
/// assert_eq!(error.kind(), proofmark::ErrorKind::Type);
/// assert_eq!(error.offset(), Some(0));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    detail: Detail,
    path: Path,
    offset: Option<usize>,
}

/// The class of an [`Error`], for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input ends inside a value.
    Truncated,
    /// The input is not JSON, or not MessagePack.
    Malformed,
    /// Text that is not UTF-8.
    Utf8,
    /// A value of another kind than the type wants.
    Type,
    /// A record without one of its required fields.
    MissingField,
    /// A record with a field that its type does not have.
    UnknownField,
    /// A sequence of the wrong length for a tuple or positional record.
    Length,
    /// A tag or enum value that the type does not have.
    InvalidValue,
    /// A number, date or duration beyond what the type can hold.
    Range,
    /// Text that is not what its type wants: a date, a UUID, base64.
    Format,
    /// A declared constraint does not hold.
    Constraint,
    /// A bound of [`Limits`](crate::Limits).
    Limit,
    /// A check of the user's own.
    Custom,
    /// A value that the format cannot express.
    Unsupported,
    /// Reading or writing failed.
    Io,
}

#[derive(Debug)]
pub(crate) enum Detail {
    Truncated,
    /// `what` is the text between "malformed: " and the offset.
    Malformed {
        format: &'static str,
        what: Cow<'static, str>,
    },
    Utf8,
    Type {
        expected: Kinds,
        found: &'static str,
    },
    MissingField(&'static str),
    UnknownField(String),
    /// Text after "Expected `array` of ".
    Length(String),
    InvalidTag(String),
    InvalidEnum(String),
    Range(Cow<'static, str>),
    Format(Cow<'static, str>),
    Constraint(Cow<'static, str>),
    Limit(String),
    Custom(String),
    Unsupported(Cow<'static, str>),
    Io(std::io::Error),
    /// What a collecting decoder has kept, on its way up. Never empty.
    Several(Vec<Error>),
}

impl Error {
    #[cold]
    pub(crate) fn new(detail: Detail) -> Self {
        Self(Box::new(Inner { detail, path: Path::default(), offset: None }))
    }

    /// An error of the user's own, for checks and hand-written [`Decode`](crate::Decode) impls.
    ///
    /// The path is added by the records and containers that the error passes on its way up.
    #[cold]
    pub fn custom(message: impl fmt::Display) -> Self {
        Self::new(Detail::Custom(message.to_string()))
    }

    /// ``Expected `T`, got `K` ``, for hand-written impls.
    #[cold]
    pub fn mismatch(expected: Kinds, found: &'static str) -> Self {
        Self::new(Detail::Type { expected, found })
    }

    /// Text of the right kind in the wrong form, e.g. `Invalid UUID`.
    #[cold]
    pub fn format(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Detail::Format(message.into()))
    }

    /// A value beyond what its type can hold, e.g. `Number out of range`.
    #[cold]
    pub fn range(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Detail::Range(message.into()))
    }

    /// A value that the output format cannot express.
    #[cold]
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Detail::Unsupported(message.into()))
    }

    /// A broken constraint: ``Expected `int` >= 0``.
    #[cold]
    pub fn constraint(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Detail::Constraint(message.into()))
    }

    #[cold]
    pub(crate) fn truncated() -> Self {
        Self::new(Detail::Truncated)
    }

    /// The class of this error.
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Truncated => ErrorKind::Truncated,
            Detail::Malformed { .. } => ErrorKind::Malformed,
            Detail::Utf8 => ErrorKind::Utf8,
            Detail::Type { .. } => ErrorKind::Type,
            Detail::MissingField(_) => ErrorKind::MissingField,
            Detail::UnknownField(_) => ErrorKind::UnknownField,
            Detail::Length(_) => ErrorKind::Length,
            Detail::InvalidTag(_) | Detail::InvalidEnum(_) => ErrorKind::InvalidValue,
            Detail::Range(_) => ErrorKind::Range,
            Detail::Format(_) => ErrorKind::Format,
            Detail::Constraint(_) => ErrorKind::Constraint,
            Detail::Limit(_) => ErrorKind::Limit,
            Detail::Custom(_) => ErrorKind::Custom,
            Detail::Unsupported(_) => ErrorKind::Unsupported,
            Detail::Io(_) => ErrorKind::Io,
            Detail::Several(errors) => errors.first().map_or(ErrorKind::Custom, Self::kind),
        }
    }

    /// Where in the document the error was found.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The byte of the input at which the error was found, where the input is bytes.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// The kinds that would have been accepted, for [`ErrorKind::Type`].
    pub fn expected_kinds(&self) -> Option<Kinds> {
        match self.0.detail {
            Detail::Type { expected, .. } => Some(expected),
            _ => None,
        }
    }

    /// What would have been accepted, in words, where the error knows: kinds, a bound, a length, the name of a field.
    ///
    /// ```
    /// let error = proofmark::json::from_str::<Vec<u8>>("7").unwrap_err();
    /// assert_eq!((error.expected().as_deref(), error.found()), (Some("bytes"), Some("int")));
    /// let error = proofmark::json::from_str::<u16>("-7").unwrap_err();
    /// assert_eq!((error.expected().as_deref(), error.found()), (Some("`int` >= 0"), None));
    /// ```
    pub fn expected(&self) -> Option<Cow<'_, str>> {
        match &self.0.detail {
            Detail::Type { expected, .. } => Some(expected.to_string().into()),
            Detail::MissingField(name) => Some((*name).into()),
            Detail::Length(what) => Some(what.split(", got ").next().unwrap_or(what).into()),
            Detail::Range(text) | Detail::Constraint(text) => {
                text.strip_prefix("Expected ").map(Cow::Borrowed)
            }
            _ => None,
        }
    }

    /// What was found, where the error knows: a kind, a length, the name of a field, a tag or value in quotes.
    pub fn found(&self) -> Option<&str> {
        match &self.0.detail {
            Detail::Type { found, .. } => Some(found),
            Detail::UnknownField(name) => Some(name),
            Detail::InvalidTag(value) | Detail::InvalidEnum(value) => Some(value),
            Detail::Length(what) => what.split(", got ").nth(1),
            _ => None,
        }
    }

    /// Adds the step that leads to where this error was found.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn at(mut self, segment: Segment) -> Self {
        match &mut self.0.detail {
            Detail::Several(errors) => {
                errors.iter_mut().for_each(|error| error.0.path.push_outer(segment.clone()));
            }
            _ => self.0.path.push_outer(segment),
        }
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn at_offset(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Moves the offset of an error of a part, which begins at `base`.
    #[cold]
    pub(crate) fn moved_by(mut self, base: usize) -> Self {
        self.0.offset = self.0.offset.map(|offset| offset + base);
        self
    }

    /// Widens "expected" where this error is about the value as a whole and not about something inside it.
    #[cold]
    #[inline(never)]
    #[doc(hidden)]
    pub fn or_expected(mut self, kinds: Kinds) -> Self {
        if let Detail::Type { expected, .. } = &mut self.0.detail
            && self.0.path.is_root()
        {
            *expected = expected.or(kinds);
        }
        self
    }

    /// Errors that travel up as one.
    #[cold]
    pub(crate) fn several(errors: Vec<Self>) -> Self {
        Self::new(Detail::Several(errors))
    }

    /// The errors that travel up as this one.
    #[cold]
    pub(crate) fn into_several(self) -> Result<Vec<Self>> {
        match self.0.detail {
            Detail::Several(errors) => Ok(errors),
            _ => Err(self),
        }
    }

    pub(crate) fn as_several(&self) -> Option<&[Self]> {
        match &self.0.detail {
            Detail::Several(errors) => Some(errors),
            _ => None,
        }
    }

    /// Whether this is a type mismatch of the value as a whole, so that another member of a union may still fit.
    pub(crate) fn is_mismatch_here(&self) -> bool {
        matches!(self.0.detail, Detail::Type { .. }) && self.0.path.is_root()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.detail {
            Detail::Truncated => f.write_str("Input data was truncated"),
            Detail::Malformed { format, what } => write!(f, "{format} is malformed: {what}"),
            Detail::Utf8 => f.write_str("Text is not valid UTF-8"),
            Detail::Type { expected, found } => write!(f, "Expected `{expected}`, got `{found}`"),
            Detail::MissingField(name) => write!(f, "Object missing required field `{name}`"),
            Detail::UnknownField(name) => write!(f, "Object contains unknown field `{name}`"),
            Detail::Length(what) => write!(f, "Expected `array` of {what}"),
            Detail::InvalidTag(value) => write!(f, "Invalid value {value}"),
            Detail::InvalidEnum(value) => write!(f, "Invalid enum value {value}"),
            Detail::Range(text)
            | Detail::Format(text)
            | Detail::Constraint(text)
            | Detail::Unsupported(text) => f.write_str(text),
            Detail::Limit(text) | Detail::Custom(text) => f.write_str(text),
            Detail::Io(error) => error.fmt(f),
            Detail::Several(errors) => errors.iter().try_for_each(|error| writeln!(f, "{error}")),
        }?;
        if let (Detail::Malformed { .. } | Detail::Utf8 | Detail::Limit(_), Some(offset)) =
            (&self.0.detail, self.0.offset)
        {
            return write!(f, " (byte {offset})");
        }
        if !self.0.path.is_root() && !matches!(self.0.detail, Detail::Truncated) {
            f.write_str(" - at ")?;
            self.0.path.write_quoted(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("detail", &self.0.detail)
            .field("path", &self.0.path.to_string())
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.detail {
            Detail::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(Detail::Io(error))
    }
}

impl From<crate::scalar::ScalarError> for Error {
    #[cold]
    fn from(error: crate::scalar::ScalarError) -> Self {
        use crate::scalar::ScalarError as Scalar;
        let text = error.to_string();
        match error {
            Scalar::NumberOutOfRange
            | Scalar::DurationOutOfRange
            | Scalar::TimestampOutOfRange
            | Scalar::YearOutOfRange
            | Scalar::OffsetOutOfRange
            | Scalar::TimestampNanosecondsOutOfRange => Self::range(text),
            Scalar::DateTimeWithoutOffset | Scalar::DateTimeWithOffset | Scalar::TimeWithOffset => {
                Self::constraint(text)
            }
            _ => Self::format(text),
        }
    }
}
