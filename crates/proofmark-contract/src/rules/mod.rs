//! The rules: what each kind of change does, and why. A rule is a file of `catalogue/`: its words, and the cases that show
//! it, each with the verdicts that both releases must give when it is replayed.

mod bounds;
mod choices;
mod fields;
mod presence;
mod record;
mod retyped;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proofmark::{Maybe, Record, json};

use crate::class::{Level, Verdicts};
use crate::drift::{self, Change, Edit, Edited};
use crate::lock::{Bounds, Definition, Lock};

/// A rule of the catalogue.
#[derive(Record, Clone, Debug)]
pub struct Rule {
    /// `F15`
    pub id: String,
    /// The change, in a few words.
    pub title: String,
    /// What happens, and why.
    pub why: String,
    /// The cheapest way out.
    pub fix: String,
    /// Why no lock shows it, where none does.
    #[field(absent = "locks show it")]
    pub unseen: Maybe<String>,
    /// The verdicts, where a replica cannot tell: what code checks.
    #[field(absent = "they are found by replaying")]
    pub assumed: Maybe<Verdicts>,
    /// The level of what changes bytes or words and no reader's mind.
    #[field(absent = "it follows from the verdicts")]
    pub level: Maybe<Level>,
    /// Changes that show it.
    #[field(default)]
    pub cases: Vec<Case>,
}

impl Rule {
    /// How bad a change under this rule is that has such verdicts.
    ///
    /// # Examples
    /// ```
    /// use proofmark_contract::class::{Level, Verdict, Verdicts};
    /// use proofmark_contract::rules;
    ///
    /// let rule = rules::rule("N2").expect("there is such a rule");
    /// let verdicts = Verdicts { backward: Verdict::Conditional, forward: Verdict::Ok };
    /// assert_eq!(rule.level_of(verdicts), Level::ForwardOnly);
    /// ```
    pub fn level_of(&self, verdicts: Verdicts) -> Level {
        match self.level {
            Maybe::Set(level) => level,
            Maybe::Unset => verdicts.level(),
        }
    }
}

/// A change that shows a rule: the type `#R` before and after.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Case {
    /// The definitions before.
    pub old: BTreeMap<String, Definition>,
    /// The definitions after.
    pub new: BTreeMap<String, Definition>,
    /// What JSON readers do.
    pub json: Verdicts,
    /// What MessagePack readers do.
    pub msgpack: Verdicts,
    /// The level where both releases refuse unknown fields.
    pub strict: Level,
    /// The level where both skip them.
    pub open: Level,
}

macro_rules! catalogue {
    ($($id:ident)*) => {
        const FILES: &[(&str, &str)] = &[$(
            (stringify!($id), include_str!(concat!("catalogue/", stringify!($id), ".json"))),
        )*];
    };
}

catalogue! {
    F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24
    N1 N2 N3 N4 N5 N6 N7 N8 N9 N10
    T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16 T17 T18 T19 T20
    C1 C2 C3 C4 C5 C6 C7 C8 C9 C10
    E1 E2 E3 E4 E5 E6 E7
    U1 U2 U3 U4 U5 U6 U7 U8 U9
    A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11
    X1 X2 X3 X4 X5 X6 X7
    K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11
}

/// All rules, in the order of the catalogue.
///
/// # Examples
/// ```
/// use proofmark_contract::rules;
/// assert_eq!(rules::rule("F15").map(|rule| &*rule.title), Some("default changed, and left out of the output"));
/// assert!(rules::rules().len() > 90);
/// ```
pub fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| FILES.iter().filter_map(|(_, text)| json::from_str(text).ok()).collect())
}

/// The rule of an id, in either case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// The id of the rule for a change.
pub fn classify(old: &Lock, new: &Lock, change: &Change) -> &'static str {
    classify_changed(old, new, change, drift::with_change(old, new, change).as_ref())
}

/// As [`classify`], where the old lock with that change made is known.
pub(crate) fn classify_changed(
    old: &Lock,
    new: &Lock,
    change: &Change,
    changed: Option<&Lock>,
) -> &'static str {
    let definition = |lock: &Lock| lock.types.get(change.definition.as_deref()?).cloned();
    let context = Context { old, new, before: definition(old), after: changed.and_then(definition) };
    match &change.edit {
        Edit::AddField { .. } | Edit::RemoveField { .. } | Edit::Restyle { .. } | Edit::Reorder { .. } => {
            fields::rule(&context, &change.edit)
        }
        Edit::Field { at, edited } => fields::edited(&context, *at, edited),
        Edit::AddVariant(_) | Edit::RemoveVariant { .. } | Edit::Respell { .. } | Edit::Open { .. } => {
            choices::variants(&context, &change.edit)
        }
        Edit::AddMember(_) => "U1",
        Edit::RemoveMember { .. } => "U2",
        Edit::TagField(_) => "U4",
        Edit::Fallback(_) => "U9",
        Edit::NewtypeBounds(bounds) => bounds::rule(&context.newtype_bounds(), bounds),
        Edit::Replace { inner, .. } => retyped::rule(&context, &inner.0, &inner.1),
        edit => record::rule(&context, edit),
    }
}

/// The constraints of before and after, where a change is about those.
pub(crate) fn bounds_of_change(old: &Lock, new: &Lock, change: &Change) -> Option<(Bounds, Bounds)> {
    let before = change.definition.as_deref().and_then(|name| old.types.get(name));
    match (&change.edit, before) {
        (Edit::Field { at, edited: Edited::Bounds(bounds) }, Some(Definition::Record(record))) => {
            Some((record.fields.get(*at)?.bounds.clone(), bounds.clone()))
        }
        (Edit::NewtypeBounds(bounds), Some(Definition::Newtype(newtype))) => {
            Some((newtype.bounds.clone(), bounds.clone()))
        }
        (Edit::Field { edited: Edited::Type { inner, .. }, .. } | Edit::Replace { inner, .. }, _) => {
            Some((retyped::bounds(old, &inner.0), retyped::bounds(new, &inner.1)))
        }
        _ => None,
    }
}

/// A change with what it was made to.
struct Context<'a> {
    old: &'a Lock,
    new: &'a Lock,
    before: Option<Definition>,
    after: Option<Definition>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_rule_of_its_name() {
        for (id, text) in FILES {
            let rule: Rule = json::from_str(text).unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(rule.id, *id);
            assert_eq!(rule.cases.is_empty(), rule.unseen != Maybe::Unset, "{id} needs cases, or a reason");
        }
        assert_eq!(rules().len(), FILES.len());
    }
}
