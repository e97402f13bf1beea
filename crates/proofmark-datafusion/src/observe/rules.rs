//! What each rule of the planner did to a plan.

use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::common::Result;
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, displayable};
use datafusion::physical_planner::DefaultPhysicalPlanner;
use jiff::Timestamp;
use proofmark::{Format, Sealed};
use proofmark_artifacts::compare::{PlanEdit, PlanStage, PlanStep, compare_logical, compare_physical};
use proofmark_artifacts::diagnostics::{PlanEvent, PlanPhase, RuleChange};
use proofmark_artifacts::{Maybe, OperatorNode, PlanNode, Raw};

use crate::journal::{maybe, nanoseconds};
use crate::memo::{EditsKey, Memo};
use crate::operators::shape;
use crate::plan::{logical_tree, plan_digest};

/// Nodes of a plan beyond which its rules are named and their edits left out: finding nodes again takes time that
/// grows with the square of their number.
pub const RULE_PLAN_NODES_MAX: usize = 400;

/// A statement's way from its first logical plan to the physical one.
pub(crate) struct Rules {
    begin: Instant,
    planned: Option<Duration>,
    rules: u32,
    changes: Vec<RuleChange>,
    logical: Vec<LogicalPlan>,
    physical: Vec<OperatorNode>,
    /// The text of the last physical plan.
    text: String,
}

impl Default for Rules {
    fn default() -> Self {
        let begin = Instant::now();
        Self {
            begin,
            planned: None,
            rules: 0,
            changes: vec![],
            logical: vec![],
            physical: vec![],
            text: String::new(),
        }
    }
}

impl Rules {
    /// `SessionState::optimize`, watched.
    pub(crate) fn optimize(&mut self, plan: &LogicalPlan, state: &SessionState) -> Result<LogicalPlan> {
        // An explained plan keeps a trace of its own.
        if matches!(plan, LogicalPlan::Explain(_)) {
            return state.optimize(plan);
        }
        let mut seen = Seen { phase: PlanPhase::Analyzer, step: 0, rules: self };
        seen.rules.logical.push(plan.clone());
        let options = state.config_options();
        let analyzer = state.analyzer();
        let analyzed = analyzer
            .execute_and_check(plan.clone(), options, |plan, rule| seen.logical(plan, rule.name()))?;
        (seen.phase, seen.step) = (PlanPhase::Logical, 0);
        state.optimizer().optimize(analyzed, state, |plan, rule| seen.logical(plan, rule.name()))
    }

    /// `QueryPlanner::create_physical_plan`, watched: first without rules, then the rules one by one.
    pub(crate) async fn physical(
        &mut self,
        plan: &LogicalPlan,
        state: &SessionState,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let is_explained = matches!(plan, LogicalPlan::Explain(_) | LogicalPlan::Analyze(_));
        let known = self.changes.len();
        if !is_explained && let Ok(physical) = self.watched(plan, state).await {
            self.planned = Some(self.begin.elapsed());
            return Ok(physical);
        }
        // What fails under observation may fail because of it; the engine's own way has the last word.
        self.changes.truncate(known);
        self.physical.clear();
        let physical = state.query_planner().create_physical_plan(plan, state).await;
        self.planned = Some(self.begin.elapsed());
        physical
    }

    async fn watched(&mut self, plan: &LogicalPlan, state: &SessionState) -> Result<Arc<dyn ExecutionPlan>> {
        let bare = SessionStateBuilder::new_from_existing(state.clone());
        let bare = bare.with_physical_optimizer_rules(Vec::new()).build();
        let initial = state.query_planner().create_physical_plan(plan, &bare).await?;
        self.text = text_of(initial.as_ref());
        self.physical.push(shape(initial.as_ref()));
        let mut seen = Seen { phase: PlanPhase::Physical, step: 0, rules: self };
        DefaultPhysicalPlanner::default().optimize_physical_plan(initial, state, |plan, rule| {
            seen.physical(plan, rule.name());
        })
    }

    /// Which rules changed the plan.
    pub(crate) fn event(&self, statement: u32, at: Timestamp) -> PlanEvent {
        PlanEvent {
            event_time: Maybe::Set(at),
            statement,
            elapsed_ns: maybe(self.planned.map(nanoseconds)),
            rules: self.rules,
            changes: self.changes.clone(),
        }
    }

