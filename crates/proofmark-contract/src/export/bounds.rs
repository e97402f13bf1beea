//! The bounds that a value must keep: those of its field, and those of the newtypes around it.

use proofmark::{Maybe, Value};

use super::catalogue::Catalogue;
use crate::lock::{Bounds, Definition, Type};

/// Bounds from several places, all of which hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AllBounds {
    pub(super) ge: Option<Value>,
    pub(super) gt: Option<Value>,
    pub(super) le: Option<Value>,
    pub(super) lt: Option<Value>,
    pub(super) multiple_of: Option<Value>,
    pub(super) min_len: Option<u64>,
    pub(super) max_len: Option<u64>,
    pub(super) patterns: Vec<String>,
    pub(super) tz: Option<bool>,
}

impl AllBounds {
    pub(super) fn of(bounds: &Bounds) -> Self {
        Self::default().and(bounds)
    }

    /// These bounds, and those of a place more.
    #[must_use]
    pub(super) fn and(mut self, more: &Bounds) -> Self {
        self.ge = narrower(self.ge, &more.ge, |new, old| new > old);
        self.gt = narrower(self.gt, &more.gt, |new, old| new > old);
        self.le = narrower(self.le, &more.le, |new, old| new < old);
        self.lt = narrower(self.lt, &more.lt, |new, old| new < old);
        self.multiple_of = self.multiple_of.or_else(|| option(&more.multiple_of));
        self.min_len = self.min_len.max(option(&more.min_len));
        self.max_len = match (self.max_len, option(&more.max_len)) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.patterns.extend(option(&more.pattern));
        self.tz = self.tz.or_else(|| option(&more.tz));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a type is beneath its newtypes, and the bounds of them all.
pub(super) fn beneath<'a>(
    catalogue: &'a Catalogue,
    mut ty: &'a Type,
    mut bounds: AllBounds,
) -> (&'a Type, AllBounds) {
    // A newtype cannot lead back to itself but through a container; an altered lock could say so all the same.
    for _ in 0..=catalogue.types.len() {
        let Some(Definition::Newtype(newtype)) = catalogue.definition(ty) else { return (ty, bounds) };
        bounds = bounds.and(&newtype.bounds);
        ty = &newtype.of;
    }
    (&Type::Any, AllBounds::default())
}

fn option<T: Clone>(bound: &Maybe<T>) -> Option<T> {
    match bound {
        Maybe::Set(bound) => Some(bound.clone()),
        Maybe::Unset => None,
    }
}

fn narrower(old: Option<Value>, new: &Maybe<Value>, is_narrower: fn(f64, f64) -> bool) -> Option<Value> {
    let (Some(held), Maybe::Set(found)) = (&old, new) else { return old.or_else(|| option(new)) };
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    if is_narrower(number(found), number(held)) { Some(found.clone()) } else { old }
}
