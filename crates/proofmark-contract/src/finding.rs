//! What is to be said about a change: the rule, the verdicts, the bytes that show them.

use proofmark::Maybe;

use crate::class::{Level, Verdicts};
use crate::codec::Codec;
use crate::drift::{self, Change};
use crate::lock::Lock;
use crate::rules::{self, Rule};
use crate::verdict::{self, Judgement};

/// One change and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule: `F15`.
    pub rule: &'static str,
    /// The change.
    pub change: Change,
    /// How bad it is.
    pub level: Level,
    /// What both releases did when it was tried; none where locks cannot show it.
    pub replayed: Option<Judgement>,
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
    drift::changes(old, new).into_iter().map(|change| finding(old, new, change)).collect()
}

fn finding(old: &Lock, new: &Lock, change: Change) -> Finding {
    let id = rules::classify(old, new, &change);
    let replayed = verdict::judge(old, new, &change);
    let level = rules::rule(id).map_or(Level::Breaking, |rule| level(rule, new, replayed.as_ref()));
    Finding { rule: id, change, level, replayed }
}

/// The level of a change: as the rule says where no reader can tell, and else by what the releases did.
fn level(rule: &Rule, new: &Lock, replayed: Option<&Judgement>) -> Level {
    if let Maybe::Set(level) = rule.level {
        return level;
    }
    match (&rule.assumed, replayed) {
        (Maybe::Set(assumed), _) => Level::of(of_all(&new.codecs, *assumed)),
        (Maybe::Unset, Some(replayed)) => Level::of(replayed.verdicts.iter().copied()),
        // What cannot be tried is taken for the worst that breaks.
        (Maybe::Unset, None) => Level::Breaking,
    }
}

fn of_all(codecs: &[Codec], verdicts: Verdicts) -> impl Iterator<Item = (Codec, Verdicts)> + '_ {
    codecs.iter().map(move |&codec| (codec, verdicts))
}
