//! The plans that a statement had on its way, each compared with the one before.

use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use datafusion::logical_expr::LogicalPlan;
use proofmark::{Format, Sealed};
use proofmark_artifacts::compare::{PlanEdit, PlanStage, PlanStep, logical_steps, physical_steps};
use proofmark_artifacts::diagnostics::{PlanPhase, RuleChange};
use proofmark_artifacts::{Maybe, OperatorNode, Raw};

use crate::error::Result;
use crate::memo::{EditsKey, Memo};
use crate::plan::{logical_tree, plan_digest};
use crate::recorder::RUN_STACK_BYTES;
use crate::run::panicked;

/// Nodes of a plan beyond which its rules are named and their edits left out.
pub const RULE_PLAN_NODES_MAX: usize = 400;

/// The plans between which rules made a change.
pub(crate) struct Plans {
    pub(crate) changes: Vec<RuleChange>,
    /// The first logical plan, and one for each change.
    pub(crate) logical: Vec<LogicalPlan>,
    /// The first physical plan, and one for each change.
    pub(crate) physical: Vec<OperatorNode>,
    /// The text of the last physical plan.
    pub(crate) text: String,
}

impl Plans {
    /// What each rule changed; the same plan made in the same way was compared before. All are of statement 0.
    pub(crate) fn steps(&self, memo: &Memo) -> Vec<PlanStep> {
        let make = || Raw::encode(Format::MsgPack, &self.compared());
        let known = self.key().and_then(|key| memo.edits_cache().get_or_make(&key, make).ok());
        known.and_then(|raw| raw.decode().ok()).unwrap_or_else(|| self.compared())
    }

    fn key(&self) -> Option<Sealed<EditsKey>> {
        let (first, last) = (self.logical.first()?, self.logical.last()?);
        let (logical, optimized) = (plan_digest(first), plan_digest(last));
        let changes = self.changes.clone();
        Sealed::new(EditsKey { logical, optimized, physical: self.text.clone(), changes }).ok()
    }

    fn compared(&self) -> Vec<PlanStep> {
        let logical: Vec<_> = self.logical.iter().map(logical_tree).collect();
        let is_physical = |change: &&RuleChange| change.phase == PlanPhase::Physical;
        let (late, early): (Vec<_>, Vec<_>) = self.changes.iter().partition(is_physical);
        let early = early.into_iter().zip(logical_steps(&logical, RULE_PLAN_NODES_MAX));
        let late = late.into_iter().zip(physical_steps(&self.physical, RULE_PLAN_NODES_MAX));
        let steps = early.chain(late).map(|(change, edits)| step(change, edits));
        steps.filter(|step| !step.edits.is_empty()).collect()
    }
}

/// Plans that are compared beside the run of their statement.
pub(crate) struct Comparison {
    plans: Arc<Plans>,
    memo: Memo,
    thread: Option<JoinHandle<Vec<PlanStep>>>,
}

impl Comparison {
    pub(crate) fn begin(plans: Plans, memo: Memo) -> Self {
        let plans = Arc::new(plans);
        let work = {
            let (plans, memo) = (plans.clone(), memo.clone());
            move || plans.steps(&memo)
        };
        // Plans are trees, and comparing them walks them by recursion.
        let builder = Builder::new().name("proofmark-plans".to_owned()).stack_size(RUN_STACK_BYTES);
        Self { plans, memo, thread: builder.spawn(work).ok() }
    }

    /// What was found; where the system gave no thread, it is looked for now.
    pub(crate) fn finish(self) -> Result<Vec<PlanStep>> {
        match self.thread {
            Some(thread) => thread.join().map_err(|panic| panicked(&*panic)),
            None => Ok(self.plans.steps(&self.memo)),
        }
    }
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
