//! Catalogues: the record types of a program, for locks, verdicts and exports.

use proofmark::{Decode, Describe, Encode, Result, Shape};

use crate::code::Code;
use crate::codec::Codec;
use crate::inspect::Inspection;
use crate::lock::{FORMAT, Lock, Types, types_of};
use crate::usage::Use;

/// The record types of a program.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Registry, Use};
///
/// /// Where a reader stands.
/// #[derive(Record)]
/// struct Cursor { dataset: String, version: u64 }
///
/// fn catalogue() -> Registry {
///     Registry::new().record::<Cursor>("cursor", 1, Use::Cursor)
/// }
///
/// let lock = catalogue().entries()[0].lock()?;
/// assert_eq!(lock.record, "cursor");
/// # Ok::<(), proofmark::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Registry {
    entries: Vec<Entry>,
}

/// One record type of a catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name: `manifest`.
    pub name: &'static str,
    /// The version of its form.
    pub version: u32,
    /// What it is used for.
    pub used_as: Use,
    /// The formats in which it is stored.
    pub codecs: &'static [Codec],
    /// What it looks like.
    pub shape: fn() -> Shape,
    /// Its own code, where that is at hand: what it does counts, whatever its lock says.
    pub code: Option<Code>,
}

impl Registry {
    /// An empty catalogue.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Adds a record type that is stored in both formats.
    #[must_use]
    pub fn record<T>(self, name: &'static str, version: u32, used_as: Use) -> Self
    where
        T: Describe + Encode + for<'de> Decode<'de>,
    {
        let code = Some(Code::of::<T>());
        self.entry(Entry { name, version, used_as, codecs: &Codec::ALL, shape: T::shape, code })
    }

    /// Adds a record type.
    #[must_use]
    pub fn entry(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// The record types, in the order in which they were added.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The record type of a name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The locks of all record types.
    ///
    /// # Errors
    /// Fails where a default cannot be written as JSON.
    pub fn locks(&self) -> Result<Vec<Lock>> {
        self.entries.iter().map(Entry::lock).collect()
    }
}

impl Entry {
    /// The lock of this type as the code has it now.
    ///
    /// # Errors
    /// Fails where a default cannot be written as JSON.
    pub fn lock(&self) -> Result<Lock> {
        types_of((self.shape)()).map(|types| self.lock_of(types))
    }

    /// A description of this type: its lock, and what is said about it in words.
    ///
    /// # Errors
    /// As [`Entry::lock`].
    pub fn inspect(&self) -> Result<Inspection> {
        let types = types_of((self.shape)())?;
        let words = types.words.clone();
        Ok(Inspection { lock: self.lock_of(types), words })
    }

    fn lock_of(&self, types: Types) -> Lock {
        Lock {
            proofmark_lock: FORMAT,
            record: self.name.to_owned(),
            version: self.version,
            codecs: self.codecs.to_vec(),
            used_as: self.used_as,
            root: types.root,
            types: types.definitions,
        }
    }
}
