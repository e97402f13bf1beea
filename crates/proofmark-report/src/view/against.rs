//! This run against one other: what differs, why, and how its plans changed.

use maud::{Markup, Render, html};
use proofmark_artifacts::compare::{ArtifactState, Cause, PlanStage, PlanStep, RunDiff};
use proofmark_artifacts::{Maybe, StatementPlan};

use super::merged_plan::{MergedPlan, NODES_MAX, Roots, cause_tag, merged_plan};
use super::run_changes::{self, RunChanges};
use crate::against::Against as Other;
use crate::finding::Facts;
use crate::place::Place;
use crate::text::{clipped, visible};

/// Most pairs of plans that are shown.
const PLANS_MAX: usize = 100;
/// Most causes that are listed.
const CAUSES_MAX: usize = 20;

/// The comparison.
pub(crate) struct Against<'a> {
    diff: &'a RunDiff,
    causes: Vec<(&'a Cause, usize)>,
    plans: Vec<Plan>,
    changes: RunChanges,
}

/// One plan of a statement in both runs.
struct Plan {
    statement: u32,
    stage: PlanStage,
    sql: String,
    place: Place,
    /// Nothing where the plans are too large, or not there.
    tree: Option<MergedPlan>,
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Option<Against<'a>> {
    let other = facts.run.against.as_ref()?;
    let diff = &other.diff;
    let plans = diff.plans.iter().take(PLANS_MAX).map(|step| plan(facts, other, step)).collect();
    Some(Against { diff, causes: causes(diff), plans, changes: run_changes::model(facts.run, other) })
}

/// Every cause, and how many changes of plans it explains; the one that explains most first.
fn causes(diff: &RunDiff) -> Vec<(&Cause, usize)> {
    let mut counted: Vec<(&Cause, usize)> = Vec::new();
    for cause in diff.plans.iter().flat_map(|step| &step.edits).flat_map(|edit| &edit.causes) {
        match counted.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, count)) => *count += 1,
            None => counted.push((cause, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
}

fn plan(facts: &Facts<'_>, other: &Other, step: &PlanStep) -> Plan {
    let old_statement = step.old_statement.into_option().unwrap_or(step.statement);
    let find = |statements: &[StatementPlan], wanted| statements.iter().position(|it| it.statement == wanted);
    let new_at =
        facts.run.plan.as_ref().and_then(|plan| Some((plan, find(&plan.statements, step.statement)?)));
    let old_at = other.plan.as_ref().and_then(|plan| Some((plan, find(&plan.statements, old_statement)?)));
    let root =
        |run: &str, idx| Place::of_run(run, "plan").field("statements").item(idx).field(field(step.stage));
    let tree = old_at.zip(new_at).and_then(|((old, old_idx), (new, new_idx))| {
        let roots = Roots { old: root(other.diff.old.run_id.short(), old_idx), new: root("", new_idx) };
        tree(&old.statements[old_idx], &new.statements[new_idx], step, &roots)
    });
    Plan {
        statement: step.statement,
        stage: step.stage,
        sql: facts.run.statement(step.statement).map_or_else(String::new, |(_, it)| clipped(&it.sql, 110)),
        place: root("", new_at.map_or(0, |(_, idx)| idx)),
        tree,
    }
}

fn tree(old: &StatementPlan, new: &StatementPlan, step: &PlanStep, roots: &Roots) -> Option<MergedPlan> {
    let logical = |old: &Maybe<_>, new: &Maybe<_>| {
        merged_plan(old.as_ref().into_option()?, new.as_ref().into_option()?, &step.edits, roots)
    };
    match step.stage {
        PlanStage::Logical => logical(&old.logical, &new.logical),
        PlanStage::Optimized => logical(&old.optimized, &new.optimized),
        PlanStage::Physical => {
            let (old, new) = (old.physical.as_ref().into_option()?, new.physical.as_ref().into_option()?);
            merged_plan(old, new, &step.edits, roots)
        }
    }
}

fn field(stage: PlanStage) -> &'static str {
    match stage {
        PlanStage::Logical => "logical",
        PlanStage::Optimized => "optimized",
        PlanStage::Physical => "physical",
    }
}

