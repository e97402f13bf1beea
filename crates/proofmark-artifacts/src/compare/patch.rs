//! The difference of two stored records as a JSON Patch (RFC 6902).

use std::collections::{BTreeMap, BTreeSet};

use proofmark::{Record, Result, Shape, Value};

use super::align::{Alignment, align};
use super::parts::{Item, Part, Parts};
use super::value::{VolatileFields, json_value, same_content};
use crate::{Codec, RecordType};

/// One step of a JSON Patch.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "op", rename_all = "snake")]
pub enum PatchStep {
    /// Puts a value at a place.
    Add {
        /// The place, a JSON Pointer.
        path: String,
        /// The value.
        value: Value,
    },
    /// Takes away what is at a place.
    Remove {
        /// The place, a JSON Pointer.
        path: String,
    },
    /// Puts another value at a place.
    Replace {
        /// The place, a JSON Pointer.
        path: String,
        /// The value.
        value: Value,
    },
    /// Takes what is at one place to another.
    Move {
        /// From where, a JSON Pointer.
        from: String,
        /// Whereto, a JSON Pointer.
        path: String,
    },
}

/// The steps that make the older record into the newer one, in the order in which they are to be taken.
///
/// Where volatile fields are hidden, the older record's stay.
///
/// # Errors
/// Fails when one of them is no such record.
///
/// # Examples
/// ```
/// use proofmark_artifacts::compare::{PatchStep, VolatileFields, patch_records};
/// use proofmark_artifacts::{CdfCursor, Codec, record_type};
///
/// let stored = |version| Codec::Json.encode(&CdfCursor::new("orders", version));
/// let (row, json) = (record_type("cdf_cursor").expect("a record"), Codec::Json);
/// let steps = patch_records(row, (&stored(7)?, json), (&stored(9)?, json), VolatileFields::Hidden)?;
/// assert_eq!(steps, [PatchStep::Replace { path: "/last_version".to_owned(), value: 9.into() }]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn patch_records(
    row: &RecordType,
    old: (&[u8], Codec),
    new: (&[u8], Codec),
    fields: VolatileFields,
) -> Result<Vec<PatchStep>> {
    let (old, new) = (json_value(row, old)?, json_value(row, new)?);
    Ok(patch_values(&old, &new, (row.shape)(), fields))
}

/// The same for two values of one shape; [`Shape::Any`] where it is not known.
pub fn patch_values(old: &Value, new: &Value, shape: Shape, fields: VolatileFields) -> Vec<PatchStep> {
    let mut patch = Patch { fields, steps: Vec::new(), path: String::new() };
    patch.items(Item { value: old, shape }, Item { value: new, shape });
    patch.steps
}

struct Patch {
    fields: VolatileFields,
    steps: Vec<PatchStep>,
    path: String,
}

impl Patch {
    fn items(&mut self, old: Item<'_>, new: Item<'_>) {
        let is_same = match self.fields {
            VolatileFields::Hidden => same_content(old, new),
            VolatileFields::Shown => old.value == new.value,
        };
        if is_same {
            return;
        }
        match (old.parts(), new.parts()) {
            (Parts::Named(old), Parts::Named(new)) if is_alike(&old, &new) => self.named(&old, &new),
            (Parts::Items(old), Parts::Items(new)) => self.lists(&old, &new),
            _ => self.steps.push(PatchStep::Replace { path: self.path.clone(), value: new.value.clone() }),
        }
    }

    fn named(&mut self, old: &[Part<'_>], new: &[Part<'_>]) {
        let fields = self.fields;
        let is_seen = |part: &&Part<'_>| part.volatility.is_none() || fields == VolatileFields::Shown;
        for part in old.iter().filter(is_seen) {
            if !new.iter().any(|after| after.name == part.name) {
                self.at(part, |patch| patch.steps.push(PatchStep::Remove { path: patch.path.clone() }));
            }
        }
        for part in new.iter().filter(is_seen) {
            let before = old.iter().find(|before| before.name == part.name);
            self.at(part, |patch| match before {
                Some(before) => patch.items(before.item, part.item),
                None => patch
                    .steps
                    .push(PatchStep::Add { path: patch.path.clone(), value: part.item.value.clone() }),
            });
        }
    }

    fn lists(&mut self, old: &[Item<'_>], new: &[Item<'_>]) {
        let alignment = align(old, new);
        for &idx in alignment.removed.iter().rev() {
            self.step(&idx.to_string(), |patch| {
                patch.steps.push(PatchStep::Remove { path: patch.path.clone() });
            });
        }
        self.place(&alignment, old.len(), new);
        for &(from, to) in &alignment.pairs {
            self.step(&to.to_string(), |patch| patch.items(old[from], new[to]));
        }
    }

    /// Puts what stays into the new order, and what is new between.
    fn place(&mut self, alignment: &Alignment, old_len: usize, new: &[Item<'_>]) {
        let removed: BTreeSet<_> = alignment.removed.iter().collect();
        let mut work: Vec<usize> = (0..old_len).filter(|idx| !removed.contains(idx)).collect();
        let origins: BTreeMap<usize, usize> = alignment.pairs.iter().map(|&(from, to)| (to, from)).collect();
        for (to, item) in new.iter().enumerate() {
            let Some(from) = origins.get(&to) else {
                let path = format!("{}/{to}", self.path);
                self.steps.push(PatchStep::Add { path, value: item.value.clone() });
                // A place that no old item has.
                work.insert(to, old_len);
                continue;
            };
            if work.get(to) == Some(from) {
                continue;
            }
            if let Some(at) = work.iter().position(|idx| idx == from) {
                let (from, path) = (format!("{}/{at}", self.path), format!("{}/{to}", self.path));
                self.steps.push(PatchStep::Move { from, path });
                let moved = work.remove(at);
                work.insert(to, moved);
            }
        }
    }

    fn at(&mut self, part: &Part<'_>, visit: impl FnOnce(&mut Self)) {
        let step = match part.position {
            Some(position) => position.to_string(),
            None => part.name.replace('~', "~0").replace('/', "~1"),
        };
        self.step(&step, visit);
    }

    fn step(&mut self, step: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(step);
        visit(self);
        self.path.truncate(length);
    }
}

/// Whether the parts of both can be changed one by one: positions cannot come and go.
fn is_alike(old: &[Part<'_>], new: &[Part<'_>]) -> bool {
    let positions = |parts: &[Part<'_>]| parts.iter().map(|part| part.position).collect::<Vec<_>>();
    let is_named = |parts: &[Part<'_>]| parts.iter().all(|part| part.position.is_none());
    (is_named(old) && is_named(new)) || positions(old) == positions(new)
}
