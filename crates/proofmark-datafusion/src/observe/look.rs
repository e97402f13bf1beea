//! What takes longer to say of a statement's plans than it took to make them: their trees, and what each rule changed.

use std::collections::VecDeque;

use datafusion::logical_expr::LogicalPlan;
use proofmark_artifacts::compare::PlanStep;
use proofmark_artifacts::{Digest, PlanNode};

use crate::beside::Beside;
use crate::error::Error;
use crate::memo::Memo;
use crate::observe::steps::Plans;
use crate::plan::{logical_tree, plan_digest};

/// Statements whose plans are looked at at once: each takes a thread.
const LOOKS_MAX: usize = 4;

/// The plans of a statement, not looked at yet.
pub(crate) struct Planned {
    pub(crate) logical: Option<LogicalPlan>,
    pub(crate) optimized: Option<LogicalPlan>,
    pub(crate) plans: Plans,
}

/// What there is to see of them.
pub(crate) struct Look {
    pub(crate) logical: Option<PlanNode>,
    pub(crate) optimized: Option<PlanNode>,
    pub(crate) optimized_sha256: Option<Digest>,
    /// What each rule changed; all are of statement 0.
    pub(crate) steps: Vec<PlanStep>,
}

impl Planned {
    /// Begins to look, on a thread of its own.
    pub(crate) fn look(self, memo: &Memo) -> Beside<Look> {
        let memo = memo.clone();
        Beside::begin(move || Look {
            logical: self.logical.as_ref().map(logical_tree),
            optimized: self.optimized.as_ref().map(logical_tree),
            optimized_sha256: self.optimized.as_ref().map(plan_digest),
            steps: self.plans.steps(&memo),
        })
    }
}

/// What there is to see of the plans of a run, by statement.
#[derive(Default)]
pub(crate) struct Looks {
    waiting: Option<(u32, Planned)>,
    /// Oldest first.
    begun: VecDeque<(u32, Beside<Look>)>,
    seen: Vec<(u32, Look)>,
    failed: Vec<Error>,
}

impl Looks {
    /// Keeps the plans of the last statement until [`Looks::begin`].
    pub(crate) fn keep(&mut self, statement: u32, planned: Planned) {
        self.waiting = Some((statement, planned));
    }

    /// Begins to look at what was kept.
    ///
    /// While statements run they want every processor. The next one is planned on one, and so is a record written.
    pub(crate) fn begin(&mut self, memo: &Memo) {
        if let Some((statement, planned)) = self.waiting.take() {
            self.push(statement, planned.look(memo));
        }
    }

    /// Takes a look that was begun.
    pub(crate) fn push(&mut self, statement: u32, look: Beside<Look>) {
        if self.begun.len() == LOOKS_MAX {
            self.finish_oldest();
        }
        self.begun.push_back((statement, look));
    }

    /// Waits until all plans were looked at; what was seen, and what went wrong.
    pub(crate) fn finish(&mut self) -> (Vec<(u32, Look)>, Vec<Error>) {
        while !self.begun.is_empty() {
            self.finish_oldest();
        }
        (std::mem::take(&mut self.seen), std::mem::take(&mut self.failed))
    }

    fn finish_oldest(&mut self) {
        let Some((statement, look)) = self.begun.pop_front() else { return };
        match look.finish() {
            Ok(look) => self.seen.push((statement, look)),
            Err(error) => self.failed.push(error),
        }
    }
}
