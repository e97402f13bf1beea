//! Whether a lock makes sense, wherever it came from.

use std::collections::BTreeSet;

use proofmark::{Error, Maybe, Result};

use super::{Definition, Lock, RecordLock, Type};

/// Checks that every `#Name` has its definition, that no type is nothing but itself, and that names of fields differ.
///
/// # Errors
/// Fails on the first thing that is not so.
pub(super) fn check(lock: &Lock) -> Result<()> {
    check_type(lock, &lock.root)?;
    for (name, definition) in &lock.types {
        definition.types().into_iter().try_for_each(|ty| check_type(lock, ty))?;
        check_not_itself(lock, name)?;
        if let Definition::Record(record) = definition {
            check_names(name, record)?;
        }
    }
    Ok(())
}

fn check_type(lock: &Lock, ty: &Type) -> Result<()> {
    match ty {
        Type::Named(name) if !lock.types.contains_key(name) => {
            Err(Error::custom(format_args!("the lock of `{}` has no type `#{name}`", lock.record)))
        }
        ty => ty.parts().into_iter().try_for_each(|part| check_type(lock, part)),
    }
}

/// Checks that a type is not its own newtype or member: no value could ever be read.
fn check_not_itself(lock: &Lock, name: &str) -> Result<()> {
    let mut seen = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        for inner in lock.types.get(next).map(Definition::same_place).unwrap_or_default() {
            if inner == name {
                return Err(Error::custom(format_args!("the type `#{name}` is nothing but itself")));
            }
            if seen.insert(inner) {
                open.push(inner);
            }
        }
    }
    Ok(())
}

fn check_names(name: &str, record: &RecordLock) -> Result<()> {
    let mut taken = BTreeSet::new();
    if let Maybe::Set(tag) = &record.tag
        && !record.positional
    {
        taken.insert(tag.field.as_str());
    }
    for field in record.fields.iter().filter(|field| !field.flatten) {
        for wire in std::iter::once(&field.name).chain(&field.aliases) {
            if !taken.insert(wire) {
                return Err(Error::custom(format_args!("the record `#{name}` has two fields `{wire}`")));
            }
        }
    }
    Ok(())
}

impl Definition {
    /// The types that a definition names.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Record(record) => record.fields.iter().map(|field| &field.ty).collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
            Self::Newtype(newtype) => vec![&newtype.of],
        }
    }

    /// The definitions whose values stand where its own do, with nothing around them.
    fn same_place(&self) -> Vec<&str> {
        let types = match self {
            Self::Record(_) | Self::Enum(_) => Vec::new(),
            _ => self.types(),
        };
        types.into_iter().filter_map(in_same_place).collect()
    }
}

/// The definition whose values stand where those of a type do.
fn in_same_place(ty: &Type) -> Option<&str> {
    match ty.present() {
        Type::Named(name) => Some(name),
        Type::Ext { text: Some(text), .. } => in_same_place(text),
        _ => None,
    }
}
