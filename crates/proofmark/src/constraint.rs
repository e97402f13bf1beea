//! Declared bounds on values, checked on decode and convert, exported to schemas and locks.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    rc::Rc,
    sync::{Arc, OnceLock},
};

use regex::Regex;

pub use crate::binds::Binds;
use crate::{Error, Kind, Maybe, Result};

/// The constraints of one field or newtype.
#[derive(Clone, Copy, Debug)]
pub struct Constraints {
    /// Greater than or equal.
    pub ge: Option<Number>,
    /// Greater than.
    pub gt: Option<Number>,
    /// Less than or equal.
    pub le: Option<Number>,
    /// Less than.
    pub lt: Option<Number>,
    /// A whole multiple.
    pub multiple_of: Option<Number>,
    /// Fewest characters, bytes, elements or entries.
    pub min_len: Option<usize>,
    /// Most characters, bytes, elements or entries.
    pub max_len: Option<usize>,
    /// A regular expression that must match somewhere in the text.
    pub pattern: Option<fn() -> &'static Pattern>,
    /// Whether an offset must or must not be there.
    pub tz: Option<bool>,
}

impl Constraints {
    /// No constraint.
    pub const NONE: Self = Self {
        ge: None,
        gt: None,
        le: None,
        lt: None,
        multiple_of: None,
        min_len: None,
        max_len: None,
        pattern: None,
        tz: None,
    };

    /// Whether nothing is constrained.
    pub const fn is_none(&self) -> bool {
        self.ge.is_none()
            && self.gt.is_none()
            && self.le.is_none()
            && self.lt.is_none()
            && self.multiple_of.is_none()
            && self.min_len.is_none()
            && self.max_len.is_none()
            && self.pattern.is_none()
            && self.tz.is_none()
    }
}

/// A bound as it was written: whole or with a fraction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
}

impl Number {
    /// The bound as a float.
    pub const fn as_f64(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// `1`, `0.5`, `2.0`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => fmt::Debug::fmt(value, f),
        }
    }
}

/// A regular expression, compiled once on first use.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<std::result::Result<Regex, regex::Error>>,
}

impl Pattern {
    /// A pattern that is compiled when it is first used; the derive checks its syntax at compile time.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The text of the expression.
    pub const fn source(&self) -> &'static str {
        self.source
    }

    fn is_match(&self, text: &str) -> Result<bool> {
        match self.compiled.get_or_init(|| Regex::new(self.source)) {
            Ok(regex) => Ok(regex.is_match(text)),
            Err(error) => Err(Error::custom(format_args!("pattern '{}': {error}", self.source))),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}

/// A type whose values declared constraints can be held against.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no value that a constraint could bind to",
    note = "numbers, text, bytes, sequences, sets, maps and newtypes around them can be constrained"
)]
pub trait Constrain {
    /// The constraints that mean something here.
    const BINDS: Binds = Binds::ALL;

    /// Checks this value.
    ///
    /// # Errors
    /// Fails with [`ErrorKind::Constraint`](crate::ErrorKind::Constraint) on the first constraint that does not hold.
    fn check(&self, constraints: &Constraints) -> Result<()>;
}

macro_rules! constrain_int {
    ($($int:ty)*) => {$(
        impl Constrain for $int {
            const BINDS: Binds = Binds::INT;
            #[inline]
            fn check(&self, constraints: &Constraints) -> Result<()> {
                // A u128 beyond i128::MAX is above every bound that can be declared.
                check_int(i128::try_from(*self).unwrap_or(i128::MAX), constraints)
            }
        }
    )*};
}
constrain_int!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[inline]
fn check_int(value: i128, constraints: &Constraints) -> Result<()> {
    let whole = |bound: Option<Number>| match bound {
        Some(Number::Int(bound)) => Some(bound),
        _ => None,
    };
    let low = whole(constraints.ge).or(whole(constraints.gt).map(|bound| bound.saturating_add(1)));
    let high = whole(constraints.le).or(whole(constraints.lt).map(|bound| bound.saturating_sub(1)));
    if let Some(low) = low
        && value < low
    {
        return Err(broken(Kind::Int, format_args!(" >= {low}")));
    }
    if let Some(high) = high
        && value > high
    {
        return Err(broken(Kind::Int, format_args!(" <= {high}")));
    }
    match whole(constraints.multiple_of) {
        Some(factor) if value % factor != 0 => {
            Err(broken(Kind::Int, format_args!(" that's a multiple of {factor}")))
        }
        _ => Ok(()),
    }
}

impl Constrain for f64 {
    const BINDS: Binds = Binds::FLOAT;

