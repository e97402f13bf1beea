//! What a record is used for, which says how far it may drift.

use proofmark::Record;

/// What a record is used for.
#[derive(Record, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[record(rename_all = "lower")]
pub enum Use {
    /// A place in a stream, or the head of a cache: after a rollback the old release must read what the new one wrote.
    Cursor,
    /// An archive: what was ever written is read for years.
    #[default]
    Manifest,
    /// A throw-away copy: a record of another form is a miss.
    Cache,
    /// A message to readers that lag behind, kept for some time.
    Event,
}
