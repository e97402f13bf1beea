//! Which items of two lists are the same ones: by what they are called, or by what they hold, and never by place alone.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::{Order, Value, msgpack};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::parts::{Item, Part, Parts};
use crate::codec::LIMITS;
use crate::fingerprint::strip;

/// Fields that name a record among others of its list. The first one that the type has counts.
const NAMES: [&str; 3] = ["name", "key", "output"];

/// Fields that help to recognise a record whose content has changed: two with the same ones are likely one.
const MARKS: [&str; 8] = ["name", "key", "output", "sql", "phase", "dataset", "operator", "statement"];

/// Two lists side by side.
pub(super) struct Alignment {
    /// Pairs of old and new places, sorted by the new ones.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Places of old items that are gone.
    pub(super) removed: Vec<usize>,
    /// Places of new items that were not there.
    pub(super) added: Vec<usize>,
}

/// Finds which items of two lists are the same ones.
///
/// Lists whose items all have names of their own go by these. All others go by content without volatile fields, as a
/// text goes by lines; what is left between two equal items goes by what is most telling, and at last by order.
pub(super) fn align(old: &[Item<'_>], new: &[Item<'_>]) -> Alignment {
    let pairs = match (names(old), names(new)) {
        (Some(old), Some(new)) => by_name(&old, &new),
        _ => by_content(old, new),
    };
    Alignment::new(pairs, old.len(), new.len())
}

impl Alignment {
    fn new(mut pairs: Vec<(usize, usize)>, old_len: usize, new_len: usize) -> Self {
        pairs.sort_unstable_by_key(|(_, new)| *new);
        let olds: BTreeSet<_> = pairs.iter().map(|(old, _)| *old).collect();
        let news: BTreeSet<_> = pairs.iter().map(|(_, new)| *new).collect();
        Self {
            removed: (0..old_len).filter(|idx| !olds.contains(idx)).collect(),
            added: (0..new_len).filter(|idx| !news.contains(idx)).collect(),
            pairs,
        }
    }

    /// The pairs that changed their place among the others: the fewest that explain the new order.
    pub(super) fn moved(&self) -> Vec<(usize, usize)> {
        let olds: Vec<_> = self.pairs.iter().map(|(old, _)| *old).collect();
        let still = longest_rising(&olds);
        self.pairs.iter().enumerate().filter(|(idx, _)| !still.contains(idx)).map(|(_, pair)| *pair).collect()
    }
}

