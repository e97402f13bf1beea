//! What is wrong with types by themselves, as a record.

use std::collections::BTreeSet;

use proofmark::Record;

use crate::lint::{Fault, Severity, faults};
use crate::lock::Lock;

/// What is wrong with types before anyone changes them.
#[derive(Record, Clone, Debug, Default, PartialEq)]
#[record(tag = "lint_report.v1")]
pub struct LintReport {
    /// Whether there are errors.
    pub fails: bool,
    /// The number of types that were looked at.
    pub types: u64,
    /// What is wrong, the gravest first.
    pub faults: Vec<FaultReport>,
}

/// A fault of a type.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct FaultReport {
    /// The check: `S3`.
    pub check: String,
    /// How grave it is.
    pub severity: Severity,
    /// Where: `Manifest.outputs`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl LintReport {
    /// The faults of locks; a definition that several records share is told once. `today` is a day like `2026-11-22`.
    pub fn of(locks: &[Lock], today: &str) -> Self {
        let mut told = BTreeSet::new();
        let mut all: Vec<Fault> = locks.iter().flat_map(|lock| faults(lock, today)).collect();
        all.retain(|fault| told.insert((fault.check, fault.place.clone())));
        all.sort_by_key(|fault| std::cmp::Reverse(fault.severity));
        Self {
            fails: all.iter().any(|fault| fault.severity == Severity::Error),
            types: locks.iter().map(|lock| lock.types.len() as u64).sum(),
            faults: all.into_iter().map(FaultReport::of).collect(),
        }
    }

    /// How many faults are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.faults.iter().filter(|fault| fault.severity == severity).count()
    }
}

impl FaultReport {
    fn of(fault: Fault) -> Self {
        let Fault { check, severity, place, message, help } = fault;
        Self { check: check.to_owned(), severity, place, message, help: help.to_owned() }
    }
}
