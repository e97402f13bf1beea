//! The plans that a statement had on its way, each compared with the one before.

use datafusion::logical_expr::LogicalPlan;
use proofmark::{Format, Sealed};
use proofmark_artifacts::compare::{PlanEdit, PlanStage, PlanStep, logical_steps, physical_steps};
use proofmark_artifacts::diagnostics::{PlanPhase, RuleChange};
use proofmark_artifacts::{Codec, Digest, Maybe, OperatorNode, Raw};

use crate::memo::{EditsKey, Memo};
use crate::plan::{logical_tree, plan_digest};

/// Nodes of a plan beyond which its rules are named and their edits left out.
pub const RULE_PLAN_NODES_MAX: usize = 400;

/// The plans between which rules made a change.
pub(crate) struct Plans {
    pub(crate) changes: Vec<RuleChange>,
    /// The first logical plan, and one for each change.
    pub(crate) logical: Vec<LogicalPlan>,
    /// The first physical plan, and one for each change.
    pub(crate) physical: Vec<OperatorNode>,
}

impl Plans {
    /// What each rule changed; the same plan made in the same way was compared before. All are of statement 0.
    pub(crate) fn steps(&self, memo: &Memo) -> Vec<PlanStep> {
        let mut made = None;
        let make = || Raw::encode(Format::MsgPack, made.insert(self.compared()));
        let known = self.key().and_then(|key| memo.edits_cache().get_or_make(&key, make).ok());
        let known = || known.and_then(|raw| raw.decode().ok());
        made.or_else(known).unwrap_or_else(|| self.compared())
    }

    fn key(&self) -> Option<Sealed<EditsKey>> {
        let (first, last) = (self.logical.first()?, self.logical.last()?);
        let (logical, optimized) = (plan_digest(first), plan_digest(last));
        let physical = match self.physical.last() {
            Some(last) => Some(Digest::of(&Codec::MessagePack.encode(last).ok()?)),
            None => None,
        };
        Sealed::new(EditsKey { logical, optimized, physical, changes: self.changes.clone() }).ok()
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
