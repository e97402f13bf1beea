//! Which constraints can be held against a type.

/// The constraints that a type's values can be held against; the derive refuses any other on its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Binds {
    /// Bounds and factors that are whole numbers.
    pub whole: bool,
    /// Bounds and factors with a fraction.
    pub fraction: bool,
    /// Lengths.
    pub len: bool,
    /// Patterns.
    pub pattern: bool,
    /// Whether an offset must be there.
    pub tz: bool,
}

impl Binds {
    /// Nothing.
    pub const NONE: Self = Self { whole: false, fraction: false, len: false, pattern: false, tz: false };
    /// Everything: the type decides when it checks a value.
    pub const ALL: Self = Self { whole: true, fraction: true, len: true, pattern: true, tz: true };
    /// What integers take.
    pub const INT: Self = Self { whole: true, ..Self::NONE };
    /// What floats take.
    pub const FLOAT: Self = Self { whole: true, fraction: true, ..Self::NONE };
    /// What text takes.
    pub const TEXT: Self = Self { len: true, pattern: true, ..Self::NONE };
    /// What bytes, sequences, sets and maps take.
    pub const LEN: Self = Self { len: true, ..Self::NONE };
    /// What times take.
    pub const TZ: Self = Self { tz: true, ..Self::NONE };
}
