//! The records whose values never change: those that stand in sets and as keys of maps, and those that are defaults.

use std::collections::BTreeSet;

use proofmark::Maybe;

use crate::export::catalogue::{Catalogue, collect_names};
use crate::lock::{Definition, Type};

/// Which classes are frozen.
#[derive(Debug, Default)]
pub(super) struct Frozen<'a> {
    /// Those that must be hashable too.
    pub(super) hashable: BTreeSet<&'a str>,
    defaults: BTreeSet<&'a str>,
}

impl<'a> Frozen<'a> {
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        let mut frozen = Self::default();
        for definition in catalogue.types.values() {
            definition.types().into_iter().for_each(|ty| frozen.find_hashable(catalogue, ty));
            let Definition::Record(record) = definition else { continue };
            for field in record.fields.iter().filter(|field| matches!(field.default, Maybe::Set(_))) {
                mark(catalogue, &field.ty, &mut frozen.defaults);
            }
        }
        catalogue.roots.iter().for_each(|root| frozen.find_hashable(catalogue, &root.1));
        frozen
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.hashable.contains(name) || self.defaults.contains(name)
    }

    fn find_hashable(&mut self, catalogue: &'a Catalogue, ty: &'a Type) {
        if let Type::Set(of) | Type::Map(of, _) = ty {
            mark(catalogue, of, &mut self.hashable);
        }
        ty.parts().into_iter().for_each(|part| self.find_hashable(catalogue, part));
    }
}

/// Adds all that a type leads to.
fn mark<'a>(catalogue: &'a Catalogue, ty: &'a Type, into: &mut BTreeSet<&'a str>) {
    let mut open = Vec::new();
    collect_names(ty, &mut open);
    while let Some(name) = open.pop() {
        if into.insert(name) {
            let parts = catalogue.types.get(name).map(Definition::types).unwrap_or_default();
            parts.into_iter().for_each(|ty| collect_names(ty, &mut open));
        }
    }
}
