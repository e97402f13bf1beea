//! What the optimizer made of each statement: the logical plan as written against the optimised one.

use maud::{Markup, Render, html};
use proofmark_artifacts::diagnostics::{PlanPhase, RuleChange};
use proofmark_artifacts::{DiagnosticEvent, PlanNode};

use super::cell;
use super::plan_diff::{Line, Side, compare, flatten};
use crate::figure::Figure;
use crate::finding::Facts;
use crate::place::Place;
use crate::text::{clipped, visible};

/// Most statements that are shown.
const STATEMENTS_MAX: usize = 100;
/// Plans with more nodes are not compared: the work is the product of both.
const NODES_MAX: usize = 400;
/// Most rules of one statement.
const RULES_MAX: usize = 100;
/// Deeper nodes are not indented any further.
const INDENT_MAX: usize = 24;

/// The comparisons.
pub(crate) struct PlanChanges {
    changes: Vec<Change>,
    left_out: usize,
    rules: Option<[Figure; 3]>,
}

struct Change {
    statement: u32,
    sql: String,
    place: Place,
    /// Rules that changed the plan.
    rules: Vec<RuleChange>,
    /// Nothing where the plans are too large.
    lines: Option<Vec<Line>>,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<PlanChanges> {
    let statements = facts.run.plan.as_ref()?.statements.iter().enumerate();
    let both = statements.filter_map(|(idx, plan)| {
        let (before, after) = (plan.logical.as_ref().into_option()?, plan.optimized.as_ref().into_option()?);
        Some((idx, plan.statement, before, after))
    });
    let all: Vec<_> = both.collect();
    let changes = all.iter().take(STATEMENTS_MAX).map(|(idx, statement, before, after)| {
        let is_small =
            flatten::<PlanNode>(before).len() <= NODES_MAX && flatten::<PlanNode>(after).len() <= NODES_MAX;
        Change {
            statement: *statement,
            sql: facts.run.statement(*statement).map_or_else(String::new, |(_, it)| clipped(&it.sql, 110)),
            place: Place::of("plan").field("statements").item(*idx),
            rules: rules_of(facts, *statement),
            lines: is_small.then(|| compare(before, after)),
        }
    });
    let changes = changes.collect::<Vec<_>>();
    (!changes.is_empty()).then(|| PlanChanges {
        left_out: all.len() - changes.len(),
        changes,
        rules: rules(facts),
    })
}

/// The rules that changed the plan of a statement, in the order in which they were applied.
fn rules_of(facts: &Facts<'_>, statement: u32) -> Vec<RuleChange> {
    let changes = facts.events().filter_map(|(_, event)| match event {
        DiagnosticEvent::Plan(event) if event.statement == statement => Some(event.changes.clone()),
        _ => None,
    });
    changes.flatten().take(RULES_MAX).collect()
}

fn phase_word(phase: PlanPhase) -> &'static str {
    match phase {
        PlanPhase::Analyzer => "analyzer",
        PlanPhase::Logical => "logical",
        PlanPhase::Physical => "physical",
    }
}

fn rules(facts: &Facts<'_>) -> Option<[Figure; 3]> {
    let rules = &facts.run.manifest.as_ref()?.rules;
    let len = |name: &str, rules: &[String]| {
        Figure::len(rules.len(), &Place::of("manifest").field("rules").field(name))
    };
    Some([len("analyzer", &rules.analyzer), len("logical", &rules.logical), len("physical", &rules.physical)])
}

impl Render for PlanChanges {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                "The plan as written against the plan after the logical rules."
                @if let Some([analyzer, logical, physical]) = &self.rules {
                    " The engine applied " (analyzer) " analyzer, " (logical) " logical and " (physical)
                    " physical rules."
                }
            }
            @for change in &self.changes { (change) }
            @if self.left_out > 0 {
                p.cut-note {
                    (self.left_out) " more statements are not shown; all of them are in " code { ":plan" }
                    "."
                }
            }
        }
    }
}

impl Render for Change {
    fn render(&self) -> Markup {
        let count = |side| {
            let count = self.lines.iter().flatten().filter(|line| line.side == side).count();
            format!("{count} {}", if count == 1 { "node" } else { "nodes" })
        };
        html! {
            details.plan {
                summary {
                    span.number { (self.statement) }
                    code.sql-line { (self.sql) }
                    span.figures {
                        span.gone { "−" (count(Side::Before)) }
                        span.came { "+" (count(Side::After)) }
                    }
                }
                @if !self.rules.is_empty() {
                    p.rules {
                        "Changed by "
                        @for change in &self.rules {
                            span.tag { (visible(&change.rule)) " " small { (phase_word(change.phase)) } }
                            " "
                        }
                    }
                }
                @match &self.lines {
                    Some(lines) => {
                        div.scroll tabindex="0" role="group" aria-label=(format!("Changes to the plan of statement {}", self.statement)) {
                            ol.diff { @for line in lines { (line) } }
                        }
                    }
                    None => {
                        p.cut-note {
                            "These plans have more than " (NODES_MAX)
                            " nodes and are not compared here. They are in " code { (self.place) } "."
                        }
                    }
                }
            }
        }
    }
}

impl Render for Line {
    fn render(&self) -> Markup {
        let (class, sign, word) = match self.side {
            Side::Both => ("both", " ", ""),
            Side::Before => ("gone", "−", "only before: "),
            Side::After => ("came", "+", "only after: "),
        };
        html! {
            li class=(class) style=(format!("--depth:{}", self.depth.min(INDENT_MAX))) {
                span.sign aria-hidden="true" { (sign) } span.sr { (word) }
                strong { (visible(&self.name)) } " " span.detail { (cell(&self.detail, 220)) }
            }
        }
    }
}
