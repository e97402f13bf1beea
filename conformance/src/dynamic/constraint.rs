//! Constraints that are read out of an expression.

use std::sync::OnceLock;

use proofmark::constraint::{Constraints, Number, Pattern};

use crate::expression;

/// The constraints of `Meta(...)`, if it has no other words and all their values are plain.
pub(super) fn parse(meta: &str) -> Option<Constraints> {
    let ("Meta", entries) = expression::open(meta) else { return None };
    let mut constraints = Constraints::NONE;
    for entry in entries {
        let (name, value) = entry.split_once('=')?;
        match name {
            "ge" => constraints.ge = Some(number(value)?),
            "gt" => constraints.gt = Some(number(value)?),
            "le" => constraints.le = Some(number(value)?),
            "lt" => constraints.lt = Some(number(value)?),
            "multiple_of" => constraints.multiple_of = Some(number(value)?),
            "min_length" => constraints.min_len = Some(value.parse().ok()?),
            "max_length" => constraints.max_len = Some(value.parse().ok()?),
            "pattern" => constraints.pattern = Some(pattern(text(value)?)?),
            "tz" => constraints.tz = Some(value == "True"),
            _ => return None,
        }
    }
    Some(constraints)
}

fn number(text: &str) -> Option<Number> {
    match text.parse() {
        Ok(whole) => Some(Number::Int(whole)),
        Err(_) => text.parse().ok().map(Number::Float),
    }
}

/// Text in quotes that has no escapes.
pub(super) fn text(quoted: &str) -> Option<&str> {
    let inner = quoted.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
    (!inner.contains('\\')).then_some(inner)
}

static PATTERNS: [OnceLock<Pattern>; 4] = [const { OnceLock::new() }; 4];

/// The pattern in a place; constraints have functions without state for theirs.
fn at<const INDEX: usize>() -> &'static Pattern {
    PATTERNS[INDEX].get_or_init(|| Pattern::new(""))
}

fn pattern(source: &str) -> Option<fn() -> &'static Pattern> {
    const PLACES: [fn() -> &'static Pattern; 4] = [at::<0>, at::<1>, at::<2>, at::<3>];
    PATTERNS.iter().zip(PLACES).find_map(|(place, function)| {
        let kept = place.get_or_init(|| Pattern::new(source.to_owned().leak()));
        (kept.source() == source).then_some(function)
    })
}
