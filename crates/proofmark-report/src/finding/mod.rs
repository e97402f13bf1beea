//! What a reader should look at first, in words, each with its evidence.
//!
//! One rule, one file, one function from the facts to findings, with a case that fires and one that does not.

mod build_side_larger;
mod cross_join;
mod damaged_artifact;
mod dynamic_filter_idle;
mod estimate_off;
mod exploding_join;
mod memory_exhausted;
mod memory_near_limit;
mod missing_artifact;
mod partial_aggregate_idle;
mod schema_change;
mod serial_bottleneck;
mod skew;
mod spill;
mod statement_failed;
mod tiny_files;
mod uncommitted_changes;
mod union_distinct;
mod unread_artifact;
mod unstable_function;
mod weak_pruning;

#[cfg(test)]
mod case;

use proofmark_artifacts::DiagnosticEvent;

use crate::figure::Figure;
use crate::place::Place;
use crate::plan_tree::{Operator, PlanTree, anchor, plan_trees};
use crate::recorded::Recorded;

/// Something about a run that a reader should know.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Name of the rule.
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    /// What is the matter, in one sentence.
    pub(crate) title: String,
    /// What it means, and what to do.
    pub(crate) advice: &'static str,
    /// The numbers that say so.
    pub(crate) evidence: Vec<(&'static str, Figure)>,
    /// Where in the page to look: a name of a place, and what to call it.
    pub(crate) link: Option<(String, String)>,
    /// Among findings of one severity, the larger comes first.
    pub(crate) weight: f64,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// The run or its record is not what was wanted.
    Error,
    /// Time, memory or money is lost.
    Warning,
    /// Worth knowing.
    Note,
}

/// What the rules look at.
pub(crate) struct Facts<'a> {
    pub(crate) run: &'a Recorded,
    pub(crate) trees: Vec<PlanTree<'a>>,
}

type Rule = fn(&Facts<'_>) -> Vec<Finding>;

/// Every rule, by its name.
pub(crate) const RULES: [(&str, Rule); 21] = [
    ("build-side-larger", build_side_larger::find),
    ("cross-join", cross_join::find),
    ("damaged-artifact", damaged_artifact::find),
    ("dynamic-filter-idle", dynamic_filter_idle::find),
    ("estimate-off", estimate_off::find),
    ("exploding-join", exploding_join::find),
    ("memory-exhausted", memory_exhausted::find),
    ("memory-near-limit", memory_near_limit::find),
    ("missing-artifact", missing_artifact::find),
    ("partial-aggregate-idle", partial_aggregate_idle::find),
    ("schema-change", schema_change::find),
    ("serial-bottleneck", serial_bottleneck::find),
    ("skew", skew::find),
    ("spill", spill::find),
    ("statement-failed", statement_failed::find),
    ("tiny-files", tiny_files::find),
    ("uncommitted-changes", uncommitted_changes::find),
    ("union-distinct", union_distinct::find),
    ("unread-artifact", unread_artifact::find),
    ("unstable-function", unstable_function::find),
    ("weak-pruning", weak_pruning::find),
];

/// All findings, the gravest first.
pub(crate) fn findings(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found: Vec<_> = RULES.iter().flat_map(|(_, find)| find(facts)).collect();
    // Stable: what is equal stays in the order of rules and of plans.
    found.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.weight.total_cmp(&a.weight)));
    found
}

impl<'a> Facts<'a> {
    pub(crate) fn new(run: &'a Recorded) -> Self {
        Self { trees: plan_trees(run), run }
    }

    /// The events of the run, each with its place.
    pub(crate) fn events(&self) -> impl Iterator<Item = (Place, &'a DiagnosticEvent)> + use<'a> {
        let events =
            self.run.diagnostics.iter().flat_map(|diagnostics| diagnostics.events.iter().enumerate());
        events.map(|(idx, event)| (Place::of("diagnostics").field("events").item(idx), event))
    }

    /// Every operator of every statement.
    fn operators(&self) -> impl Iterator<Item = (&PlanTree<'a>, &Operator<'a>)> {
        self.trees.iter().flat_map(|tree| tree.operators.iter().map(move |operator| (tree, operator)))
    }
}

impl Finding {
    fn new(rule: &'static str, severity: Severity, title: String) -> Self {
        Self { rule, severity, title, advice: "", evidence: Vec::new(), link: None, weight: 0.0 }
    }

    fn advice(self, advice: &'static str) -> Self {
        Self { advice, ..self }
    }

    /// Adds a number, if there is one.
    fn evidence(mut self, label: &'static str, figure: impl Into<Option<Figure>>) -> Self {
        self.evidence.extend(figure.into().map(|figure| (label, figure)));
        self
    }

    fn weight(self, weight: f64) -> Self {
        Self { weight, ..self }
    }

    fn at_operator(self, tree: &PlanTree<'_>, operator: &Operator<'_>) -> Self {
        let name = format!("statement {}, operator {}", tree.statement, operator.node.index);
        Self { link: Some((tree.anchor(operator), name)), ..self }
    }

    fn at_scan(self, statement: u32, operator: u32) -> Self {
        let name = format!("statement {statement}, operator {operator}");
        Self { link: Some((anchor(statement, operator), name)), ..self }
    }

    fn at_section(self, section: &str, name: &str) -> Self {
        Self { link: Some((section.to_owned(), name.to_owned())), ..self }
    }
}
