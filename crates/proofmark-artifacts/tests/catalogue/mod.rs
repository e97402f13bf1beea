//! The records as the contract sees them.

use proofmark_artifacts::RecordType;
use proofmark_contract::{Codec, Entry, Use};

/// The entry of a record in a catalogue.
pub(crate) fn entry(row: &RecordType) -> Entry {
    let RecordType { name, version, shape, .. } = *row;
    Entry { name, version, used_as: Use::Manifest, codecs: &Codec::ALL, shape, code: None }
}
