//! What waits.

use std::path::PathBuf;

use proofmark_contract::compat::{Acceptance, FailOn, Gate, ledger};
use proofmark_contract::lock::{self, Lock};
use proofmark_contract::rules;

use super::golden::Pending;
use crate::args::Locks;
use crate::catalogue::catalogue;
use crate::cmd::compat::baseline;
use crate::cmd::lock::contract;
use crate::failure::{Failure, Result};
use crate::render::text::escape;
use crate::suggest;

/// One thing that waits for a decision.
pub(super) enum Item {
    /// A test found another result than its golden.
    Golden(Pending),
    /// A lock is not what the code says.
    Lock(Box<Lock>, Vec<String>),
    /// A change that closes the gate.
    Finding { fingerprint: String, lines: Vec<String> },
}

impl Item {
    /// What it is.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Golden(_) => "golden ",
            Self::Lock(..) => "lock   ",
            Self::Finding { .. } => "finding",
        }
    }

    /// What it is called: a path, a file, a fingerprint.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Golden(pending) => pending.name(),
            Self::Lock(lock, _) => lock::file_name(&lock.record),
            Self::Finding { fingerprint, .. } => fingerprint.clone(),
        }
    }

    /// What is to be known about it.
    pub(super) fn lines(&self) -> Vec<String> {
        match self {
            Self::Golden(pending) => pending.lines(),
            Self::Lock(_, lines) | Self::Finding { lines, .. } => lines.clone(),
        }
    }

    /// Whether there is something to throw away.
    pub(super) const fn can_be_rejected(&self) -> bool {
        matches!(self, Self::Golden(_))
    }

    /// Whether it is not let pass without a reason.
    pub(super) const fn needs_reason(&self) -> bool {
        matches!(self, Self::Finding { .. })
    }
}

/// All that waits: goldens first, then what closes the gate, then locks.
pub(super) struct Queue {
    items: Vec<Item>,
    dir: PathBuf,
}

impl Queue {
    pub(super) fn read(locks: &Locks, goldens: &[PathBuf]) -> Result<Self> {
        let mut items = Vec::new();
        for dir in goldens {
            items.extend(Pending::below(dir)?.into_iter().map(Item::Golden));
        }
        let now = catalogue().locks().map_err(contract)?;
        let gate = Gate {
            fail_on: FailOn::Policy,
            accepted: ledger::read(&locks.dir).map_err(contract)?,
            today: jiff::Zoned::now().date().to_string(),
            ..Gate::default()
        };
        let outcome = gate.compare(&now, &baseline::kept(locks)?);
        let mut changes = Vec::new();
        for comparison in &outcome.comparisons {
            for judged in &comparison.findings {
                let finding = &judged.finding;
                let title = rules::rule(finding.rule).map_or("", |rule| &*rule.title);
                let summary = escape(&finding.change.summary(&comparison.old)).into_owned();
                let line = format!("{} {}  {}  {summary}", finding.rule, finding.level, finding.change.place);
                changes.push((comparison.record.clone(), line.clone()));
                let is_new = !items.iter().any(|item: &Item| item.name() == judged.fingerprint);
                if judged.fails && is_new {
                    let about =
                        format!("{} against {}: {title}", comparison.record, escape(&comparison.against));
                    items.push(Item::Finding {
                        fingerprint: judged.fingerprint.clone(),
                        lines: vec![about, line],
                    });
                }
            }
        }
        let stale = lock::stale(&now, &locks.dir).map_err(contract)?;
        for lock in stale.written {
            let lines =
                changes.iter().filter(|(record, _)| *record == lock.record).map(|(_, line)| line.clone());
            let lines = lines.collect();
            items.push(Item::Lock(Box::new(lock), lines));
        }
        Ok(Self { items, dir: locks.dir.clone() })
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Accepts what is called `name`; what was done.
    pub(super) fn accept(&mut self, name: &str, reason: Option<&str>, until: Option<&str>) -> Result<String> {
        let at = self.find(name)?;
        match &self.items[at] {
            Item::Golden(pending) => pending.accept()?,
            Item::Lock(lock, _) => lock::update(lock, &self.dir).map_err(contract)?,
            Item::Finding { fingerprint, .. } => self.let_pass(fingerprint, reason, until)?,
        }
        self.items.remove(at);
        Ok(format!("accepted {}", escape(name)))
    }

    /// Lets a finding pass, for a reason and until a day.
    fn let_pass(&self, fingerprint: &str, reason: Option<&str>, until: Option<&str>) -> Result<()> {
        let Some(reason) = reason.filter(|reason| !reason.is_empty()) else {
            return Err(
                Failure::usage("a finding is let pass for a reason").with_help("`--reason \"…\"` says it")
            );
        };
        let acceptance = Acceptance::new(fingerprint, reason, until);
        let acceptance = acceptance.map_err(|error| Failure::usage(escape(&error.to_string())))?;
        ledger::add(&self.dir, acceptance).map_err(contract)
    }

    /// Throws away the result that is called `name`; what was done.
    pub(super) fn reject(&mut self, name: &str) -> Result<String> {
        let at = self.find(name)?;
        let Item::Golden(pending) = &self.items[at] else {
            return Err(Failure::usage(format!("`{}` is no result that could be thrown away", escape(name)))
                .with_help("change the code, or accept it"));
        };
        pending.reject()?;
        self.items.remove(at);
        Ok(format!("rejected {}", escape(name)))
    }

    fn find(&self, name: &str) -> Result<usize> {
        let names: Vec<String> = self.items.iter().map(Item::name).collect();
        names.iter().position(|found| found == name).ok_or_else(|| {
            Failure::incomplete(format!("nothing that is called `{}` waits", escape(name)))
                .with_help(suggest::among(name, names.iter().map(String::as_str)))
        })
    }
}
