//! What is wrong with a type before anyone changes it: S1 to S13.

mod checks;

use std::fmt;

use proofmark::Record;

use crate::lock::{Definition, FieldLock, Lock, RecordLock, Type};

/// A fault of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The check: `S3`.
    pub check: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Where: `Manifest.outputs`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// How grave a fault is.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "lower")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Sooner or later somebody is surprised.
    Warning,
    /// The type does not do what it says.
    Error,
}

impl Severity {
    /// `error`
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A check of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// `S3`
    pub id: &'static str,
    /// What it looks for.
    pub title: &'static str,
    run: Run,
}

#[derive(Clone, Copy, Debug)]
enum Run {
    /// Looks at each field; with the message, if there is something to say.
    Field(Severity, fn(&At<'_>) -> Option<String>, &'static str),
    /// Holds for all types alike, by the codec; why.
    Codec(&'static str),
}

/// A field and what is around it.
struct At<'a> {
    lock: &'a Lock,
    record: &'a RecordLock,
    field: &'a FieldLock,
    today: &'a str,
}

/// All checks.
pub fn checks() -> &'static [Check] {
    checks::ALL
}

impl Check {
    /// Why no type can fail it, where that is so.
    pub const fn holds_by_codec(&self) -> Option<&'static str> {
        match self.run {
            Run::Codec(reason) => Some(reason),
            Run::Field(..) => None,
        }
    }
}

/// The faults of a lock, the gravest first. `today` is a day like `2026-11-22`.
pub fn faults(lock: &Lock, today: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, definition) in &lock.types {
        let Definition::Record(record) = definition else { continue };
        for field in &record.fields {
            let at = At { lock, record, field, today };
            faults.extend(checks::ALL.iter().filter_map(|check| fault(check, name, &at)));
        }
    }
    faults.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
    faults
}

fn fault(check: &Check, definition: &str, at: &At<'_>) -> Option<Fault> {
    let Run::Field(severity, look, help) = check.run else { return None };
    let message = look(at)?;
    let place = format!("{definition}.{}", at.field.name);
    Some(Fault { check: check.id, severity, place, message, help })
}

impl At<'_> {
    /// Whether a type, or one that it is made of, is as `is` says; named types but records are looked into.
    fn holds(&self, ty: &Type, is: &impl Fn(&Type) -> bool) -> bool {
        if is(ty) {
            return true;
        }
        match self.lock.definition(ty) {
            Some(Definition::Newtype(newtype)) => self.holds(&newtype.of, is),
            _ => ty.parts().into_iter().any(|part| self.holds(part, is)),
        }
    }
}