fn stage_word(stage: PlanStage) -> &'static str {
    match stage {
        PlanStage::Logical => "plan as written",
        PlanStage::Optimized => "optimised plan",
        PlanStage::Physical => "plan that ran",
    }
}

impl Render for Against<'_> {
    fn render(&self) -> Markup {
        // Of several plans of a statement, the one that ran tells most.
        let opened = self.plans.iter().position(|plan| plan.stage == PlanStage::Physical).unwrap_or(0);
        html! {
            (lead(self.diff))
            @if !self.causes.is_empty() { (because(&self.causes)) }
            h3 { "Plans" }
            @if self.plans.is_empty() { p.absent { "No plan differs." } }
            @for (idx, plan) in self.plans.iter().enumerate() { (plan.html(idx == opened)) }
            @if self.diff.plans.len() > self.plans.len() {
                p.cut-note {
                    (self.diff.plans.len() - self.plans.len()) " more plans differ; " code { "proofmark diff" }
                    " shows all of them."
                }
            }
            (self.changes)
        }
    }
}

fn lead(diff: &RunDiff) -> Markup {
    let in_state = |is_wanted: fn(ArtifactState) -> bool| {
        let found = diff.artifacts.iter().filter(|it| is_wanted(it.state));
        found.map(|it| visible(&it.name).into_owned()).collect::<Vec<_>>()
    };
    let (same, other) = (in_state(|it| it == ArtifactState::Same), in_state(|it| it != ArtifactState::Same));
    html! {
        p.lead {
            "Compared with run " code { (diff.old.run_id) }
            @if !diff.old.engine.is_empty() { " of " (visible(&diff.old.engine)) }
            @if diff.same_content {
                ". The content of both is the same: what differs is time and place."
            } @else if diff.new.engine == diff.old.engine {
                ". The content differs."
            } @else {
                ". The content differs, and so does the engine: this run is of " (visible(&diff.new.engine)) "."
            }
        }
        @if !diff.same_content {
            p.artifacts {
                @for name in &other { span.tag.differs { "≠ " (name) } " " }
                @for name in &same { span.tag { "= " (name) } " " }
            }
        }
    }
}

fn because(causes: &[(&Cause, usize)]) -> Markup {
    html! {
        h3 { "Why plans changed" }
        ul.causes {
            @for (cause, count) in causes.iter().take(CAUSES_MAX) {
                li {
                    (cause_tag(cause)) " "
                    span.dim { (count) @if *count == 1 { " change" } @else { " changes" } }
                }
            }
        }
        @if causes.len() > CAUSES_MAX {
            p.cut-note { (causes.len() - CAUSES_MAX) " more causes stand with the nodes below." }
        }
    }
}

impl Plan {
    fn html(&self, is_open: bool) -> Markup {
        let [came, gone, changed] = self.tree.as_ref().map_or([0; 3], MergedPlan::counts);
        html! {
            details.plan open[is_open] {
                summary {
                    span.number { (self.statement) }
                    span.stage { (stage_word(self.stage)) }
                    code.sql-line { (self.sql) }
                    @if self.tree.is_some() {
                        span.figures {
                            @if gone > 0 { span.gone { "−" (gone) } }
                            @if came > 0 { span.came { "+" (came) } }
                            @if changed > 0 { span.changed { "~" (changed) } }
                            span { "nodes" }
                        }
                    }
                }
                @match &self.tree {
                    Some(tree) => {
                        div.scroll tabindex="0" role="group" aria-label=(format!("Changes to the {} of statement {}", stage_word(self.stage), self.statement)) {
                            (tree)
                        }
                    }
                    None => {
                        p.cut-note {
                            "These plans have more than " (NODES_MAX) " nodes, or one of them cannot be read; "
                            code { "proofmark diff" } " lists how they differ. The newer one is in "
                            code { (self.place) } "."
                        }
                    }
                }
            }
        }
    }
}
