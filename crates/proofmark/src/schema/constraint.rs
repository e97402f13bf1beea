//! Declared constraints in the words of JSON Schema.

use super::json::{Json, Object};
use crate::{
    Shape,
    constraint::{Constraints, Number},
};

/// Adds to the schema of a value of `shape` what bounds it: its type, and each declared set of constraints.
///
/// A value can be constrained twice, by its type and by its field. Keys that are taken already go into `allOf`, so that
/// both hold.
pub(super) fn constrain(schema: Object, shape: Shape, declared: &[&Constraints]) -> Object {
    let (first, others) =
        declared.split_first().map_or((&Constraints::NONE, declared), |(one, rest)| (*one, rest));
    let mut schema = schema.and(entries(shape, &within_type(shape, *first)));
    let mut again = Vec::new();
    for constraints in others {
        let mut taken = Object::default();
        for (key, value) in entries(shape, constraints).into_entries() {
            if schema.has(&key) { &mut taken } else { &mut schema }.set(key, value);
        }
        if !taken.is_empty() {
            again.push(Json::from(taken));
        }
    }
    if again.is_empty() { schema } else { schema.with("allOf", Json::Array(again)) }
}

/// Integer bounds narrowed to those of the type, as far as readers of JSON Schema can hold them.
fn within_type(shape: Shape, mut constraints: Constraints) -> Constraints {
    let Shape::Int { min, max } = shape else { return constraints };
    let whole = |bound: Option<Number>| match bound {
        Some(Number::Int(bound)) => Some(bound),
        _ => None,
    };
    let low = whole(constraints.ge).max(whole(constraints.gt));
    if min > i128::from(i64::MIN) && low.is_none_or(|low| low < min) {
        (constraints.ge, constraints.gt) = (Some(Number::Int(min)), None);
    }
    let high = [whole(constraints.le), whole(constraints.lt)].into_iter().flatten().min();
    if let Ok(max) = u32::try_from(max)
        && high.is_none_or(|high| high > i128::from(max))
    {
        (constraints.le, constraints.lt) = (Some(Number::Int(max.into())), None);
    }
    constraints
}

/// The entries that stand for `constraints`, in msgspec's order.
fn entries(shape: Shape, constraints: &Constraints) -> Object {
    let mut entries = Object::default();
    for (key, bound) in [
        ("minimum", constraints.ge),
        ("exclusiveMinimum", constraints.gt),
        ("maximum", constraints.le),
        ("exclusiveMaximum", constraints.lt),
        ("multipleOf", constraints.multiple_of),
    ] {
        bound.into_iter().for_each(|bound| entries.set(key, Json::literal(bound)));
    }
    let (longest, shortest) = length_keys(shape);
    for (key, len) in [(longest, constraints.max_len), (shortest, constraints.min_len)] {
        len.into_iter().for_each(|len| entries.set(key, Json::literal(text_len(shape, len))));
    }
    constraints.pattern.iter().for_each(|pattern| entries.set("pattern", Json::string(pattern().source())));
    offset_format(shape, constraints.tz)
        .iter()
        .for_each(|format| entries.set("format", Json::string(format)));
    entries
}

const fn length_keys(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Str | Shape::Bytes | Shape::ByteArray { .. } => ("maxLength", "minLength"),
        Shape::Map { .. } => ("maxProperties", "minProperties"),
        _ => ("maxItems", "minItems"),
    }
}

/// A length on the wire: bytes are counted in the characters of their base64 text.
pub(super) const fn text_len(shape: Shape, len: usize) -> usize {
    match shape {
        Shape::Bytes | Shape::ByteArray { .. } => len.div_ceil(3).saturating_mul(4),
        _ => len,
    }
}

/// The format of a time of which is known whether it has an offset.
const fn offset_format(shape: Shape, tz: Option<bool>) -> Option<&'static str> {
    match (shape, tz) {
        (Shape::DateTime { .. }, Some(true)) => Some("date-time"),
        (Shape::Time, Some(true)) => Some("time"),
        (Shape::Time, Some(false)) => Some("partial-time"),
        _ => None,
    }
}
