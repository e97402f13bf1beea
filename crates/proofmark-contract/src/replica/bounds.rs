//! Constraints of a lock, held against values.

use proofmark::constraint::{Constrain as _, Constraints, Number, check_len};
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
            Maybe::Set(pattern) => Some(Regex::new(pattern).map_err(Error::custom)?),
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
    pub(crate) fn check(&self, value: &Value) -> Result<()> {
        let Some(bounds) = &self.0 else { return Ok(()) };
        let (constraints, pattern) = &**bounds;
        match value {
            Value::Int(value) => value.check(constraints),
            Value::UInt(value) => value.check(constraints),
            Value::Float(value) => value.check(constraints),
            Value::Str(text) => text.check(constraints).and_then(|()| check_pattern(text, pattern.as_ref())),
            Value::Bytes(bytes) => check_len(Kind::Bytes, bytes.len(), constraints),
            Value::Array(items) => check_len(Kind::Array, items.len(), constraints),
            Value::Map(map) => check_len(Kind::Object, map.len(), constraints),
            Value::Native(native) => match &**native {
                Native::DateTime(value) => value.check(constraints),
                Native::Time(value) => value.check(constraints),
                _ => Ok(()),
            },
            Value::Null | Value::Bool(_) | Value::Ext(_) => Ok(()),
        }
    }
}

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
