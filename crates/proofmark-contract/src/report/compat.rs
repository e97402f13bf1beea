//! As a record of our own.

use proofmark::{Maybe, Record, Result};

use super::title;
use crate::class::{Direction, Level, Verdict};
use crate::codec::Codec;
use crate::compat::{Comparison, Judged, Outcome};
use crate::rules;
use crate::verdict::{Outcome as Seen, Witness};

/// What the gate found.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "compat_report.v1")]
pub struct ReportRecord {
    /// Whether the gate is closed.
    pub fails: bool,
    /// Records that are new.
    #[field(default)]
    pub added: Vec<String>,
    /// Records that are gone.
    #[field(default)]
    pub removed: Vec<String>,
    /// What changed.
    pub findings: Vec<FindingRecord>,
}

/// One finding.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct FindingRecord {
    /// What stays the same as long as the change does.
    pub fingerprint: String,
    /// The record.
    pub record: String,
    /// What it was compared with.
    pub against: String,
    /// The rule: `F15`.
    pub rule: String,
    /// The rule in a few words.
    pub title: String,
    /// How bad it is.
    pub level: Level,
    /// Where in the record.
    pub place: String,
    /// What changed.
    pub change: String,
    /// What both releases did, per format.
    pub verdicts: Vec<VerdictRecord>,
    /// The smallest bytes that show it.
    pub witnesses: Vec<WitnessRecord>,
    /// How many of the stored records it hits.
    #[field(absent = "none were looked at")]
    pub hits: Maybe<HitsRecord>,
    /// The cheapest way out.
    pub fix: String,
    /// Whether the gate closes because of it.
    pub fails: bool,
    /// Why it is let pass.
    #[field(absent = "it is not")]
    pub accepted: Maybe<String>,
}

/// How many stored records a change hits.
#[derive(Record, Clone, Copy, Debug, PartialEq)]
pub struct HitsRecord {
    /// Those that are refused, or read as something else.
    pub affected: u64,
    /// All of them.
    pub of: u64,
}

/// The verdicts in one format.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct VerdictRecord {
    /// The format.
    pub codec: Codec,
    /// The new release reads what the old one wrote.
    pub backward: Verdict,
    /// The old release reads what the new one writes.
    pub forward: Verdict,
}

/// Bytes that show a verdict.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct WitnessRecord {
    /// The format.
    pub codec: Codec,
    /// `new<-old` or `old<-new`: who read what who wrote.
    pub direction: String,
    /// What was written: JSON as it is, MessagePack in hexadecimal.
    pub bytes: String,
    /// What became of it.
    pub outcome: String,
}

/// What the gate found, as JSON.
///
/// # Errors
/// Does not fail on what a gate found.
pub fn json(outcome: &Outcome) -> Result<String> {
    let findings = outcome
        .comparisons
        .iter()
        .flat_map(|comparison| comparison.findings.iter().map(move |judged| finding(comparison, judged)));
    proofmark::json::to_string(&ReportRecord {
        fails: outcome.fails(),
        added: outcome.added.clone(),
        removed: outcome.removed.clone(),
        findings: findings.collect(),
    })
}

fn finding(comparison: &Comparison, judged: &Judged) -> FindingRecord {
    let finding = &judged.finding;
    let replayed = finding.judgement.iter();
    let verdicts = replayed.clone().flat_map(|found| &found.verdicts);
    FindingRecord {
        fingerprint: judged.fingerprint.clone(),
        record: comparison.record.clone(),
        against: comparison.against.clone(),
        rule: finding.rule.to_owned(),
        title: title(judged).to_owned(),
        level: finding.level,
        place: finding.change.place.clone(),
        change: finding.change.summary(&comparison.old),
        verdicts: verdicts
            .map(|(codec, verdicts)| VerdictRecord {
                codec: *codec,
                backward: verdicts.of(Direction::Backward),
                forward: verdicts.of(Direction::Forward),
            })
            .collect(),
        witnesses: replayed.flat_map(|found| &found.witnesses).map(witness).collect(),
        hits: judged
            .hits
            .map(|hits| HitsRecord { affected: hits.affected as u64, of: hits.of as u64 })
            .into(),
        fix: rules::rule(finding.rule).map_or_else(String::new, |rule| rule.fix.clone()),
        fails: judged.fails,
        accepted: judged.accepted.as_ref().map(|accepted| accepted.reason.clone()).into(),
    }
}

fn witness(witness: &Witness) -> WitnessRecord {
    WitnessRecord {
        codec: witness.codec,
        direction: witness.direction.name().to_owned(),
        bytes: witness.text(),
        outcome: witness.outcome.to_string(),
    }
}

impl Witness {
    /// What was written: JSON as it is, MessagePack in hexadecimal.
    pub fn text(&self) -> String {
        match self.codec {
            Codec::Json => String::from_utf8_lossy(&self.bytes).into_owned(),
            Codec::MessagePack => self.bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// `refused: Object contains unknown field`, `$.b was 1, read as 2`.
impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "refused: {error}"),
            Self::Other { place, written, read } => write!(f, "{place} was {written}, read as {read}"),
        }
    }
}
