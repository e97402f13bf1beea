//! What is to be said about a change: the rule, the verdicts, the bytes that show them.

use proofmark::Maybe;

use crate::class::{Level, Verdicts};
use crate::code::Code;
use crate::codec::Codec;
use crate::drift::{self, Change};
use crate::lock::Lock;
use crate::rules;
use crate::verdict::{self, Hits, Judgement, Stored};

/// One change and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule: `F15`.
    pub rule: &'static str,
    /// The change.
    pub change: Change,
    /// How bad it is.
    pub level: Level,
    /// What both releases did when it was tried, or do by the rule; none where a release cannot be replayed.
    pub judgement: Option<Judgement>,
}

/// All findings between two locks of one record.
///
/// # Examples
/// ```
/// use proofmark::Record;
/// use proofmark_contract::{Entry, Registry, Use, findings};
///
/// mod before {
///     #[derive(proofmark::Record)]
///     pub struct Cursor { pub version: u64 }
/// }
/// mod after {
///     #[derive(proofmark::Record)]
///     pub struct Cursor { pub version: u64, #[field(default)] pub filter: String }
/// }
///
/// let before = Registry::new().record::<before::Cursor>("cursor", 1, Use::Cursor).locks()?;
/// let after = Registry::new().record::<after::Cursor>("cursor", 1, Use::Cursor).locks()?;
/// let found = findings(&before[0], &after[0]);
/// assert_eq!(found[0].rule, "F3");
/// assert_eq!(found[0].level.name(), "backward-only");
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn findings(old: &Lock, new: &Lock) -> Vec<Finding> {
    findings_with_code(old, new, None)
}

/// As [`findings`], where the new release's own code is at hand.
///
/// It plays the new release where that differs by one change from the old one. A release of several changes has no code
/// in which one of them is made alone: then its lock plays, change by change.
pub fn findings_with_code(old: &Lock, new: &Lock, code: Option<&Code>) -> Vec<Finding> {
    tried(old, new, code, &[]).into_iter().map(|tried| tried.finding).collect()
}

/// A finding, and how many stored records it hits.
pub(crate) struct Tried {
    pub(crate) finding: Finding,
    /// None where there are no records to look at.
    pub(crate) hits: Option<Hits>,
}

/// All findings, each tried on what is stored of the record.
pub(crate) fn tried(old: &Lock, new: &Lock, code: Option<&Code>, stored: &[&Stored]) -> Vec<Tried> {
    let changes = drift::changes(old, new);
    let code = code.filter(|_| changes.len() == 1);
    let try_one = |change: Change| {
        let changed = drift::with_change(old, new, &change);
        let hits = changed.as_ref().and_then(|changed| verdict::hits(old, changed, stored));
        Tried { finding: finding(old, new, change, changed, code), hits }
    };
    changes.into_iter().map(try_one).collect()
}

fn finding(old: &Lock, new: &Lock, change: Change, changed: Option<Lock>, code: Option<&Code>) -> Finding {
    let id = rules::classify_changed(old, new, &change, changed.as_ref());
    let rule = rules::rule(id);
    let judgement = match rule.map(|rule| &rule.assumed) {
        Some(Maybe::Set(verdicts)) => Some(assumed(&new.codecs, *verdicts)),
        _ => changed.and_then(|changed| verdict::judge_changed(old, new, &change, &changed, code)),
    };
    let level = match rule.map(|rule| rule.level) {
        Some(Maybe::Set(level)) => level,
        // What cannot be tried is taken for the worst that breaks.
        _ => judgement.as_ref().map_or(Level::Breaking, |found| Level::of(found.verdicts.iter().copied())),
    };
    Finding { rule: id, change, level, judgement }
}

/// What a rule says where nothing can be tried: a meaning, a check in code.
fn assumed(codecs: &[Codec], verdicts: Verdicts) -> Judgement {
    let verdicts = codecs.iter().map(|&codec| (codec, verdicts)).collect();
    Judgement { verdicts, witnesses: Vec::new() }
}
