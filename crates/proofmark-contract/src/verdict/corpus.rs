//! What a change does to records that are there.

use super::meaning::{self, Side};
use crate::codec::Codec;
use crate::lock::Lock;
use crate::replica::Replica;

/// A record that was stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Where it is stored, in words.
    pub place: String,
    /// The name of its type.
    pub record: String,
    /// Its format.
    pub codec: Codec,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How many stored records a change hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Those that the new release refuses, or reads as something else.
    pub affected: usize,
    /// Those that the old release reads.
    pub of: usize,
}

/// Lets the release with one change made read what is stored. `None` where nothing is, or it cannot be replayed.
pub(crate) fn hits(old: &Lock, changed: &Lock, stored: &[&Stored]) -> Option<Hits> {
    stored.first()?;
    let (before, after) = (Replica::new(old).ok()?, Replica::new(changed).ok()?);
    let writer = Side { lock: old, ty: &old.root };
    let reader = Side { lock: changed, ty: &changed.root };
    let mut hits = Hits { affected: 0, of: 0 };
    for record in stored {
        let Ok(meant) = before.decode(&record.bytes, record.codec) else { continue };
        let read = after.decode(&record.bytes, record.codec);
        let is_same = |read| meaning::difference(writer, &meant, reader, &read).is_none();
        hits.of += 1;
        hits.affected += usize::from(!read.is_ok_and(is_same));
    }
    Some(hits)
}
