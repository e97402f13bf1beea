//! The gate: locks of today against those of before, each finding with what it means for the use of the record.

mod accept;
mod bump;
pub mod ledger;
mod policy;
mod unread;

use std::thread;

use sha2::{Digest as _, Sha256};

pub use accept::{Acceptance, Accepted};
pub use bump::Bump;
pub use policy::{FailOn, Need};
pub use unread::Unread;

use crate::code::Code;
use crate::finding::{Finding, Tried, tried};
use crate::lock::Lock;
use crate::registry::Registry;
use crate::verdict::{Hits, Stored};

/// Locks of some time before.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// What it is called: a directory, a release, a git revision, a run.
    pub name: String,
    /// Its locks.
    pub locks: Vec<Lock>,
    /// Whether those are the locks of all records of that time: else a record without one need not be new.
    pub whole: bool,
}

/// What was found about one record, against one baseline.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The record: `cdf_cursor`.
    pub record: String,
    /// What it was compared with.
    pub against: String,
    /// The lock of then.
    pub old: Lock,
    /// The lock of now.
    pub new: Lock,
    /// What changed.
    pub findings: Vec<Judged>,
}

/// A finding with what is to become of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// What stays the same as long as the change does: eight hexadecimal digits.
    pub fingerprint: String,
    /// Why it is let pass, if it is.
    pub accepted: Option<Accepted>,
    /// How many stored records it hits, where any were given.
    pub hits: Option<Hits>,
    /// What it asks of the next version.
    pub needs: Bump,
    /// Whether the gate closes because of it.
    pub fails: bool,
}

impl Judged {
    const fn needs(&self) -> Bump {
        self.needs
    }
}

/// The gate.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// When it closes.
    pub fail_on: FailOn,
    /// What is let pass.
    pub accepted: Vec<Acceptance>,
    /// Records that are stored, to see which of them a change hits.
    pub corpus: Vec<Stored>,
    /// The records' own code, where it is at hand: it plays the new release, and has to read what is stored.
    pub code: Registry,
    /// Today, as `2026-11-22`: acceptances end.
    pub today: String,
}

/// What was found against all baselines.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Per baseline and record, where something changed.
    pub comparisons: Vec<Comparison>,
    /// Records that are there now and not in the newest baseline.
    pub added: Vec<String>,
    /// Records that are in the newest baseline and not there now.
    pub removed: Vec<String>,
    /// Stored records that the code of today does not read.
    pub unread: Vec<Unread>,
    /// The greatest step of the version that is meant, if that is what the gate goes by.
    pub allowed: Option<Bump>,
}

impl Gate {
    /// Compares locks with those of before, the newest baseline first.
    pub fn compare(&self, now: &[Lock], baselines: &[Baseline]) -> Outcome {
        let newest = baselines.first();
        let before = newest.map_or(&[][..], |baseline| &baseline.locks);
        let is_whole = newest.is_none_or(|baseline| baseline.whole);
        let mut pairs = Vec::new();
        for new in now {
            for (age, baseline) in baselines.iter().enumerate() {
                let old = baseline.locks.iter().find(|lock| lock.record == new.record);
                pairs.extend(old.filter(|old| *old != new).map(|old| (old, new, baseline, age)));
            }
        }
        Outcome {
            comparisons: in_parallel(&pairs, |(old, new, baseline, age)| {
                self.record(old, new, baseline, *age)
            }),
            added: if is_whole { missing(now, before) } else { Vec::new() },
            removed: missing(before, now),
            unread: self.unread(now),
            allowed: match self.fail_on {
                FailOn::Needs(allowed) => Some(allowed),
                FailOn::Policy | FailOn::Level(_) => None,
            },
        }
    }

    fn record(&self, old: &Lock, new: &Lock, baseline: &Baseline, age: usize) -> Option<Comparison> {
        let judged = |Tried { finding, hits }: Tried| {
            let fingerprint = fingerprint(new, &finding, old);
            let accepted = accept::find(&self.accepted, &fingerprint, &self.today);
            let fails = accepted.is_none() && self.fail_on.fails(new.used_as, age, &finding, hits);
            let needs = Bump::of(new.used_as, age, &finding, hits);
            Judged { finding, fingerprint, accepted, hits, needs, fails }
        };
        let stored: Vec<_> = self.corpus.iter().filter(|stored| stored.record == new.record).collect();
        let found = tried(old, new, self.code_of(new), &stored);
        let findings: Vec<_> = found.into_iter().map(judged).collect();
        (!findings.is_empty()).then(|| Comparison {
            record: new.record.clone(),
            against: baseline.name.clone(),
            old: old.clone(),
            new: new.clone(),
            findings,
        })
    }
}

impl Gate {
    /// The code that a lock is of.
    fn code_of(&self, lock: &Lock) -> Option<&Code> {
        let entry = self.code.find(&lock.record)?;
        entry.code.as_ref().filter(|_| entry.lock().is_ok_and(|own| own == *lock))
    }
}

impl Outcome {
    /// Whether the gate is closed.
    pub fn fails(&self) -> bool {
        self.allowed.map_or(!self.removed.is_empty(), |allowed| self.needs() > allowed)
            || self.unread.iter().any(|unread| unread.fails)
            || self.judged().any(|judged| judged.fails)
    }

    /// All findings.
    pub fn judged(&self) -> impl Iterator<Item = &Judged> {
        self.comparisons.iter().flat_map(|comparison| &comparison.findings)
    }
}

/// The records that `of` has and `from` has not.
fn missing(of: &[Lock], from: &[Lock]) -> Vec<String> {
    let is_there = |lock: &Lock| from.iter().any(|found| found.record == lock.record);
    of.iter().filter(|lock| !is_there(lock)).map(|lock| lock.record.clone()).collect()
}

/// What `look` finds in each of `items`, in their order, on all cores.
fn in_parallel<T: Sync, R: Send>(items: &[T], look: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let look = &look;
    thread::scope(|scope| {
        let chunks = items.chunks(items.len().div_ceil(threads).max(1));
        let started: Vec<_> = chunks
            .map(|chunk| scope.spawn(move || chunk.iter().filter_map(look).collect::<Vec<_>>()))
            .collect();
        let joined = started.into_iter().map(|thread| match thread.join() {
            Ok(found) => found,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    })
}

/// The same for the same change of the same record, whatever it was found against.
fn fingerprint(new: &Lock, finding: &Finding, old: &Lock) -> String {
    let change = &finding.change;
    let text = [&new.record, finding.rule, &change.place, &change.summary(old)].join("\n");
    Sha256::digest(text.as_bytes())[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}
