//! A release as it is replayed: by its lock, and where it is at hand, by the record's own code.

use std::cell::OnceCell;

use proofmark::{Result, Value};

use super::as_focus;
use super::meaning::Side;
use crate::code::Code;
use crate::codec::Codec;
use crate::lock::{Definition, Lock, Type};
use crate::replica::Replica;
use crate::sample::{Place, Samples, Words};

/// A release that writes and reads one type.
pub(super) struct Release<'a> {
    part: Player<'a>,
    samples: Vec<Value>,
    whole: OnceCell<Option<Whole<'a>>>,
    code: Option<&'a Code>,
}

/// A type with what reads and writes it.
pub(super) struct Player<'a> {
    pub(super) side: Side<'a>,
    pub(super) replica: Replica,
}

/// The record that is stored, with the place of the type in it.
pub(super) struct Whole<'a> {
    pub(super) player: Player<'a>,
    pub(super) place: Place<'a>,
}

impl<'a> Player<'a> {
    fn new(lock: &'a Lock, ty: &'a Type) -> Option<Self> {
        let replica = Replica::of_type(lock, ty).ok()?;
        Some(Self { side: Side { lock, ty }, replica })
    }

    /// What a program of that release reads back from what it writes, and writes then: sets sorted, defaults left out.
    ///
    /// What it cannot read itself is no record of that release.
    pub(super) fn write(&self, value: &Value, codec: Codec) -> Option<(Value, Vec<u8>)> {
        let bytes = self.replica.encode(value, codec).ok()?;
        let meant = self.replica.decode(&bytes, codec).ok()?;
        let bytes = self.replica.encode(&meant, codec).ok()?;
        Some((meant, bytes))
    }
}

impl<'a> Release<'a> {
    pub(super) fn new(
        lock: &'a Lock,
        ty: &'a Type,
        words: &Words,
        focus: Option<&str>,
        code: Option<&'a Code>,
    ) -> Option<Self> {
        let samples = match lock.definition(ty) {
            Some(Definition::Record(record)) => Samples::new(lock, words).records(record, as_focus(focus)),
            _ => Samples::new(lock, words).values(ty),
        };
        Some(Self { part: Player::new(lock, ty)?, samples, whole: OnceCell::new(), code })
    }

    /// What is looked at, alone.
    pub(super) const fn part(&self) -> &Player<'a> {
        &self.part
    }

    /// Values of what is looked at.
    pub(super) fn samples(&self) -> &[Value] {
        &self.samples
    }

    /// Whether a format can express a value of what is looked at.
    pub(super) fn can_write(&self, codec: Codec) -> bool {
        self.samples.iter().any(|value| self.part.write(value, codec).is_some())
    }

    /// The record's own code, if this release has it.
    pub(super) const fn code(&self) -> Option<&'a Code> {
        self.code
    }

    /// Whether what is looked at is the record itself.
    pub(super) fn is_whole(&self) -> bool {
        *self.part.side.ty == self.part.side.lock.root
    }

    /// The record that is stored; none where it does not lead to what is looked at.
    pub(super) fn whole(&self) -> Option<&Whole<'a>> {
        self.whole.get_or_init(|| self.find_whole()).as_ref()
    }

    fn find_whole(&self) -> Option<Whole<'a>> {
        let Side { lock, ty } = self.part.side;
        let place = Place::find(lock, ty)?;
        Some(Whole { player: Player::new(lock, &lock.root)?, place })
    }

    /// Reads a record, by its own code if that is at hand; whether it was.
    pub(super) fn read_whole(&self, whole: &Whole<'_>, bytes: &[u8], codec: Codec) -> (Result<Value>, bool) {
        let by_lock = whole.player.replica.decode(bytes, codec);
        match self.code.map(|code| code.recode(bytes, codec, codec)) {
            None => (by_lock, false),
            Some(Ok(written)) => (whole.player.replica.decode(&written, codec), true),
            // A check in code refuses what was made up, which no program would have written.
            Some(Err(_)) if by_lock.is_ok() && is_checked(whole.player.side.lock) => (by_lock, false),
            Some(Err(error)) => (Err(error), true),
        }
    }
}

/// Whether code checks what the lock does not tell.
fn is_checked(lock: &Lock) -> bool {
    lock.types.values().any(|definition| match definition {
        Definition::Record(record) => record.checked || record.fields.iter().any(|field| field.checked),
        _ => false,
    })
}
