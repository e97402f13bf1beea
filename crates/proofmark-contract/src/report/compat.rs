//! What `compat` found, as a record: every other form is rendered from it.

use std::fmt;

use proofmark::{Maybe, Record};

use crate::class::{Direction, Level, Verdict, Verdicts};
use crate::codec::Codec;
use crate::compat::{Accepted, Bump, Comparison, Judged, Outcome, Unread};
use crate::lock::{Lines, Region};
use crate::rules;
use crate::usage::Use;
use crate::verdict::{Actor, Hits, Outcome as Seen, Witness};

/// What changed between the records of now and those of before, and whom it breaks.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "compat_report.v1")]
pub struct CompatReport {
    /// Whether the gate is closed.
    pub fails: bool,
    /// The step of the version that all of this asks for.
    pub needs: Bump,
    /// The greatest step that is meant.
    #[field(absent = "not said")]
    pub allowed: Maybe<Bump>,
    /// The directory of the lock files.
    pub locks: String,
    /// What changed, per record and time before.
    pub comparisons: Vec<ComparisonReport>,
    /// Records that are new.
    #[field(default)]
    pub added: Vec<String>,
    /// Records that are gone.
    #[field(default)]
    pub removed: Vec<String>,
    /// Stored records that the code of today does not read.
    #[field(default)]
    pub unread: Vec<UnreadReport>,
}

/// What changed about one record since some time before.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ComparisonReport {
    /// The record.
    pub record: String,
    /// What it is used for, which says how far it may drift.
    pub used_as: Use,
    /// What it was compared with.
    pub against: String,
    /// What changed.
    pub findings: Vec<FindingReport>,
}

/// One change.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct FindingReport {
    /// What stays the same as long as the change does.
    pub fingerprint: String,
    /// The rule: `F15`.
    pub rule: String,
    /// The rule in a few words.
    pub title: String,
    /// How bad it is.
    pub level: Level,
    /// Where in the record.
    pub place: String,
    /// The line in the lock file of the record where that is.
    pub line: u64,
    /// All that the lock file says about it.
    #[field(absent = "written before regions were told")]
    pub region: Maybe<Region>,
    /// What changed.
    pub change: String,
    /// The step of the version that it asks for.
    pub needs: Bump,
    /// What both releases did, per format.
    pub verdicts: Vec<VerdictReport>,
    /// The smallest bytes that show it.
    pub witnesses: Vec<WitnessReport>,
    /// How many of the stored records it hits.
    #[field(absent = "none were looked at")]
    pub hits: Maybe<HitsReport>,
    /// The cheapest way out.
    pub fix: String,
    /// Whether the gate closes because of it.
    pub fails: bool,
    /// Why it is let pass.
    #[field(absent = "it is not")]
    pub accepted: Maybe<AcceptedReport>,
}

/// The verdicts in one format.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct VerdictReport {
    /// The format.
    pub codec: Codec,
    /// The new release reads what the old one wrote.
    pub backward: Verdict,
    /// The old release reads what the new one writes.
    pub forward: Verdict,
}

/// Bytes that show a verdict.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct WitnessReport {
    /// The format.
    pub codec: Codec,
    /// Who read what who wrote.
    pub direction: Direction,
    /// What was written: JSON as it is, MessagePack in hexadecimal.
    pub bytes: String,
    /// What became of it.
    pub outcome: String,
    /// Who played the new release.
    pub actor: Actor,
}

/// How many stored records a change hits.
#[derive(Record, Clone, Copy, Debug, PartialEq)]
pub struct HitsReport {
    /// Those that are refused, or read as something else.
    pub affected: u64,
    /// All of them.
    pub of: u64,
}

/// Why a change is let pass.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct AcceptedReport {
    /// The reason.
    pub reason: String,
    /// The last day: `2026-12-01`.
    #[field(absent = "for good")]
    pub until: Maybe<String>,
}

/// A stored record that the code of today does not read.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct UnreadReport {
    /// The record.
    pub record: String,
    /// Where it is stored.
    pub place: String,
    /// Why it is refused.
    pub error: String,
    /// Whether the gate closes because of it.
    pub fails: bool,
}

