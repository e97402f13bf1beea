//! Two locks side by side.

use std::collections::BTreeSet;

use proofmark::Maybe;

use super::{Change, Edit, choices, fields, retype};
use crate::lock::{Definition, Lock, NewtypeLock, RecordLock, TagLock, Type};

pub(super) fn changes(old: &Lock, new: &Lock) -> Vec<Change> {
    let mut walk = Walk { old, new, seen: BTreeSet::new(), tag_field: None, changes: Vec::new() };
    walk.record_as_a_whole();
    if let Some(inner) = walk.pair(&old.root, &new.root, "$") {
        walk.push("$", None, Edit::Replace { at: None, inner, ty: new.root.clone() });
    }
    walk.changes
}

/// A walk along what two locks have in common.
pub(super) struct Walk<'a> {
    pub(super) old: &'a Lock,
    pub(super) new: &'a Lock,
    /// The definitions that were compared.
    seen: BTreeSet<(&'a str, &'a str)>,
    /// The new name of the tag, where a union around gave all its members another.
    pub(super) tag_field: Option<String>,
    changes: Vec<Change>,
}

impl<'a> Walk<'a> {
    pub(super) fn push(&mut self, place: &str, definition: Option<&str>, edit: Edit) {
        let definition = definition.map(str::to_owned);
        self.changes.push(Change { place: place.to_owned(), definition, edit });
    }

    fn record_as_a_whole(&mut self) {
        let Self { old, new, .. } = *self;
        let kind = |lock: &Lock| format!("{}.v{}", lock.record, lock.version);
        if kind(old) != kind(new) {
            self.push("$", None, Edit::Kind { tag: kind(new) });
        }
        if old.codecs != new.codecs {
            self.push("$", None, Edit::Codecs(new.codecs.clone()));
        }
        if old.used_as != new.used_as {
            self.push("$", None, Edit::UsedAs(new.used_as));
        }
    }

    /// Compares two types; the innermost ones that differ otherwise than by what happened to their definitions.
    ///
    /// Changes of definitions are noted on the way.
    pub(super) fn pair(&mut self, old: &'a Type, new: &'a Type, place: &str) -> Option<(Type, Type)> {
        match (old, new) {
            (Type::Named(from), Type::Named(to)) => {
                let (before, after) = (self.old.types.get(from)?, self.new.types.get(to)?);
                if !self.are_alike(before, after) {
                    return Some((old.clone(), new.clone()));
                }
                if self.seen.insert((from, to)) {
                    self.definitions(from, before, after, place);
                }
                None
            }
            // A key is part of what a map is: in JSON it is text, whatever its type.
            (Type::Map(from, _), Type::Map(to, _)) if from != to && !self.are_named_alike(from, to) => {
                Some((old.clone(), new.clone()))
            }
            _ if retype::same_container(old, new) => {
                let parts = old.parts().into_iter().zip(new.parts());
                let inner = format!("{place}{}", retype::step(old));
                parts.filter_map(|(old, new)| self.pair(old, new, &inner)).next()
            }
            _ if old == new => None,
            _ => Some((old.clone(), new.clone())),
        }
    }

    /// Whether two types are definitions of one kind, whatever they are called.
    fn are_named_alike(&self, old: &Type, new: &Type) -> bool {
        let definitions = (self.old.definition(old), self.new.definition(new));
        matches!(definitions, (Some(old), Some(new)) if self.are_alike(old, new))
    }

    /// Whether two definitions are of one kind, so that what changed are edits.
    fn are_alike(&self, old: &Definition, new: &Definition) -> bool {
        match (old, new) {
            (Definition::Record(_), Definition::Record(_))
            | (Definition::Union(_), Definition::Union(_))
            | (Definition::Newtype(_), Definition::Newtype(_)) => true,
            (Definition::Enum(old), Definition::Enum(new)) => choices::are_alike(old, new),
            _ => false,
        }
    }

    fn definitions(&mut self, name: &'a str, old: &'a Definition, new: &'a Definition, place: &str) {
        match (old, new) {
            (Definition::Record(old), Definition::Record(new)) => self.records(name, old, new, place),
            (Definition::Enum(old), Definition::Enum(new)) => {
                choices::variants(old, new, |edit| self.push(place, Some(name), edit));
            }
            (Definition::Union(old), Definition::Union(new)) => choices::members(self, name, old, new, place),
            (Definition::Newtype(old), Definition::Newtype(new)) => self.newtypes(name, old, new, place),
            _ => {}
        }
    }

    fn records(&mut self, name: &'a str, old: &'a RecordLock, new: &'a RecordLock, place: &str) {
        if old.tag != new.tag && !self.is_renamed_by_union(&old.tag, &new.tag) {
            self.push(place, Some(name), Edit::Tag(new.tag.clone()));
        }
        if old.positional != new.positional {
            self.push(place, Some(name), Edit::Form { positional: new.positional });
        }
        if old.allow_unknown != new.allow_unknown {
            self.push(place, Some(name), Edit::Unknown { allowed: new.allow_unknown });
        }
        if old.encode_defaults != new.encode_defaults {
            self.push(place, Some(name), Edit::EncodeDefaults { on: new.encode_defaults });
        }
        if old.checked != new.checked {
            self.push(place, Some(name), Edit::Checked { on: new.checked });
        }
        fields::compare(self, name, old, new, place);
    }

    /// Whether tags differ in nothing but the name that a union gave all its members.
    fn is_renamed_by_union(&self, old: &Maybe<TagLock>, new: &Maybe<TagLock>) -> bool {
        match (&self.tag_field, old, new) {
            (Some(field), Maybe::Set(old), Maybe::Set(new)) => {
                TagLock { field: field.clone(), ..old.clone() } == *new
            }
            _ => false,
        }
    }

    fn newtypes(&mut self, name: &'a str, old: &'a NewtypeLock, new: &'a NewtypeLock, place: &str) {
        if old.bounds != new.bounds {
            self.push(place, Some(name), Edit::NewtypeBounds(new.bounds.clone()));
        }
        if let Some(inner) = self.pair(&old.of, &new.of, place) {
            self.push(place, Some(name), Edit::Replace { at: None, inner, ty: new.of.clone() });
        }
    }
}
