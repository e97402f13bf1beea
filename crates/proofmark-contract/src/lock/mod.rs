//! Locks: what a record type promises, kept in a file.
//!
//! JSON Schema cannot serve: positions may be swapped, integer enums renumbered or defaults left out of the output, and the
//! schema stays the same to the byte. A lock holds all that the codec goes by.

mod definition;
mod dir;
mod file;
mod grammar;
mod line;
mod merge;
mod of;
mod sense;
mod ty;

use std::collections::BTreeMap;

pub use definition::{
    Bounds, Definition, EnumLock, FieldLock, MemberLock, NewtypeLock, RecordLock, TagLock, TagText,
    UnionLock, VariantLock,
};
pub use dir::{Stale, file_name, read_dir, stale, update, update_dir};
pub use file::{LOCK_BYTES_MAX, from_slice, to_vec};
pub use grammar::TYPE_DEPTH_MAX;
pub use merge::{Conflict, merge};
pub use ty::Type;

pub(crate) use line::Lines;
pub use line::Region;
pub(crate) use of::{Types, types_of};

use proofmark::Record;

use crate::codec::Codec;
use crate::usage::Use;

/// The form of lock files that this version writes and reads.
pub const FORMAT: u32 = 1;

/// The contract of one record type.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Lock {
    /// The form of the file, [`FORMAT`].
    pub proofmark_lock: u32,
    /// The name of the record: `manifest`.
    #[field(min_len = 1)]
    pub record: String,
    /// The version of its form.
    pub version: u32,
    /// The formats in which it is stored.
    pub codecs: Vec<Codec>,
    /// What it is used for, which says how far it may drift.
    pub used_as: Use,
    /// The type of the record.
    pub root: Type,
    /// The definitions that types refer to by `#Name`.
    pub types: BTreeMap<String, Definition>,
}

impl Lock {
    /// The definition behind a type, if it is a named one of this lock.
    pub fn definition(&self, ty: &Type) -> Option<&Definition> {
        match ty {
            Type::Named(name) => self.types.get(name),
            _ => None,
        }
    }
}
