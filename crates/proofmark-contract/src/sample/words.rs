//! The words of a lock: what text has to be to mean something to the other release.

use std::collections::BTreeSet;

use crate::drift::Change;
use crate::language::{self, Texts};
use crate::lock::{Definition, Lock, TagText};
use crate::rules;

/// The words of a lock at most.
const WORDS_MAX: usize = 16;

/// Texts that mean something to a release.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Texts that tell apart what constraints allow.
    pub(crate) telling: Vec<String>,
    /// Names of fields and values of enums.
    pub(crate) names: Vec<String>,
}

impl Words {
    /// No words.
    pub(crate) const NONE: &Self = &Self { telling: Vec::new(), names: Vec::new() };

    /// The words of two locks, of which one has become the other by a change.
    pub(crate) fn of_change(old: &Lock, new: &Lock, change: &Change) -> Self {
        let definitions = [old, new].into_iter().flat_map(|lock| lock.types.values());
        let names: BTreeSet<&str> = definitions.flat_map(of_definition).collect();
        let names = names.into_iter().take(WORDS_MAX).map(str::to_owned).collect();
        Self { telling: telling(old, new, change).unwrap_or_default(), names }
    }
}

/// Texts that one of two constraints allows, or both.
fn telling(old: &Lock, new: &Lock, change: &Change) -> Option<Vec<String>> {
    let (old, new) = rules::bounds_of_change(old, new, change)?;
    if old.pattern == new.pattern {
        return None;
    }
    let Texts { only_old, only_new, both } = language::compare(&old, &new)?;
    Some([only_old, only_new, both].into_iter().flatten().collect())
}

fn of_definition(definition: &Definition) -> Vec<&str> {
    match definition {
        Definition::Record(record) => record.fields.iter().map(|field| &*field.name).collect(),
        Definition::Enum(choices) => choices
            .variants
            .iter()
            .filter_map(|variant| match &variant.value {
                TagText::Str(text) => Some(&**text),
                TagText::Int(_) => None,
            })
            .collect(),
        Definition::Union(_) | Definition::Newtype(_) => Vec::new(),
    }
}
