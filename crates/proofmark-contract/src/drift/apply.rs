//! A lock with one change made and no other.
//!
//! A release mostly changes several things at once. To see what one of them does, it is made alone.

use proofmark::Maybe;

use super::{Change, Edit, Edited};
use crate::lock::{Definition, FieldLock, Lock, RecordLock, Type};

pub(super) fn apply(old: &Lock, new: &Lock, change: &Change) -> Option<Lock> {
    let mut lock = old.clone();
    if change.edit.brings_types() {
        let moved = new.types.iter().map(|(name, definition)| (as_new(name), moved(definition.clone())));
        lock.types.extend(moved);
    }
    let Change { definition, edit, .. } = change;
    if let (Some(name), Edit::TagField(field)) = (definition, edit) {
        rename_tags(&mut lock, name, field)?;
        return Some(lock);
    }
    match definition {
        Some(name) => edit_definition(lock.types.get_mut(name)?, edit)?,
        None => edit_lock(&mut lock, edit),
    }
    Some(lock)
}

/// What a definition of the new lock is called beside those of the old one.
fn as_new(name: &str) -> String {
    format!("{name}'")
}

/// A type of the new lock, in a lock that holds the definitions of both.
fn moved_type(ty: &Type) -> Type {
    let boxed = |ty: &Type| Box::new(moved_type(ty));
    match ty {
        Type::Named(name) => Type::Named(as_new(name)),
        Type::Optional(of) => Type::Optional(boxed(of)),
        Type::Maybe(of) => Type::Maybe(boxed(of)),
        Type::List(of) => Type::List(boxed(of)),
        Type::Set(of) => Type::Set(boxed(of)),
        Type::Array(of, len) => Type::Array(boxed(of), *len),
        Type::Tuple(parts) => Type::Tuple(parts.iter().map(moved_type).collect()),
        Type::Map(key, value) => Type::Map(boxed(key), boxed(value)),
        Type::Ext { code, text: Some(text) } => Type::Ext { code: *code, text: Some(boxed(text)) },
        other => other.clone(),
    }
}

fn moved(mut definition: Definition) -> Definition {
    match &mut definition {
        Definition::Record(record) => {
            record.fields.iter_mut().for_each(|field| field.ty = moved_type(&field.ty));
        }
        Definition::Enum(_) => {}
        Definition::Union(union) => {
            union.members.iter_mut().for_each(|member| member.ty = moved_type(&member.ty));
        }
        Definition::Newtype(newtype) => newtype.of = moved_type(&newtype.of),
    }
    definition
}

/// Gives the tags of all members of a union another name.
fn rename_tags(lock: &mut Lock, union: &str, name: &str) -> Option<()> {
    let Definition::Union(union) = lock.types.get(union)?.clone() else { return None };
    for member in &union.members {
        if let Type::Named(member) = &member.ty
            && let Some(Definition::Record(record)) = lock.types.get_mut(member)
            && let Maybe::Set(tag) = &mut record.tag
        {
            name.clone_into(&mut tag.field);
        }
    }
    Some(())
}

fn edit_lock(lock: &mut Lock, edit: &Edit) {
    match edit {
        Edit::Replace { ty, .. } => lock.root = moved_type(ty),
        Edit::Codecs(codecs) => lock.codecs.clone_from(codecs),
        Edit::UsedAs(used_as) => lock.used_as = *used_as,
        _ => {}
    }
}

fn edit_definition(definition: &mut Definition, edit: &Edit) -> Option<()> {
    match (definition, edit) {
        (Definition::Record(record), edit) => edit_record(record, edit)?,
        (Definition::Enum(choices), Edit::AddVariant(variant)) => choices.variants.push(variant.clone()),
        (Definition::Enum(choices), Edit::RemoveVariant { at }) => drop(choices.variants.remove(*at)),
        (Definition::Enum(choices), Edit::Respell { values }) => {
            values.iter().for_each(|(at, value)| choices.variants[*at].value = value.clone());
        }
        (Definition::Enum(choices), Edit::Open { on }) => choices.open = *on,
        (Definition::Union(union), Edit::AddMember(member)) => {
            let mut member = member.clone();
            member.ty = moved_type(&member.ty);
            union.members.push(member);
        }
        (Definition::Union(union), Edit::RemoveMember { at }) => drop(union.members.remove(*at)),
        (Definition::Union(union), Edit::Fallback(fallback)) => union.fallback.clone_from(fallback),
        (Definition::Union(union), Edit::Replace { at: Some(at), ty, .. }) => {
            union.members[*at].ty = moved_type(ty);
        }
        (Definition::Newtype(newtype), Edit::NewtypeBounds(bounds)) => newtype.bounds = bounds.clone(),
        (Definition::Newtype(newtype), Edit::Replace { ty, .. }) => newtype.of = moved_type(ty),
        _ => return None,
    }
    Some(())
}

fn edit_record(record: &mut RecordLock, edit: &Edit) -> Option<()> {
    match edit {
        Edit::AddField { at, field } => {
            let ty = moved_type(&field.ty);
            record.fields.insert(*at, FieldLock { ty, ..(**field).clone() });
        }
        Edit::RemoveField { at } => drop(record.fields.remove(*at)),
        Edit::Field { at, edited } => edit_field(&mut record.fields[*at], edited),
        Edit::Restyle { names } => {
            for (field, name) in record.fields.iter_mut().zip(names) {
                rename(field, name);
            }
        }
        Edit::Reorder { order } => {
            // Fields that the new record does not have stay behind those that it has.
            let rest = (0..record.fields.len()).filter(|at| !order.contains(at));
            let all: Vec<usize> = order.iter().copied().chain(rest).collect();
            record.fields = all.into_iter().map(|at| record.fields[at].clone()).collect();
        }
        Edit::Tag(tag) => record.tag.clone_from(tag),
        Edit::Form { positional } => record.positional = *positional,
        Edit::Unknown { allowed } => record.allow_unknown = *allowed,
        Edit::EncodeDefaults { on } => record.encode_defaults = *on,
        Edit::Checked { on } => record.checked = *on,
        _ => return None,
    }
    Some(())
}

/// Renames a field, which stays what it was first known as.
fn rename(field: &mut FieldLock, name: &str) {
    if field.name != name {
        field.id = Maybe::Set(field.identity().to_owned());
        name.clone_into(&mut field.name);
    }
}

fn edit_field(field: &mut FieldLock, edited: &Edited) {
    match edited {
        Edited::Name { name, aliases } => {
            rename(field, name);
            field.aliases.clone_from(aliases);
        }
        Edited::Aliases(aliases) => field.aliases.clone_from(aliases),
        Edited::Default(default) => field.default = default.clone(),
        Edited::Presence { ty, default } => {
            field.ty = ty.clone();
            field.default = default.clone();
        }
        Edited::Type { ty, .. } => field.ty = moved_type(ty),
        Edited::Bounds(bounds) => field.bounds = bounds.clone(),
        Edited::Checked(checked) => field.checked = *checked,
        Edited::Meaning { absent, null } => {
            field.absent.clone_from(absent);
            field.null.clone_from(null);
        }
        Edited::Lenient(lenient) => field.lenient = *lenient,
        Edited::ReadOnly(read_only) => field.read_only = *read_only,
        Edited::Volatile(volatile) => field.volatile.clone_from(volatile),
    }
}
