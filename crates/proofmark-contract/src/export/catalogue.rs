//! Several locks as one set of definitions.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Reserved, Scope, type_name};
use crate::lock::{Definition, FieldLock, Lock, MemberLock, Type};

/// The definitions of some locks, under names that the other language takes.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// The name and the type of each record.
    pub(super) roots: Vec<(String, Type)>,
    /// The definitions that types refer to, under their new names.
    pub(super) types: BTreeMap<String, Definition>,
}

/// A definition and its name in one of the locks, and what it leads to.
struct Known<'a> {
    name: &'a str,
    closure: BTreeMap<&'a str, &'a Definition>,
    given: String,
}

impl Catalogue {
    pub(super) fn of(locks: &[Lock], reserved: Reserved) -> Self {
        let (mut known, mut scope) = (Vec::new(), Scope::new(reserved));
        let mut catalogue = Self { roots: Vec::new(), types: BTreeMap::new() };
        for lock in locks {
            let given = name_all(lock, &mut known, &mut scope);
            for (name, definition) in &lock.types {
                let new = given.get(name.as_str()).cloned().unwrap_or_default();
                catalogue.types.entry(new).or_insert_with(|| renamed_definition(definition, &given));
            }
            catalogue.roots.push((root_name(lock, locks), renamed(&lock.root, &given)));
        }
        catalogue
    }

    /// The definition behind a type, if it has one.
    pub(super) fn definition(&self, ty: &Type) -> Option<&Definition> {
        match ty {
            Type::Named(name) => self.types.get(name),
            _ => None,
        }
    }

    /// The names of all definitions, each behind those that it `needs` where that can be.
    pub(super) fn sorted<'a>(&'a self, needs: impl Fn(&'a str) -> Vec<&'a str>) -> Vec<&'a str> {
        let (mut sorted, mut seen) = (Vec::new(), BTreeSet::new());
        for name in self.types.keys() {
            // Each entry is a name and whether what it needs has been looked at.
            let mut open = vec![(name.as_str(), false)];
            while let Some((name, is_ready)) = open.pop() {
                if is_ready {
                    sorted.push(name);
                } else if self.types.contains_key(name) && seen.insert(name) {
                    open.push((name, true));
                    open.extend(needs(name).into_iter().rev().map(|name| (name, false)));
                }
            }
        }
        sorted
    }
}

/// The new name of each definition of a lock; one that stood in a lock before, with all it leads to, keeps its name.
fn name_all<'a>(lock: &'a Lock, known: &mut Vec<Known<'a>>, scope: &mut Scope) -> BTreeMap<&'a str, String> {
    let mut given = BTreeMap::new();
    for name in lock.types.keys() {
        let closure = closure(lock, name);
        let same = known.iter().find(|known| known.name == name && known.closure == closure);
        let new = same.map_or_else(|| scope.give_numbered(&type_name(name)), |known| known.given.clone());
        given.insert(name.as_str(), new.clone());
        known.push(Known { name, closure, given: new });
    }
    given
}

fn closure<'a>(lock: &'a Lock, name: &'a str) -> BTreeMap<&'a str, &'a Definition> {
    let mut closure = BTreeMap::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        let Some(definition) = lock.types.get(name) else { continue };
        if closure.insert(name, definition).is_none() {
            definition.types().into_iter().for_each(|ty| collect_names(ty, &mut open));
        }
    }
    closure
}

/// Adds the definitions that a type names.
pub(super) fn collect_names<'a>(ty: &'a Type, into: &mut Vec<&'a str>) {
    match ty {
        Type::Named(name) => into.push(name),
        ty => ty.parts().into_iter().for_each(|part| collect_names(part, into)),
    }
}

/// The name of a record, with its version where several locks have the name.
fn root_name(lock: &Lock, locks: &[Lock]) -> String {
    let is_only = locks.iter().filter(|other| other.record == lock.record).count() == 1;
    if is_only { lock.record.clone() } else { format!("{}.v{}", lock.record, lock.version) }
}

fn renamed(ty: &Type, given: &BTreeMap<&str, String>) -> Type {
    let part = |part: &Type| Box::new(renamed(part, given));
    match ty {
        // Nothing is known of a type that the lock does not define.
        Type::Named(name) => given.get(name.as_str()).map_or(Type::Any, |name| Type::Named(name.clone())),
        Type::Optional(of) => Type::Optional(part(of)),
        Type::Maybe(of) => Type::Maybe(part(of)),
        Type::List(of) => Type::List(part(of)),
        Type::Set(of) => Type::Set(part(of)),
        Type::Array(of, len) => Type::Array(part(of), *len),
        Type::Map(key, value) => Type::Map(part(key), part(value)),
        Type::Tuple(parts) => Type::Tuple(parts.iter().map(|part| renamed(part, given)).collect()),
        Type::Ext { code, text } => Type::Ext { code: *code, text: text.as_deref().map(part) },
        plain => plain.clone(),
    }
}

fn renamed_definition(definition: &Definition, given: &BTreeMap<&str, String>) -> Definition {
    let field = |field: &FieldLock| FieldLock { ty: renamed(&field.ty, given), ..field.clone() };
    let member = |member: &MemberLock| MemberLock { ty: renamed(&member.ty, given), ..member.clone() };
    let mut definition = definition.clone();
    match &mut definition {
        Definition::Record(record) => record.fields = record.fields.iter().map(field).collect(),
        Definition::Union(union) => union.members = union.members.iter().map(member).collect(),
        Definition::Newtype(newtype) => newtype.of = renamed(&newtype.of, given),
        Definition::Enum(_) => {}
    }
    definition
}