    #[inline]
    fn check(&self, constraints: &Constraints) -> Result<()> {
        // NaN fails every bound: each test asks for what must hold.
        type Holds = fn(f64, f64) -> bool;
        let tests: [(Option<Number>, &str, Holds); 4] = [
            (constraints.ge, ">=", |value, bound| value >= bound),
            (constraints.gt, ">", |value, bound| value > bound),
            (constraints.le, "<=", |value, bound| value <= bound),
            (constraints.lt, "<", |value, bound| value < bound),
        ];
        for (bound, sign, holds) in tests {
            if let Some(bound) = bound
                && !holds(*self, bound.as_f64())
            {
                return Err(broken(Kind::Float, format_args!(" {sign} {:?}", bound.as_f64())));
            }
        }
        match constraints.multiple_of {
            Some(factor) if *self != 0.0 && *self % factor.as_f64() != 0.0 => {
                Err(broken(Kind::Float, format_args!(" that's a multiple of {:?}", factor.as_f64())))
            }
            _ => Ok(()),
        }
    }
}

impl Constrain for f32 {
    const BINDS: Binds = Binds::FLOAT;

    #[inline]
    fn check(&self, constraints: &Constraints) -> Result<()> {
        f64::from(*self).check(constraints)
    }
}

impl Constrain for str {
    const BINDS: Binds = Binds::TEXT;

    #[inline]
    fn check(&self, constraints: &Constraints) -> Result<()> {
        if constraints.min_len.is_some() || constraints.max_len.is_some() {
            check_len(Kind::Str, self.chars().count(), constraints)?;
        }
        match constraints.pattern {
            Some(pattern) if !pattern().is_match(self)? => {
                Err(broken(Kind::Str, format_args!(" matching regex '{}'", pattern().source())))
            }
            _ => Ok(()),
        }
    }
}

/// Length bounds for anything counted in `len` elements of a value of `kind`.
///
/// # Errors
/// Fails when `len` is outside the declared bounds.
#[inline]
pub fn check_len(kind: Kind, len: usize, constraints: &Constraints) -> Result<()> {
    match (constraints.min_len, constraints.max_len) {
        (Some(min), _) if len < min => Err(broken(kind, format_args!(" of length >= {min}"))),
        (_, Some(max)) if len > max => Err(broken(kind, format_args!(" of length <= {max}"))),
        _ => Ok(()),
    }
}

#[cold]
fn broken(kind: Kind, bound: fmt::Arguments<'_>) -> Error {
    Error::constraint(format!("Expected `{}`{bound}", kind.name()))
}

macro_rules! constrain_through {
    ($([$($generics:tt)*] $type:ty => $inner:ty;)*) => {$(
        impl<$($generics)*> Constrain for $type {
            const BINDS: Binds = <$inner as Constrain>::BINDS;
            #[inline]
            fn check(&self, constraints: &Constraints) -> Result<()> {
                <$inner as Constrain>::check(self, constraints)
            }
        }
    )*};
}
constrain_through! {
    [] String => str;
    ['a] Cow<'a, str> => str;
    ['a, T: Constrain + ?Sized] &'a T => T;
    [T: Constrain + ?Sized] Box<T> => T;
    [T: Constrain + ?Sized] Rc<T> => T;
    [T: Constrain + ?Sized] Arc<T> => T;
}

macro_rules! constrain_len {
    ($([$($generics:tt)*] $type:ty, $kind:expr;)*) => {$(
        impl<$($generics)*> Constrain for $type {
            const BINDS: Binds = Binds::LEN;
            #[inline]
            fn check(&self, constraints: &Constraints) -> Result<()> {
                check_len($kind, self.len(), constraints)
            }
        }
    )*};
}
constrain_len! {
    [T: crate::Describe] Vec<T>, T::LIST_KIND;
    [T: crate::Describe] [T], T::LIST_KIND;
    [T: crate::Describe, const N: usize] [T; N], T::LIST_KIND;
    ['a] Cow<'a, [u8]>, Kind::Bytes;
    [T] BTreeSet<T>, Kind::Array;
    [T, S] HashSet<T, S>, Kind::Array;
    [K, V] BTreeMap<K, V>, Kind::Object;
    [K, V, S] HashMap<K, V, S>, Kind::Object;
}

#[cfg(feature = "indexmap")]
constrain_len! {
    [K, V, S] indexmap::IndexMap<K, V, S>, Kind::Object;
}

impl<T: Constrain> Constrain for Option<T> {
    const BINDS: Binds = T::BINDS;

    #[inline]
    fn check(&self, constraints: &Constraints) -> Result<()> {
        self.as_ref().map_or(Ok(()), |value| value.check(constraints))
    }
}

impl<T: Constrain> Constrain for Maybe<T> {
    const BINDS: Binds = T::BINDS;

    #[inline]
    fn check(&self, constraints: &Constraints) -> Result<()> {
        match self {
            Self::Unset => Ok(()),
            Self::Set(value) => value.check(constraints),
        }
    }
}
