//! Stored records that the code of today does not read.

use super::Gate;
use crate::lock::Lock;
use crate::verdict::Stored;

/// A stored record that the record's own code refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The record: `cdf_cursor`.
    pub record: String,
    /// Where it is stored.
    pub place: String,
    /// Why it is refused.
    pub error: String,
    /// Whether the gate closes because of it.
    pub fails: bool,
}

impl Gate {
    /// Has every stored record read by its own code, where that is at hand.
    pub(super) fn unread(&self, now: &[Lock]) -> Vec<Unread> {
        self.corpus.iter().filter_map(|stored| self.refused(now, stored)).collect()
    }

    fn refused(&self, now: &[Lock], stored: &Stored) -> Option<Unread> {
        let code = self.code.find(&stored.record)?.code.as_ref()?;
        let error = code.recode(&stored.bytes, stored.codec, stored.codec).err()?;
        let lock = now.iter().find(|lock| lock.record == stored.record);
        Some(Unread {
            record: stored.record.clone(),
            place: stored.place.clone(),
            error: error.to_string(),
            fails: lock.is_some_and(|lock| self.fail_on.fails_unread(lock.used_as)),
        })
    }
}
