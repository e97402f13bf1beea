//! Enums and unions side by side.

use std::collections::BTreeSet;

use proofmark::Maybe;

use super::Edit;
use super::walk::Walk;
use crate::lock::{Definition, EnumLock, Lock, MemberLock, RecordLock, TagText, Type, UnionLock};

/// Whether two enums are both of text, or both of numbers.
pub(super) fn are_alike(old: &EnumLock, new: &EnumLock) -> bool {
    let is_text = |lock: &EnumLock| matches!(lock.variants.first().map(|v| &v.value), Some(TagText::Str(_)));
    is_text(old) == is_text(new)
}

/// The edits of an enum. Variants are the same by their Rust name.
pub(super) fn variants(old: &EnumLock, new: &EnumLock, mut push: impl FnMut(Edit)) {
    let mut respelled = Vec::new();
    for (at, variant) in old.variants.iter().enumerate() {
        match new.variants.iter().find(|found| found.name == variant.name) {
            Some(found) if found.value != variant.value => respelled.push((at, found.value.clone())),
            Some(_) => {}
            // Another Rust name for the same value is no change of the contract.
            None if new.variants.iter().any(|found| found.value == variant.value) => {}
            None => push(Edit::RemoveVariant { at }),
        }
    }
    for variant in &new.variants {
        let is_known =
            |found: &&crate::lock::VariantLock| found.name == variant.name || found.value == variant.value;
        if !old.variants.iter().any(|found| is_known(&found)) {
            push(Edit::AddVariant(variant.clone()));
        }
    }
    if !respelled.is_empty() {
        push(Edit::Respell { values: respelled });
    }
    if old.open != new.open {
        push(Edit::Open { on: new.open });
    }
}

/// The edits of a union. Members are the same by their Rust name.
pub(super) fn members<'a>(
    walk: &mut Walk<'a>,
    name: &str,
    old: &'a UnionLock,
    new: &'a UnionLock,
    place: &str,
) {
    let renamed = renamed_tag_field(walk, old, new);
    if let Some(field) = &renamed {
        walk.push(place, Some(name), Edit::TagField(field.clone()));
    }
    let around = std::mem::replace(&mut walk.tag_field, renamed);
    let find = |members: &'a [MemberLock], member: &MemberLock| {
        members.iter().find(|found| found.name == member.name)
    };
    for (at, member) in old.members.iter().enumerate() {
        match find(&new.members, member) {
            None => walk.push(place, Some(name), Edit::RemoveMember { at }),
            Some(found) => {
                if let Some(inner) = pair_members(walk, &member.ty, &found.ty, place, &member.name) {
                    let edit = Edit::Replace { at: Some(at), inner, ty: found.ty.clone() };
                    walk.push(place, Some(name), edit);
                }
            }
        }
    }
    walk.tag_field = around;
    for member in new.members.iter().filter(|member| find(&old.members, member).is_none()) {
        walk.push(place, Some(name), Edit::AddMember(member.clone()));
    }
    if old.fallback != new.fallback {
        walk.push(place, Some(name), Edit::Fallback(new.fallback.clone()));
    }
}

/// The new name of the tag, if all members had one name for it and have another one.
fn renamed_tag_field(walk: &Walk<'_>, old: &UnionLock, new: &UnionLock) -> Option<String> {
    let (before, after) = (tag_field(walk.old, old)?, tag_field(walk.new, new)?);
    (before != after).then(|| after.to_owned())
}

/// The name of the tag, if all members that are records have one name for it.
fn tag_field<'a>(lock: &'a Lock, union: &UnionLock) -> Option<&'a str> {
    let tags = union.members.iter().filter_map(|member| match lock.definition(&member.ty)? {
        Definition::Record(RecordLock { tag: Maybe::Set(tag), .. }) => Some(&*tag.field),
        _ => None,
    });
    let names: BTreeSet<&str> = tags.collect();
    if names.len() == 1 { names.into_iter().next() } else { None }
}

fn pair_members<'a>(
    walk: &mut Walk<'a>,
    old: &'a Type,
    new: &'a Type,
    place: &str,
    member: &str,
) -> Option<(Type, Type)> {
    walk.pair(old, new, &format!("{place}<{member}>"))
}
