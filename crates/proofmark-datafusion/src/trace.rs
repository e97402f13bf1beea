//! What is seen of one statement, while it is planned and run.

use datafusion::logical_expr::LogicalPlan;
use jiff::Timestamp;
use proofmark_artifacts::StageRecord;

use crate::beside::Beside;
use crate::cluster::Figures;
use crate::damage::in_file;
use crate::error::{Error, ErrorKind};
use crate::observe::functions::Functions;
use crate::observe::look::{Look, Planned};
use crate::observe::rules::Rules;
use crate::operators::Operators;
use crate::scan::Scans;

/// What was seen of a statement's plans, as far as it got.
#[derive(Default)]
pub(crate) struct Trace {
    pub(crate) logical: Option<LogicalPlan>,
    pub(crate) optimized: Option<LogicalPlan>,
    pub(crate) operators: Option<Operators>,
    /// The optimised plan in Substrait.
    pub(crate) substrait: Option<Vec<u8>>,
    /// The physical plan in the engine's own protobuf form.
    pub(crate) engine: Option<Vec<u8>>,
    pub(crate) scans: Option<Scans>,
    pub(crate) planned_at: Option<Timestamp>,
    pub(crate) stages: Vec<StageRecord>,
    pub(crate) rules: Rules,
    /// What there is to see of the plans, where somebody looks already.
    pub(crate) look: Option<Beside<Look>>,
    pub(crate) functions: Functions,
    /// What could not be seen.
    pub(crate) notes: Vec<String>,
}

impl Trace {
    /// The plans, for somebody to look at.
    pub(crate) fn planned(&mut self) -> Planned {
        Planned {
            logical: self.logical.clone(),
            optimized: self.optimized.clone(),
            plans: self.rules.take_plans(),
        }
    }

    /// Takes the figures, those of a cluster where it ran on one, and lets go of the plan.
    pub(crate) fn finish(&mut self, figures: &Figures) {
        let Some(operators) = &mut self.operators else { return };
        let paired = figures.paired(operators.root());
        operators.finish(&paired);
        if let Some(scans) = &mut self.scans {
            scans.finish(&paired);
        }
    }

    /// Names the file of damaged data, if the plan reads only one.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let file = self.operators.as_ref().and_then(Operators::only_file);
        match file {
            Some(file) if error.kind() == ErrorKind::Data => in_file(error, file),
            _ => error,
        }
    }
}
