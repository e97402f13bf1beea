//! Constraints of a lock, held against values.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use proofmark::constraint::{Constrain as _, Constraints, Number, check_len};
use proofmark::scalar::{DateTime, Time};
use proofmark::value::Native;
use proofmark::{Error, Kind, Maybe, Result, Value};
use regex::Regex;

use crate::lock::Bounds;

/// Constraints that are ready to be held against values.
#[derive(Debug, Default)]
pub(crate) struct Constraint(Option<Box<(Constraints, Option<Regex>)>>);

impl Constraint {
    /// # Errors
    /// Fails when the pattern is no regular expression, or a bound no number.
    pub(crate) fn new(bounds: &Bounds) -> Result<Self> {
        if *bounds == Bounds::default() {
            return Ok(Self(None));
        }
        let pattern = match &bounds.pattern {
            Maybe::Set(pattern) => Some(compiled(pattern)?),
            Maybe::Unset => None,
        };
        let constraints = Constraints {
            ge: number(&bounds.ge)?,
            gt: number(&bounds.gt)?,
            le: number(&bounds.le)?,
            lt: number(&bounds.lt)?,
            multiple_of: number(&bounds.multiple_of)?,
            min_len: len(&bounds.min_len),
            max_len: len(&bounds.max_len),
            pattern: None,
            tz: bounds.tz.into_option(),
        };
        Ok(Self(Some(Box::new((constraints, pattern)))))
    }

    /// # Errors
    /// Fails on the first constraint that does not hold.
    #[inline(always)]
    pub(crate) fn check<'v>(&self, value: impl Into<Measure<'v>>) -> Result<()> {
        match &self.0 {
            None => Ok(()),
            Some(bounds) => check(value.into(), &bounds.0, bounds.1.as_ref()),
        }
    }
}

/// What constraints look at in a value.
#[derive(Clone, Copy)]
pub(crate) enum Measure<'a> {
    Int(i64),
    UInt(u64),
    Float(f64),
    Str(&'a str),
    DateTime(DateTime),
    Time(Time),
    /// The number of parts of a container.
    Len(Kind, usize),
    /// Nothing: no constraint is about such a value.
    Free,
}

impl<'a> From<&'a Value> for Measure<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Int(value) => Self::Int(*value),
            Value::UInt(value) => Self::UInt(*value),
            Value::Float(value) => Self::Float(*value),
            Value::Str(text) => Self::Str(text),
            Value::Bytes(bytes) => Self::Len(Kind::Bytes, bytes.len()),
            Value::Array(items) => Self::Len(Kind::Array, items.len()),
            Value::Map(map) => Self::Len(Kind::Object, map.len()),
            Value::Native(native) => Self::from(&**native),
            Value::Null | Value::Bool(_) | Value::Ext(_) => Self::Free,
        }
    }
}

impl From<&Native> for Measure<'_> {
    fn from(native: &Native) -> Self {
        match native {
            Native::DateTime(value) => Self::DateTime(*value),
            Native::Time(value) => Self::Time(*value),
            _ => Self::Free,
        }
    }
}

fn check(value: Measure<'_>, constraints: &Constraints, pattern: Option<&Regex>) -> Result<()> {
    match value {
        Measure::Int(value) => value.check(constraints),
        Measure::UInt(value) => value.check(constraints),
        Measure::Float(value) => value.check(constraints),
        Measure::Str(text) => text.check(constraints).and_then(|()| check_pattern(text, pattern)),
        Measure::DateTime(value) => value.check(constraints),
        Measure::Time(value) => value.check(constraints),
        Measure::Len(kind, len) => check_len(kind, len, constraints),
        Measure::Free => Ok(()),
    }
}

/// A pattern, ready to be matched. Locks of many releases have the same few, and compiling one takes longer than all else
/// that a replica is made of.
fn compiled(pattern: &str) -> Result<Regex> {
    static PATTERNS: OnceLock<Mutex<BTreeMap<String, Regex>>> = OnceLock::new();
    let patterns = || PATTERNS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = patterns().get(pattern) {
        return Ok(known.clone());
    }
    let compiled = Regex::new(pattern).map_err(Error::custom)?;
    let mut patterns = patterns();
    if patterns.len() < PATTERNS_KEPT_MAX {
        patterns.insert(pattern.to_owned(), compiled.clone());
    }
    Ok(compiled)
}

/// Patterns that are kept for the next replica.
const PATTERNS_KEPT_MAX: usize = 1024;

fn check_pattern(text: &str, pattern: Option<&Regex>) -> Result<()> {
    match pattern {
        Some(pattern) if !pattern.is_match(text) => {
            Err(Error::constraint(format!("Expected `str` matching regex '{pattern}'")))
        }
        _ => Ok(()),
    }
}

fn number(bound: &Maybe<Value>) -> Result<Option<Number>> {
    let Maybe::Set(bound) = bound else { return Ok(None) };
    let whole = bound.as_i128().map(Number::Int);
    match whole.or_else(|| bound.as_f64().map(Number::Float)) {
        Some(number) => Ok(Some(number)),
        None => Err(Error::custom(format_args!("a bound is a number, not `{bound}`"))),
    }
}

fn len(bound: &Maybe<u64>) -> Option<usize> {
    bound.into_option().map(|len| usize::try_from(len).unwrap_or(usize::MAX))
}
