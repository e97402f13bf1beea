//! What each rule of the planner did to a plan.

use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::common::Result;
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, displayable};
use datafusion::physical_planner::DefaultPhysicalPlanner;
use jiff::Timestamp;
use proofmark_artifacts::diagnostics::{PlanEvent, PlanPhase, RuleChange};
use proofmark_artifacts::{Maybe, OperatorNode};

use crate::journal::{maybe, nanoseconds};
use crate::observe::steps::Plans;
use crate::operators::shape;

/// A statement's way from its first logical plan to the physical one.
pub(crate) struct Rules {
    begin: Instant,
    planned: Option<Duration>,
    rules: u32,
    changes: Vec<RuleChange>,
    logical: Vec<LogicalPlan>,
    physical: Vec<OperatorNode>,
    last: LastPlan,
}

/// The last physical plan that was seen, to tell cheaply that the next one is the same.
#[derive(Default)]
struct LastPlan {
    /// The text of its root alone.
    root: String,
    inputs: Vec<Arc<dyn ExecutionPlan>>,
}

impl LastPlan {
    /// Takes a plan in its place; whether it may be another one.
    fn replace(&mut self, plan: &dyn ExecutionPlan) -> bool {
        let root = displayable(plan).one_line().to_string();
        let inputs = plan.children();
        // Most rules leave a plan alone and hand on what they were given. Held here, no input is freed, and none made
        // anew in its place.
        let same_inputs = inputs.len() == self.inputs.len()
            && inputs.iter().zip(&self.inputs).all(|(new, old)| Arc::ptr_eq(new, old));
        if same_inputs && root == self.root {
            return false;
        }
        let inputs = inputs.into_iter().cloned().collect();
        *self = Self { root, inputs };
        true
    }
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
            last: LastPlan::default(),
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
            // A plan that is held keeps the memory that its operators reserve.
            self.last.inputs.clear();
            self.planned = Some(self.begin.elapsed());
            return Ok(physical);
        }
        // What fails under observation may fail because of it; the engine's own way has the last word.
        self.changes.truncate(known);
        self.physical.clear();
        self.last = LastPlan::default();
        let physical = state.query_planner().create_physical_plan(plan, state).await;
        self.planned = Some(self.begin.elapsed());
        physical
    }

    async fn watched(&mut self, plan: &LogicalPlan, state: &SessionState) -> Result<Arc<dyn ExecutionPlan>> {
        let bare = SessionStateBuilder::new_from_existing(state.clone());
        let bare = bare.with_physical_optimizer_rules(Vec::new()).build();
        let initial = state.query_planner().create_physical_plan(plan, &bare).await?;
        self.last.replace(initial.as_ref());
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

    /// The plans between which they did.
    pub(crate) fn take_plans(&mut self) -> Plans {
        Plans {
            changes: self.changes.clone(),
            logical: std::mem::take(&mut self.logical),
            physical: std::mem::take(&mut self.physical),
        }
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
        if self.rules.last.replace(plan) {
            let shape = shape(plan);
            if self.rules.physical.last() != Some(&shape) {
                self.rules.physical.push(shape);
                self.changed(rule);
            }
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
