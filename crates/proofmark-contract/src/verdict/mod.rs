//! What a change does, found by doing it: values are written by one release and read by the other.

mod corpus;
mod meaning;
mod release;
mod witness;

pub(crate) use corpus::hits;
pub use corpus::{Hits, Stored};
pub use witness::{Actor, Outcome, Witness};

use self::release::Release;
use crate::class::{Direction, Verdict, Verdicts};
use crate::code::Code;
use crate::codec::Codec;
use crate::drift::{self, Change, Edit};
use crate::lock::{Definition, FieldLock, Lock, RecordLock, Type};
use crate::sample::{Focus, Words};

/// What a change does in each format.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The verdicts per format.
    pub verdicts: Vec<(Codec, Verdicts)>,
    /// The smallest bytes that show each verdict other than `ok`.
    pub witnesses: Vec<Witness>,
}

/// Makes one change to the old lock, and lets both releases read what the other writes.
///
/// `None` where a release cannot be replayed from its lock, or no value of it be made up, so that nothing was tried.
pub fn judge(old: &Lock, new: &Lock, change: &Change) -> Option<Judgement> {
    judge_changed(old, new, change, &drift::with_change(old, new, change)?, None)
}

/// As [`judge`], where the old lock with that change made is known, and the code if that is what it does.
pub(crate) fn judge_changed(
    old: &Lock,
    new: &Lock,
    change: &Change,
    changed: &Lock,
    code: Option<&Code>,
) -> Option<Judgement> {
    let ty = change.definition.as_ref().map_or_else(|| old.root.clone(), |name| Type::Named(name.clone()));
    let new_type = if change.definition.is_some() { ty.clone() } else { changed.root.clone() };
    let focus = focus(old, changed, change);
    let words = Words::of_change(old, new, change);
    let before = Release::new(old, &ty, &words, focus.as_deref(), None)?;
    let after = Release::new(changed, &new_type, &words, focus.as_deref(), code)?;
    // What one format has no words for is nowhere in it; what neither has words for was not tried.
    let can_write = |release: &Release<'_>| new.codecs.iter().any(|codec| release.can_write(*codec));
    if !can_write(&before) || !can_write(&after) {
        return None;
    }
    let mut judgement = Judgement { verdicts: Vec::new(), witnesses: Vec::new() };
    for &codec in &new.codecs {
        let mut verdict = |direction| {
            let (writer, reader) = match direction {
                Direction::Backward => (&before, &after),
                Direction::Forward => (&after, &before),
            };
            let (verdict, witness) = witness::exchange(writer, reader, codec, direction);
            judgement.witnesses.extend(witness);
            verdict
        };
        let verdicts =
            Verdicts { backward: verdict(Direction::Backward), forward: verdict(Direction::Forward) };
        judgement.verdicts.push((codec, verdicts));
    }
    Some(judgement)
}

/// The field that is varied, by what it was first known as; none where all are.
fn focus(old: &Lock, changed: &Lock, change: &Change) -> Option<String> {
    let record = |lock: &Lock| match lock.types.get(change.definition.as_deref()?)? {
        Definition::Record(record) => Some(record.clone()),
        _ => None,
    };
    let (at, record): (usize, RecordLock) = match &change.edit {
        Edit::AddField { at, .. } => (*at, record(changed)?),
        Edit::RemoveField { at } | Edit::Field { at, .. } => (*at, record(old)?),
        _ => return None,
    };
    // In a sequence, one field moves all that come behind it.
    if record.positional {
        return None;
    }
    record.fields.get(at).map(FieldLock::identity).map(str::to_owned)
}

impl Verdict {
    /// The verdict of so many values that were read as they were meant, refused, or read as something else.
    ///
    /// # Examples
    /// ```
    /// use proofmark_contract::class::Verdict;
    /// assert_eq!(Verdict::of_counts(5, 1, 0), Verdict::Conditional);
    /// // One value that nobody notices is worse than any that is refused.
    /// assert_eq!(Verdict::of_counts(5, 1, 1), Verdict::Silent);
    /// ```
    pub const fn of_counts(same: usize, refused: usize, other: usize) -> Self {
        match (same, refused, other) {
            (_, _, 1..) => Self::Silent,
            (_, 0, 0) => Self::Ok,
            (0, _, 0) => Self::Refused,
            (_, _, 0) => Self::Conditional,
        }
    }
}

/// The focus of samples.
pub(crate) fn as_focus(field: Option<&str>) -> Focus<'_> {
    field.map_or(Focus::All, Focus::Field)
}
