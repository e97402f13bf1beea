//! The drift of a run's records, as the locks of the release that wrote it tell.

use proofmark::Maybe;
use proofmark_contract::class::Level;
use proofmark_contract::compat::{Gate, ledger};
use proofmark_contract::report::{CompatReport, FindingReport};
use proofmark_report::{Drift, DriftBasis, DriftFinding, DriftLevel};

use crate::args::Locks;
use crate::catalogue::catalogue;
use crate::cmd::compat::bundle;
use crate::cmd::lock::contract;
use crate::failure::{Failure, Result};
use crate::reference::Opened;

/// The program that writes bundles, as they name it.
const OURS: &str = concat!("proofmark ", env!("CARGO_PKG_VERSION"));

/// Judges the records of a run by the locks of the release that wrote them, where these are at hand. That they are not, or
/// cannot be read, keeps nobody from a report.
pub(super) fn drift(run: &Opened, locks: &Locks) -> Drift {
    match judged(run, locks) {
        Ok(drift) => drift,
        Err(_) if run.writer() == OURS && !has_locks(locks) => {
            Drift::new(run.writer(), DriftBasis::SameRelease)
        }
        Err(failure) => Drift::new(run.writer(), DriftBasis::Nothing(told(&failure))),
    }
}

/// Whether locks of this release are kept. Without them it is its own lock.
fn has_locks(locks: &Locks) -> bool {
    locks.release(env!("CARGO_PKG_VERSION")).is_ok_and(|dir| dir.exists())
}

fn judged(run: &Opened, locks: &Locks) -> Result<Drift> {
    let (baseline, stored) = bundle::read(run, locks)?;
    let gate = Gate {
        accepted: ledger::read(&locks.dir).map_err(contract)?,
        corpus: stored,
        code: catalogue(),
        today: jiff::Zoned::now().date().to_string(),
        ..Gate::default()
    };
    let now = catalogue().locks().map_err(contract)?;
    let report = CompatReport::of(&gate.compare(&now, &[baseline]), "");
    Ok(Drift {
        findings: report.findings().map(|(comparison, it)| finding(&comparison.record, it)).collect(),
        unread: report.unread.iter().map(|it| (it.record.clone(), it.error.clone())).collect(),
        ..Drift::new(run.writer(), DriftBasis::Locks)
    })
}

/// The first line of why there is nothing to judge by: what follows is for who gave the command.
fn told(failure: &Failure) -> String {
    failure.to_string().lines().next().unwrap_or_default().to_owned()
}

fn finding(record: &str, it: &FindingReport) -> DriftFinding {
    DriftFinding {
        record: record.to_owned(),
        rule: it.rule.clone(),
        title: it.title.clone(),
        change: it.change.clone(),
        level: level(it.level),
        hits: it.hits.as_ref().into_option().map(|hits| hits.affected),
        accepted: match &it.accepted {
            Maybe::Set(accepted) => Some((accepted.reason.clone(), accepted.until.clone().into_option())),
            Maybe::Unset => None,
        },
    }
}

/// What a change means for who reads what is stored: that older releases do not read new records harms no stored one.
const fn level(level: Level) -> DriftLevel {
    match level {
        Level::None => DriftLevel::None,
        Level::Representation | Level::Compatible | Level::BackwardOnly => DriftLevel::Compatible,
        Level::ForwardOnly | Level::Breaking => DriftLevel::Breaking,
        Level::Silent => DriftLevel::Silent,
    }
}
