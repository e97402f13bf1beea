//! Bounds as `Annotated[..., Meta(...)]`.

use proofmark::Value;

use super::pattern;
use crate::export::bounds::{AllBounds, beneath};
use crate::export::catalogue::Catalogue;
use crate::lock::{Definition, Type};

/// A type under the conditions of one `Meta`.
pub(super) fn annotated(of: String, conditions: Vec<String>) -> String {
    if conditions.is_empty() { of } else { format!("Annotated[{of}, Meta({})]", conditions.join(", ")) }
}

pub(super) fn zoned(of: &str, tz: Option<bool>) -> String {
    let condition = tz.map(|tz| format!("tz={}", if tz { "True" } else { "False" }));
    annotated(of.to_owned(), condition.into_iter().collect())
}

pub(super) fn text(of: String, bounds: &AllBounds) -> String {
    let mut conditions = lengths(bounds);
    conditions
        .extend(pattern::all(&bounds.patterns).map(|pattern| format!("pattern={}", super::quoted(&pattern))));
    annotated(of, conditions)
}

pub(super) fn lengths(bounds: &AllBounds) -> Vec<String> {
    let lengths = [("min_length", bounds.min_len), ("max_length", bounds.max_len)];
    lengths.into_iter().filter_map(|(name, len)| Some(format!("{name}={}", len?))).collect()
}

pub(super) fn numbers(bounds: &AllBounds) -> Vec<String> {
    let bounds = [
        ("ge", &bounds.ge),
        ("gt", &bounds.gt),
        ("le", &bounds.le),
        ("lt", &bounds.lt),
        ("multiple_of", &bounds.multiple_of),
    ];
    bounds.into_iter().filter_map(|(name, bound)| Some(format!("{name}={}", bound.as_ref()?))).collect()
}

/// The integers that a type and its bounds leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct IntRange {
    pub(super) min: i128,
    pub(super) max: u128,
}

/// The ranges that have a name in the module.
const WORDS: [(&str, i128, u128); 10] = [
    ("I8", i8::MIN as i128, i8::MAX as u128),
    ("I16", i16::MIN as i128, i16::MAX as u128),
    ("I32", i32::MIN as i128, i32::MAX as u128),
    ("I64", i64::MIN as i128, i64::MAX as u128),
    ("I128", i128::MIN, i128::MAX as u128),
    ("U8", 0, u8::MAX as u128),
    ("U16", 0, u16::MAX as u128),
    ("U32", 0, u32::MAX as u128),
    ("U64", 0, u64::MAX as u128),
    ("U128", 0, u128::MAX),
];

impl IntRange {
    pub(super) fn of(min: i128, max: u128, bounds: &AllBounds) -> Self {
        let whole = |bound: &Option<Value>| bound.as_ref().and_then(Value::as_i128);
        let low = [whole(&bounds.ge), whole(&bounds.gt).map(|bound| bound.saturating_add(1))];
        let high = [whole(&bounds.le), whole(&bounds.lt).map(|bound| bound.saturating_sub(1))];
        let high = high.into_iter().flatten().min().map(|high| u128::try_from(high).unwrap_or(0));
        Self {
            min: low.into_iter().flatten().fold(min, i128::max),
            max: high.into_iter().fold(max, u128::min),
        }
    }

    pub(super) fn word(self) -> Option<String> {
        let word = WORDS.iter().find(|(_, min, max)| (self.min, self.max) == (*min, *max));
        word.map(|(word, ..)| (*word).to_owned())
    }

    /// The conditions that msgspec can hold, whose bounds have 64 bits with a sign.
    pub(super) fn meta(self, bounds: &AllBounds) -> Vec<String> {
        let low = i64::try_from(self.min).map(|min| format!("ge={min}"));
        let high = i64::try_from(self.max).map(|max| format!("le={max}"));
        let step = bounds.multiple_of.as_ref().map(|step| format!("multiple_of={step}"));
        low.into_iter().chain(high).chain(step).collect()
    }

    /// Whether msgspec cannot hold one of the ends.
    fn is_wide(self) -> bool {
        i64::try_from(self.min).is_err() || i64::try_from(self.max).is_err()
    }
}

/// The lines that define the words in use.
pub(super) fn words(is_used: impl Fn(&str) -> bool) -> String {
    let used = WORDS.iter().filter(|(word, ..)| is_used(word));
    let line = |(word, min, max): &(&str, i128, u128)| {
        let range = IntRange { min: *min, max: *max };
        format!("{word} = {}\n", annotated("int".to_owned(), range.meta(&AllBounds::default())))
    };
    used.map(line).collect()
}

/// The range that all integers of a value keep, where msgspec cannot hold it: `None` where it can.
pub(super) fn wide_range(catalogue: &Catalogue, ty: &Type, bounds: &AllBounds) -> Option<IntRange> {
    let mut ranges = Vec::new();
    collect(catalogue, ty, bounds, &mut ranges, catalogue.types.len() + 1);
    let all = ranges
        .into_iter()
        .reduce(|one, other| IntRange { min: one.min.min(other.min), max: one.max.max(other.max) });
    all.filter(|range| range.is_wide())
}

fn collect(
    catalogue: &Catalogue,
    ty: &Type,
    bounds: &AllBounds,
    into: &mut Vec<IntRange>,
    depth_left: usize,
) {
    let (ty, bounds) = beneath(catalogue, ty, bounds.clone());
    match (ty, catalogue.definition(ty)) {
        (Type::Int { min, max }, _) => into.push(IntRange::of(*min, *max, &bounds)),
        (_, Some(Definition::Union(union))) if depth_left > 0 => {
            let members = union.members.iter().map(|member| &member.ty);
            members.for_each(|ty| collect(catalogue, ty, &AllBounds::default(), into, depth_left - 1));
        }
        (Type::Optional(of) | Type::Maybe(of), _) => collect(catalogue, of, &bounds, into, depth_left),
        (ty, _) => ty
            .parts()
            .into_iter()
            .for_each(|part| collect(catalogue, part, &AllBounds::default(), into, depth_left)),
    }
}
