//! Rules for constraints: C.

use std::cmp::Ordering;

use proofmark::{Maybe, Value};

use crate::language::{self, Texts};
use crate::lock::Bounds;

/// Which values a change of constraints takes away or lets in.
#[derive(Clone, Copy, Default)]
struct Effect {
    tighter: bool,
    looser: bool,
}

/// The rule for constraints that changed.
pub(super) fn rule(old: &Bounds, new: &Bounds) -> &'static str {
    if old.tz != new.tz {
        return "T16";
    }
    if old.pattern != new.pattern {
        return text_rule(old, new);
    }
    match (&old.multiple_of, &new.multiple_of) {
        (Maybe::Set(old), Maybe::Set(new)) if old != new => return "C5",
        _ => {}
    }
    match effect(old, new) {
        Effect { tighter: true, looser: false } => "C1",
        Effect { tighter: false, looser: true } => "C2",
        _ => "C4",
    }
}

/// The rule for texts: which of them each side allows is found out, not guessed.
fn text_rule(old: &Bounds, new: &Bounds) -> &'static str {
    match language::compare(old, new) {
        None => "C10",
        Some(Texts { only_old: None, only_new: None, .. }) => "C9",
        Some(Texts { only_new: None, .. }) => "C1",
        Some(Texts { only_old: None, .. }) => "C2",
        Some(_) => "C3",
    }
}

fn effect(old: &Bounds, new: &Bounds) -> Effect {
    let len = |len: Maybe<u64>| len.map(Value::from);
    let mut effect = Effect::default();
    for (old, new) in [(&old.ge, &new.ge), (&old.gt, &new.gt), (&len(old.min_len), &len(new.min_len))] {
        effect.add(old, new, Ordering::Greater);
    }
    for (old, new) in [(&old.le, &new.le), (&old.lt, &new.lt), (&len(old.max_len), &len(new.max_len))] {
        effect.add(old, new, Ordering::Less);
    }
    effect.add(&old.multiple_of, &new.multiple_of, Ordering::Less);
    effect
}

impl Effect {
    /// Adds a bound that is tighter where it is `tighter` than it was.
    fn add(&mut self, old: &Maybe<Value>, new: &Maybe<Value>, tighter: Ordering) {
        match (old, new) {
            (Maybe::Unset, Maybe::Set(_)) => self.tighter = true,
            (Maybe::Set(_), Maybe::Unset) => self.looser = true,
            (Maybe::Set(old), Maybe::Set(new)) => {
                let order = compare(new, old);
                self.tighter |= order == tighter;
                self.looser |= order == tighter.reverse();
            }
            (Maybe::Unset, Maybe::Unset) => {}
        }
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a.as_i128(), b.as_i128(), a.as_f64(), b.as_f64()) {
        (Some(a), Some(b), ..) => a.cmp(&b),
        (_, _, Some(a), Some(b)) => a.total_cmp(&b),
        _ => Ordering::Equal,
    }
}
