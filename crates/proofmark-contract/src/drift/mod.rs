//! What changed between two locks, edit by edit.

mod apply;
mod choices;
mod edit;
mod fields;
mod retype;
mod summary;
mod walk;

pub use edit::{Edit, Edited};

use crate::lock::Lock;

/// One change between two locks.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where the change is: `$.datasets[].rows`.
    pub place: String,
    /// The definition that was edited, by its name in the old lock; none where the record as a whole changed.
    pub definition: Option<String>,
    /// What was done to it.
    pub edit: Edit,
}

/// All changes from one lock to another.
pub fn changes(old: &Lock, new: &Lock) -> Vec<Change> {
    walk::changes(old, new)
}

/// The old lock with one change made and no other.
pub(crate) fn with_change(old: &Lock, new: &Lock, change: &Change) -> Option<Lock> {
    apply::apply(old, new, change)
}
