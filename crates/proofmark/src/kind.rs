//! The kinds of value a decoder can meet, and sets of them.

use std::fmt;

/// The kind of one value on the wire, or of one value a type accepts.
///
/// The names are those of msgspec, so that error texts agree: ``Expected `int | null`, got `str` ``.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Any value at all.
    Any,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction or exponent.
    Float,
    /// Text.
    Str,
    /// Bytes: `bin` in MessagePack, base64 text in JSON.
    Bytes,
    /// A date with a time, with or without an offset.
    DateTime,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A span of time.
    Duration,
    /// A UUID.
    Uuid,
    /// An exact decimal number.
    Decimal,
    /// A MessagePack extension value.
    Ext,
    /// A JSON object, a MessagePack map.
    Object,
    /// A sequence.
    Array,
    /// JSON's `null`, MessagePack's `nil`.
    Null,
}

impl Kind {
    /// All kinds, in the order in which error texts list them.
    pub const ALL: [Self; 16] = [
        Self::Any,
        Self::Bool,
        Self::Int,
        Self::Float,
        Self::Str,
        Self::Bytes,
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Duration,
        Self::Uuid,
        Self::Decimal,
        Self::Ext,
        Self::Object,
        Self::Array,
        Self::Null,
    ];

    /// The word used in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Bytes => "bytes",
            Self::DateTime => "datetime",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Uuid => "uuid",
            Self::Decimal => "decimal",
            Self::Ext => "ext",
            Self::Object => "object",
            Self::Array => "array",
            Self::Null => "null",
        }
    }
}

/// A set of [`Kind`]s.
///
/// ```
/// use proofmark::{Kind, Kinds};
/// let kinds = Kinds::of(Kind::Null).with(Kind::Int);
/// assert_eq!(kinds.to_string(), "int | null");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u32);

/// Marks a set whose text is one of a few words.
const WORDS: u32 = 1 << 16;

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Every kind.
    pub const ANY: Self = Self(1);

    /// The set that holds one kind.
    pub const fn of(kind: Kind) -> Self {
        Self(1 << kind as u32)
    }

    /// Text that is one of a few words: a plain enum.
    pub const WORDS: Self = Self(1 << Kind::Str as u32 | WORDS);

    /// Whether any text at all fits, so that lenient decoding does not look for what else it may spell.
    pub(crate) const fn accepts_any_text(self) -> bool {
        self.accepts(Kind::Str) && self.0 & WORDS == 0
    }

    /// Whether every value is text.
    pub(crate) const fn is_text(self) -> bool {
        self.0 & !WORDS == Self::of(Kind::Str).0
    }

    /// This set and one more kind.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u32)
    }

    /// The kinds in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the set holds `kind`, or holds [`Kind::Any`].
    pub const fn accepts(self, kind: Kind) -> bool {
        self.0 & (1 | 1 << kind as u32) != 0
    }

    /// Whether the set holds exactly this `kind`.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u32 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Kind::ALL.into_iter().filter(|&kind| self.has(kind)).map(Kind::name);
        f.write_str(names.next().unwrap_or("nothing"))?;
        names.try_for_each(|name| write!(f, " | {name}"))
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kinds({self})")
    }
}