impl CompatReport {
    /// What the gate found, as a record. `locks` is the directory of the lock files.
    pub fn of(outcome: &Outcome, locks: &str) -> Self {
        Self {
            fails: outcome.fails(),
            needs: outcome.needs(),
            allowed: outcome.allowed.into(),
            locks: locks.to_owned(),
            comparisons: outcome.comparisons.iter().map(comparison).collect(),
            added: outcome.added.clone(),
            removed: outcome.removed.clone(),
            unread: outcome.unread.iter().map(unread).collect(),
        }
    }

    /// The numbers of findings per level, the worst first: `1 silent, 2 compatible`.
    pub fn summary(&self) -> String {
        let count = |level| self.findings().filter(|(_, finding)| finding.level == level).count();
        let levels = Level::ALL.into_iter().rev().map(|level| (count(level), level.name()));
        let others = [(self.removed.len(), "gone"), (self.unread.len(), "not read")];
        let told = levels.chain(others).filter(|(count, _)| *count > 0);
        let told: Vec<_> = told.map(|(count, what)| format!("{count} {what}")).collect();
        if told.is_empty() { "nothing changed".to_owned() } else { told.join(", ") }
    }

    /// All findings, each with the comparison that it is from.
    pub fn findings(&self) -> impl Iterator<Item = (&ComparisonReport, &FindingReport)> {
        self.comparisons
            .iter()
            .flat_map(|comparison| comparison.findings.iter().map(move |finding| (comparison, finding)))
    }
}

fn comparison(from: &Comparison) -> ComparisonReport {
    let lines = Lines::of(&from.new);
    ComparisonReport {
        record: from.record.clone(),
        used_as: from.new.used_as,
        against: from.against.clone(),
        findings: from.findings.iter().map(|judged| finding(from, judged, &lines)).collect(),
    }
}

fn finding(comparison: &Comparison, judged: &Judged, lines: &Lines) -> FindingReport {
    let found = &judged.finding;
    let rule = rules::rule(found.rule);
    let text = |of: fn(&rules::Rule) -> &String| rule.map_or_else(String::new, |rule| of(rule).clone());
    let replayed = found.judgement.iter();
    let region = lines.find(found.change.definition.as_deref(), last_name(&found.change.place));
    let verdicts = replayed.clone().flat_map(|found| &found.verdicts);
    FindingReport {
        fingerprint: judged.fingerprint.clone(),
        rule: found.rule.to_owned(),
        title: text(|rule| &rule.title),
        level: found.level,
        line: region.line,
        region: Maybe::Set(region),
        place: found.change.place.clone(),
        change: found.change.summary(&comparison.old),
        needs: judged.needs,
        verdicts: verdicts.map(|&(codec, verdicts)| VerdictReport::of(codec, verdicts)).collect(),
        witnesses: replayed.flat_map(|found| &found.witnesses).map(witness).collect(),
        hits: judged.hits.map(hits).into(),
        fix: text(|rule| &rule.fix),
        fails: judged.fails,
        accepted: judged.accepted.as_ref().map(accepted).into(),
    }
}

/// The field that a place ends with.
fn last_name(place: &str) -> &str {
    place.rsplit('.').next().unwrap_or_default().trim_end_matches(['[', ']', '{', '}'])
}

impl VerdictReport {
    const fn of(codec: Codec, Verdicts { backward, forward }: Verdicts) -> Self {
        Self { codec, backward, forward }
    }

    /// The verdict of a direction.
    pub const fn in_direction(&self, direction: Direction) -> Verdict {
        Verdicts { backward: self.backward, forward: self.forward }.of(direction)
    }
}

fn witness(witness: &Witness) -> WitnessReport {
    WitnessReport {
        codec: witness.codec,
        direction: witness.direction,
        bytes: witness.text(),
        outcome: witness.outcome.to_string(),
        actor: witness.actor,
    }
}

const fn hits(hits: Hits) -> HitsReport {
    HitsReport { affected: hits.affected as u64, of: hits.of as u64 }
}

fn accepted(accepted: &Accepted) -> AcceptedReport {
    AcceptedReport { reason: accepted.reason.clone(), until: accepted.until.clone().into() }
}

fn unread(from: &Unread) -> UnreadReport {
    let Unread { record, place, error, fails } = from.clone();
    UnreadReport { record, place, error, fails }
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
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "refused: {error}"),
            Self::Other { place, written, read } => write!(f, "{place} was {written}, read as {read}"),
        }
    }
}
