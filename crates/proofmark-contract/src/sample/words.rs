//! The words of a lock: what text has to be to mean something to the other release.

use std::collections::BTreeSet;

use crate::lock::{Definition, Lock, TagText};

/// The words of a lock at most.
const WORDS_MAX: usize = 16;

/// Names of fields and values of enums, of both locks.
pub(crate) fn words(locks: [&Lock; 2]) -> Vec<String> {
    let definitions = locks.into_iter().flat_map(|lock| lock.types.values());
    let words: BTreeSet<&str> = definitions.flat_map(of_definition).collect();
    words.into_iter().take(WORDS_MAX).map(str::to_owned).collect()
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
