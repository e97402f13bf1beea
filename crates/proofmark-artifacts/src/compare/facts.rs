//! What two runs say about themselves, read once.

use proofmark::{Decode, Maybe};

use super::align::pair_in_order;
use crate::registry::Artifact;
use crate::{
    Bundle, Manifest, PlanArtifact, RuntimeProfileSnapshot, StatementPlan, StatementRecord, StoreErrorKind,
    TelemetryArtifact,
};

/// The records of one run that a comparison looks into.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) manifest: Option<Manifest>,
    pub(super) profile: Option<RuntimeProfileSnapshot>,
    pub(super) plan: Option<PlanArtifact>,
    pub(super) telemetry: Option<TelemetryArtifact>,
}

impl Facts {
    /// Reads them. What is missing or cannot be read is not there: the list of artifacts tells why.
    pub(super) fn read(bundle: &Bundle) -> Self {
        Self {
            manifest: record(bundle),
            profile: record(bundle),
            plan: record(bundle),
            telemetry: record(bundle),
        }
    }

    /// The names of the datasets that a statement reads; all of them, where the run does not tell.
    pub(super) fn datasets_of(&self, statement: u32) -> Vec<&str> {
        let scans = self.telemetry.iter().flat_map(|telemetry| &telemetry.scans);
        let named = scans.filter(|scan| scan.statement == statement).map(|scan| scan.dataset.as_deref());
        if let Some(names) = named.collect::<Option<Vec<_>>>()
            && !names.is_empty()
        {
            return names;
        }
        let datasets = self.manifest.iter().flat_map(|manifest| &manifest.datasets);
        datasets.map(|dataset| dataset.name.as_str()).collect()
    }

    pub(super) fn statements(&self) -> &[StatementRecord] {
        self.manifest.as_ref().map_or(&[], |manifest| &manifest.statements)
    }

    fn plan_of(&self, statement: u32) -> Option<&StatementPlan> {
        self.plan.as_ref()?.statements.iter().find(|plan| plan.statement == statement)
    }
}

fn record<T: Artifact + for<'de> Decode<'de>>(bundle: &Bundle) -> Option<T> {
    bundle.read(T::NAME).ok()?.decode().ok()
}

/// Why an artifact cannot be compared; `None` when it is not there at all.
pub(super) fn fault(bundle: &Bundle, name: &str) -> Option<String> {
    match bundle.read(name) {
        Err(error) if error.kind() == StoreErrorKind::NotFound && bundle.index().entry(name).is_none() => {
            None
        }
        Err(error) => Some(error.to_string()),
        Ok(_) => None,
    }
}

/// A statement of both runs.
pub(super) struct StatementPair<'f> {
    pub(super) old: &'f StatementRecord,
    pub(super) new: &'f StatementRecord,
    /// Its plans, where both runs have them.
    pub(super) plans: Option<[&'f StatementPlan; 2]>,
}

impl StatementPair<'_> {
    /// Whether the texts differ in more than layout.
    pub(super) fn has_other_sql(&self) -> bool {
        words(&self.old.sql) != words(&self.new.sql)
    }

    /// The older position, where it is another one.
    pub(super) fn old_statement(&self) -> Maybe<u32> {
        if self.old.index == self.new.index { Maybe::Unset } else { Maybe::Set(self.old.index) }
    }
}

/// The statements of two runs: those of both, found again by their text, and the places of the others.
pub(super) struct Statements<'f> {
    pub(super) pairs: Vec<StatementPair<'f>>,
    pub(super) removed: Vec<&'f StatementRecord>,
    pub(super) added: Vec<&'f StatementRecord>,
}

impl<'f> Statements<'f> {
    pub(super) fn of(old: &'f Facts, new: &'f Facts) -> Self {
        let (olds, news) = (old.statements(), new.statements());
        let keys = |statements: &[StatementRecord]| -> Vec<_> {
            statements.iter().map(|statement| words(&statement.sql)).collect()
        };
        let places = pair_in_order(&keys(olds), &keys(news));
        let pair = |&(from, to): &(usize, usize)| {
            let (before, after) = (&olds[from], &news[to]);
            let plans = old.plan_of(before.index).zip(new.plan_of(after.index));
            StatementPair { old: before, new: after, plans: plans.map(|(old, new)| [old, new]) }
        };
        let is_gone = |idx: usize| !places.iter().any(|(from, _)| *from == idx);
        let is_new = |idx: usize| !places.iter().any(|(_, to)| *to == idx);
        let others = |all: &'f [StatementRecord], keep: &dyn Fn(usize) -> bool| {
            all.iter().enumerate().filter(|(idx, _)| keep(*idx)).map(|(_, statement)| statement).collect()
        };
        Self {
            pairs: places.iter().map(pair).collect(),
            removed: others(olds, &is_gone),
            added: others(news, &is_new),
        }
    }
}

/// The words of a text, whatever stands between them.
fn words(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}