/// The places of a longest rising part of a sequence without repetition.
pub(super) fn longest_rising(sequence: &[usize]) -> BTreeSet<usize> {
    // Of each length, the place where a rising part of it ends lowest; and who comes before each place.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, value) in sequence.iter().enumerate() {
        let length = ends.partition_point(|end| sequence[*end] < *value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut places = BTreeSet::new();
    let mut at = ends.last().copied();
    while let Some(place) = at {
        places.insert(place);
        at = before[place];
    }
    places
}

/// The name of a record among others, with the tag where it has one.
pub(super) fn name(item: Item<'_>) -> Option<String> {
    let Parts::Named(parts) = item.parts() else { return None };
    let record = item.record()?;
    let field = NAMES.iter().find(|name| record.fields.iter().any(|field| field.key.name == **name))?;
    let found = text_of(&parts, field)?;
    match record.tag.and_then(|tag| text_of(&parts, tag.key.name)) {
        Some(tag) => Some(format!("{tag} {found}")),
        None => Some(found),
    }
}

fn text_of(parts: &[Part<'_>], name: &str) -> Option<String> {
    let part = parts.iter().find(|part| part.name == name && part.volatility.is_none())?;
    match part.item.value {
        Value::Str(text) => Some(text.clone()),
        Value::Null | Value::Array(_) | Value::Map(_) => None,
        scalar => Some(scalar.to_string()),
    }
}

/// The names of all items; `None` when one has none, or two share one.
fn names(items: &[Item<'_>]) -> Option<Vec<String>> {
    let names = items.iter().map(|item| name(*item)).collect::<Option<Vec<_>>>()?;
    let distinct: BTreeSet<_> = names.iter().collect();
    (distinct.len() == names.len()).then_some(names)
}

fn by_name(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let places: BTreeMap<_, _> = old.iter().enumerate().map(|(idx, name)| (name, idx)).collect();
    new.iter().enumerate().filter_map(|(idx, name)| Some((*places.get(name)?, idx))).collect()
}

fn by_content(old: &[Item<'_>], new: &[Item<'_>]) -> Vec<(usize, usize)> {
    let keys = |items: &[Item<'_>]| items.iter().map(|item| content(*item)).collect::<Vec<_>>();
    let mut pairs = Vec::new();
    for gap in gaps(&keys(old), &keys(new), (0, 0), &mut pairs) {
        let marks = |items: &[Item<'_>]| items.iter().map(|item| marks(*item)).collect::<Vec<_>>();
        let (old_marks, new_marks) = (marks(&old[gap.old()]), marks(&new[gap.new_range()]));
        for rest in gaps(&old_marks, &new_marks, (gap.old_start, gap.new_start), &mut pairs) {
            let both = rest.old_len.min(rest.new_len);
            pairs.extend((0..both).map(|idx| (rest.old_start + idx, rest.new_start + idx)));
        }
    }
    pairs
}

/// The pairs of two lists by keys: equal ones in order, and what is left between them in order.
pub(super) fn pair_in_order<K: Eq + std::hash::Hash>(old: &[K], new: &[K]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for gap in gaps(old, new, (0, 0), &mut pairs) {
        pairs.extend((0..gap.old_len.min(gap.new_len)).map(|idx| (gap.old_start + idx, gap.new_start + idx)));
    }
    pairs.sort_unstable_by_key(|(_, new)| *new);
    pairs
}

/// A stretch of both lists in which nothing is equal.
struct Gap {
    old_start: usize,
    old_len: usize,
    new_start: usize,
    new_len: usize,
}

impl Gap {
    fn old(&self) -> std::ops::Range<usize> {
        self.old_start..self.old_start + self.old_len
    }

    fn new_range(&self) -> std::ops::Range<usize> {
        self.new_start..self.new_start + self.new_len
    }
}

/// Adds the pairs of equal keys, and answers the stretches where both lists have something else.
fn gaps<K: Eq + std::hash::Hash>(
    old: &[K],
    new: &[K],
    start: (usize, usize),
    pairs: &mut Vec<(usize, usize)>,
) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                pairs.extend((0..len).map(|idx| (start.0 + old_index + idx, start.1 + new_index + idx)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old_start, new_start) = (start.0 + old_index, start.1 + new_index);
                gaps.push(Gap { old_start, old_len, new_start, new_len });
            }
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
        }
    }
    gaps
}

/// The content of an item in one form, without what is volatile.
pub(super) fn content(item: Item<'_>) -> Vec<u8> {
    let mut value = item.value.clone();
    strip(&mut value, item.shape);
    // What was read can be written, but for values of formats yet to come; their text does.
    let encoder = msgpack::Encoder::new().limits(LIMITS).order(Order::Sorted);
    encoder.to_vec(&value).unwrap_or_else(|_| value.to_string().into_bytes())
}

/// What an item is likely still known by when its content has changed.
fn marks(item: Item<'_>) -> Vec<String> {
    let Parts::Named(parts) = item.parts() else { return Vec::new() };
    let tag = item.record().and_then(|record| record.tag).map(|tag| tag.key.name);
    tag.into_iter().chain(MARKS).map(|name| text_of(&parts, name).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use proofmark::{Describe, Record, json};

    use super::*;

    #[derive(Record)]
    struct Named {
        name: String,
        #[field(default)]
        rows: u8,
    }

    #[derive(Record)]
    struct Bare {
        sql: String,
        rows: u8,
        #[field(volatile = "time", default)]
        at: u8,
    }

    fn items(values: &[Value], shape: proofmark::Shape) -> Vec<Item<'_>> {
        values.iter().map(|value| Item { value, shape }).collect()
    }

    /// Pairs, removed, added, moved.
    #[track_caller]
    fn check<T: Describe>(old: &str, new: &str, expected: &str) {
        let list = |text: &str| json::from_str::<Vec<Value>>(text).unwrap();
        let (old, new) = (list(old), list(new));
        let (old, new) = (items(&old, T::shape()), items(&new, T::shape()));
        let found = align(&old, &new);
        let moved = found.moved();
        assert_eq!(format!("{:?} -{:?} +{:?} ~{moved:?}", found.pairs, found.removed, found.added), expected);
    }

    #[test]
    fn records_with_names_go_by_them() {
        check::<Named>(
            r#"[{"name":"a"},{"name":"b"},{"name":"c"}]"#,
            r#"[{"name":"c","rows":1},{"name":"a"},{"name":"d"}]"#,
            "[(2, 0), (0, 1)] -[1] +[2] ~[(2, 0)]",
        );
    }

    #[test]
    fn records_without_names_go_by_content_and_what_is_left_by_what_is_telling() {
        check::<Bare>(
            r#"[{"sql":"a","rows":1},{"sql":"b","rows":1,"at":1},{"sql":"c","rows":1}]"#,
            r#"[{"sql":"new","rows":1},{"sql":"a","rows":2},{"sql":"b","rows":1,"at":2},{"sql":"c","rows":1}]"#,
            "[(0, 1), (1, 2), (2, 3)] -[] +[0] ~[]",
        );
    }

    #[test]
    fn an_item_in_front_does_not_change_those_behind_it() {
        check::<u8>("[1,2,3]", "[9,1,2,3]", "[(0, 1), (1, 2), (2, 3)] -[] +[0] ~[]");
        check::<u8>("[1,2,3]", "[1,7,3]", "[(0, 0), (1, 1), (2, 2)] -[] +[] ~[]");
        check::<u8>("[]", "[1]", "[] -[] +[0] ~[]");
    }

    #[test]
    fn names_that_repeat_name_nothing() {
        check::<Named>(
            r#"[{"name":"a"},{"name":"a","rows":1}]"#,
            r#"[{"name":"a","rows":1}]"#,
            "[(1, 0)] -[0] +[] ~[]",
        );
    }

    #[test]
    fn the_longest_rising_part_is_found() {
        let check = |sequence: &[usize], expected: &[usize]| {
            assert_eq!(longest_rising(sequence).into_iter().collect::<Vec<_>>(), expected, "{sequence:?}");
        };
        check(&[], &[]);
        check(&[3, 0, 1, 2], &[1, 2, 3]);
        check(&[2, 1, 0], &[2]);
        check(&[0, 4, 1, 2, 3], &[0, 2, 3, 4]);
    }
}
