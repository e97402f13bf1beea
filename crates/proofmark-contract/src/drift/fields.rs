//! The fields of two records side by side.

use proofmark::Maybe;

use super::walk::Walk;
use super::{Edit, Edited, retype};
use crate::lock::{FieldLock, RecordLock};

/// Fields that are the same field, by index: old and new.
type Matched = Vec<(usize, usize)>;

pub(super) fn compare<'a>(
    walk: &mut Walk<'a>,
    name: &str,
    old: &'a RecordLock,
    new: &'a RecordLock,
    place: &str,
) {
    let matched = matched(&old.fields, &new.fields);
    let restyled = restyle(&old.fields, &new.fields, &matched);
    if let Some(names) = &restyled {
        walk.push(place, Some(name), Edit::Restyle { names: names.clone() });
    }
    for at in (0..old.fields.len()).filter(|at| !matched.iter().any(|found| found.0 == *at)) {
        walk.push(&field_place(place, &old.fields[at]), Some(name), Edit::RemoveField { at });
    }
    for to in (0..new.fields.len()).filter(|to| !matched.iter().any(|found| found.1 == *to)) {
        let field = Box::new(new.fields[to].clone());
        let at = place_before(to, &matched, old.fields.len());
        walk.push(&field_place(place, &field), Some(name), Edit::AddField { at, field });
    }
    if let Some(order) = reorder(&matched) {
        walk.push(place, Some(name), Edit::Reorder { order });
    }
    for (at, to) in matched {
        field(walk, name, (at, &old.fields[at], &new.fields[to]), restyled.is_none(), place);
    }
}

fn field_place(place: &str, field: &FieldLock) -> String {
    format!("{place}.{}", field.name)
}

/// Which fields are the same: by what they were first known as, by name, by a name under which they are still read, and at
/// last those that stand at one place and differ in nothing but their name.
fn matched(old: &[FieldLock], new: &[FieldLock]) -> Matched {
    let by: [fn(&FieldLock, &FieldLock) -> bool; 4] = [
        |old, new| old.identity() == new.identity(),
        |old, new| old.name == new.name,
        |old, new| new.aliases.contains(&old.name),
        |old, new| old.name == new.identity() || new.name == old.identity(),
    ];
    let mut partners = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for same in by {
        for (partner, before) in partners.iter_mut().zip(old).filter(|(partner, _)| partner.is_none()) {
            *partner = (0..new.len()).find(|to| !taken[*to] && same(before, &new[*to]));
            partner.iter().for_each(|to| taken[*to] = true);
        }
    }
    for at in 0..old.len().min(new.len()) {
        if partners[at].is_none() && !taken[at] && is_renamed(&old[at], &new[at]) {
            partners[at] = Some(at);
        }
    }
    partners.into_iter().enumerate().filter_map(|(at, to)| Some((at, to?))).collect()
}

/// Whether two fields differ in nothing but their name.
fn is_renamed(old: &FieldLock, new: &FieldLock) -> bool {
    let renamed =
        FieldLock { name: old.name.clone(), id: old.id.clone(), aliases: old.aliases.clone(), ..new.clone() };
    renamed == *old
}

/// The new names where all were respelled and nothing else about them.
fn restyle(old: &[FieldLock], new: &[FieldLock], matched: &Matched) -> Option<Vec<String>> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let respelled = matched.iter().filter(|&&(at, to)| old[at].name != new[to].name);
    let is_style = |&(at, to): &(usize, usize)| plain(&old[at].name) == plain(&new[to].name);
    let count = respelled.clone().count();
    (count > 1 && matched.len() == old.len() && respelled.clone().all(is_style))
        .then(|| matched.iter().map(|&(_, to)| new[to].name.clone()).collect())
}

/// The place in the old record of a field that the new one added at `to`.
fn place_before(to: usize, matched: &Matched, len: usize) -> usize {
    matched.iter().filter(|found| found.1 > to).map(|found| found.0).min().unwrap_or(len)
}

/// The new order of the old fields, if it is another. Fields that are gone keep their place.
fn reorder(matched: &Matched) -> Option<Vec<usize>> {
    let mut by_new = matched.clone();
    by_new.sort_unstable_by_key(|found| found.1);
    let order: Vec<usize> = by_new.into_iter().map(|found| found.0).collect();
    (!order.is_sorted()).then_some(order)
}

fn field<'a>(
    walk: &mut Walk<'a>,
    name: &str,
    (at, old, new): (usize, &'a FieldLock, &'a FieldLock),
    renames: bool,
    place: &str,
) {
    let place = field_place(place, old);
    let mut push = |edited| walk.push(&place, Some(name), Edit::Field { at, edited });
    if old.name != new.name && renames {
        push(Edited::Name { name: new.name.clone(), aliases: new.aliases.clone() });
    } else if old.aliases != new.aliases {
        push(Edited::Aliases(new.aliases.clone()));
    }
    if retype::layers(&old.ty) != retype::layers(&new.ty) {
        let ty = retype::in_layers(&new.ty, old.ty.present());
        push(Edited::Presence { ty, default: new.default.clone() });
    } else if old.default != new.default {
        push(Edited::Default(new.default.clone()));
    }
    if old.bounds != new.bounds {
        push(Edited::Bounds(new.bounds.clone()));
    }
    if old.checked != new.checked {
        push(Edited::Checked(new.checked));
    }
    if (&old.absent, &old.null) != (&new.absent, &new.null) && states_are_same(old, new) {
        push(Edited::Meaning { absent: new.absent.clone(), null: new.null.clone() });
    }
    if old.lenient != new.lenient {
        push(Edited::Lenient(new.lenient));
    }
    if old.read_only != new.read_only {
        push(Edited::ReadOnly(new.read_only));
    }
    if old.volatile != new.volatile {
        push(Edited::Volatile(new.volatile.clone()));
    }
    if let Some(inner) = walk.pair(old.ty.present(), new.ty.present(), &place) {
        let ty = retype::in_layers(&old.ty, new.ty.present());
        walk.push(&place, Some(name), Edit::Field { at, edited: Edited::Type { inner, ty } });
    }
}

/// Whether absence and null are possible in both or neither, so that only their meaning differs.
fn states_are_same(old: &FieldLock, new: &FieldLock) -> bool {
    retype::layers(&old.ty) == retype::layers(&new.ty)
        && matches!(
            (&old.default, &new.default),
            (Maybe::Unset, Maybe::Unset) | (Maybe::Set(_), Maybe::Set(_))
        )
}