    /// What each of them changed; the same plan made in the same way was compared before.
    pub(crate) fn into_steps(self, statement: u32, memo: &Memo) -> Vec<PlanStep> {
        let make = || Raw::encode(Format::MsgPack, &self.steps());
        let known = self.key().and_then(|key| memo.edits_cache().get_or_make(&key, make).ok());
        let mut steps: Vec<PlanStep> =
            known.and_then(|raw| raw.decode().ok()).unwrap_or_else(|| self.steps());
        steps.iter_mut().for_each(|step| step.statement = statement);
        steps
    }

    fn key(&self) -> Option<Sealed<EditsKey>> {
        let (first, last) = (self.logical.first()?, self.logical.last()?);
        let (logical, optimized) = (plan_digest(first), plan_digest(last));
        let changes = self.changes.clone();
        Sealed::new(EditsKey { logical, optimized, physical: self.text.clone(), changes }).ok()
    }

    fn steps(&self) -> Vec<PlanStep> {
        let logical: Vec<_> = self.logical.iter().map(logical_tree).collect();
        let is_physical = |change: &&RuleChange| change.phase == PlanPhase::Physical;
        let (late, early): (Vec<_>, Vec<_>) = self.changes.iter().partition(is_physical);
        let early = early.into_iter().zip(logical.windows(2));
        let early = early.map(|(change, pair)| step(change, logical_edits(&pair[0], &pair[1])));
        let late = late.into_iter().zip(self.physical.windows(2));
        let late = late.map(|(change, pair)| step(change, physical_edits(&pair[0], &pair[1])));
        early.chain(late).filter(|step| !step.edits.is_empty()).collect()
    }
}

/// The rules of one phase, as the planner calls them.
struct Seen<'r> {
    phase: PlanPhase,
    step: u32,
    rules: &'r mut Rules,
}

impl Seen<'_> {
    fn logical(&mut self, plan: &LogicalPlan, rule: &str) {
        if self.rules.logical.last() != Some(plan) {
            self.rules.logical.push(plan.clone());
            self.changed(rule);
        }
        self.next();
    }

    fn physical(&mut self, plan: &dyn ExecutionPlan, rule: &str) {
        let now = text_of(plan);
        if self.rules.text != now {
            self.rules.text = now;
            self.rules.physical.push(shape(plan));
            self.changed(rule);
        }
        self.next();
    }

    fn changed(&mut self, rule: &str) {
        self.rules.changes.push(RuleChange { phase: self.phase, step: self.step, rule: rule.to_owned() });
    }

    fn next(&mut self) {
        self.step += 1;
        self.rules.rules += 1;
    }
}

fn text_of(plan: &dyn ExecutionPlan) -> String {
    displayable(plan).indent(false).to_string()
}

fn step(change: &RuleChange, edits: Vec<PlanEdit>) -> PlanStep {
    PlanStep {
        statement: 0,
        old_statement: Maybe::Unset,
        stage: match change.phase {
            PlanPhase::Analyzer => PlanStage::Logical,
            PlanPhase::Logical => PlanStage::Optimized,
            PlanPhase::Physical => PlanStage::Physical,
        },
        rule: Maybe::Set(change.rule.clone()),
        edits,
    }
}

fn logical_edits(old: &PlanNode, new: &PlanNode) -> Vec<PlanEdit> {
    fn nodes(node: &PlanNode) -> usize {
        1 + node.children.iter().map(nodes).sum::<usize>()
    }
    match nodes(old).max(nodes(new)) > RULE_PLAN_NODES_MAX {
        true => Vec::new(),
        false => compare_logical(old, new),
    }
}

fn physical_edits(old: &OperatorNode, new: &OperatorNode) -> Vec<PlanEdit> {
    fn nodes(node: &OperatorNode) -> usize {
        1 + node.children.iter().map(nodes).sum::<usize>()
    }
    match nodes(old).max(nodes(new)) > RULE_PLAN_NODES_MAX {
        true => Vec::new(),
        false => compare_physical(old, new),
    }
}
