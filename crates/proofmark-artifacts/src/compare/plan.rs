//! What happened to a plan: between two runs, or from one optimizer rule to the next.

use proofmark::{Maybe, Record};

use super::cause::Cause;
use super::tree::{self, Classes, Tree};
use crate::{OperatorNode, Partitioning, PlanNode, RowEstimate};

/// How plans changed: between two runs, or by the rules of the optimizer within one.
///
/// Nodes are found again by what they are and do, not by where they stand; a plan in which one node was put in front
/// differs by that node.
#[derive(Record, Clone, Debug, Default, PartialEq)]
#[record(tag = "plan_diff.v1")]
pub struct PlanDiff {
    /// One entry per pair of plans that differ, in the order of statements, stages and rules.
    pub steps: Vec<PlanStep>,
}

/// Two plans that differ.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct PlanStep {
    /// The statement's position in the run; of two runs, in the newer one.
    pub statement: u32,
    /// Its position in the older run.
    #[field(absent = "the same, or there is only one run")]
    pub old_statement: Maybe<u32>,
    /// Which of the statement's plans.
    pub stage: PlanStage,
    /// The rule that made the newer plan of the older one.
    #[field(absent = "the two plans are of two runs")]
    pub rule: Maybe<String>,
    /// What happened, in the order of the newer plan; what is gone stands last.
    pub edits: Vec<PlanEdit>,
}

/// Which plan of a statement.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(rename_all = "snake")]
pub enum PlanStage {
    /// The plan as written.
    Logical,
    /// The plan after the logical rules.
    Optimized,
    /// The plan that ran.
    Physical,
}

/// What happened to one node of a plan.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct PlanEdit {
    /// What the node is: `HashJoinExec`; of one that was replaced, what it is now.
    #[field(min_len = 1)]
    pub node: String,
    /// Its place in the older plan, from the root: `.children[0].children[1]`, or `.` for the root.
    #[field(absent = "it was not there")]
    pub old_path: Maybe<String>,
    /// Its place in the newer plan.
    #[field(absent = "it is gone")]
    pub new_path: Maybe<String>,
    /// What happened.
    pub change: NodeChange,
    /// Why, as far as the two runs tell; more than one where all of them could be it.
    #[field(default)]
    pub causes: Vec<Cause>,
}

/// What happened to a node.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum NodeChange {
    /// It was put in.
    Inserted {
        /// What it does.
        detail: String,
    },
    /// It was taken out.
    Removed {
        /// What it did.
        detail: String,
    },
    /// It stands in its stead, above the same nodes.
    Replaced {
        /// What the other node was.
        old_node: String,
        /// What the other node did.
        old_detail: String,
        /// What it does.
        new_detail: String,
    },
    /// It stands elsewhere, with all that is below it.
    Moved,
    /// It does something else.
    Detail {
        /// What it did.
        old: String,
        /// What it does.
        new: String,
    },
    /// Its output is divided otherwise.
    Partitioning {
        /// How it was divided.
        old: Partitioning,
        /// How it is divided.
        new: Partitioning,
    },
    /// Its output has another order.
    Ordering {
        /// The order it had, as SQL order terms.
        old: Vec<String>,
        /// The order it has.
        new: Vec<String>,
    },
    /// The planner expects another number of rows.
    Estimate {
        /// What it expected.
        #[field(absent = "it had no estimate")]
        old: Maybe<RowEstimate>,
        /// What it expects.
        #[field(absent = "it has no estimate")]
        new: Maybe<RowEstimate>,
    },
}

impl PlanEdit {
    /// Whether two runs of the same work may differ so: in the number of partitions alone, which follows the machine.
    pub fn is_volatile(&self) -> bool {
        match &self.change {
            NodeChange::Partitioning { old, new } => {
                old.scheme == new.scheme && old.expressions == new.expressions
            }
            _ => false,
        }
    }
}

/// What happened between two logical plans.
///
/// # Examples
/// ```
/// use proofmark_artifacts::PlanNode;
/// use proofmark_artifacts::compare::{NodeChange, compare_logical};
///
/// let node = |name: &str, children| PlanNode { name: name.to_owned(), detail: String::new(), children };
/// let old = node("Projection", vec![node("TableScan", vec![])]);
/// let new = node("Projection", vec![node("Filter", vec![node("TableScan", vec![])])]);
/// let edits = compare_logical(&old, &new);
/// assert_eq!(edits.len(), 1);
/// assert_eq!(edits[0].new_path.as_ref().into_option().map(String::as_str), Some(".children[0]"));
/// assert!(matches!(edits[0].change, NodeChange::Inserted { .. }));
/// ```
pub fn compare_logical(old: &PlanNode, new: &PlanNode) -> Vec<PlanEdit> {
    let mut classes = Classes::default();
    tree::edits(&classes.logical(old), &classes.logical(new))
}

/// What happened from each of the logical plans to the next one.
///
/// A plan of more than `nodes_max` nodes is not compared, and its two answers are empty: finding nodes again takes time
/// that grows with the square of their number.
///
/// # Examples
/// ```
/// use proofmark_artifacts::PlanNode;
/// use proofmark_artifacts::compare::logical_steps;
///
/// let scan = PlanNode { name: "TableScan".to_owned(), detail: "orders".to_owned(), children: vec![] };
/// let filter = PlanNode { name: "Filter".to_owned(), detail: "a > 1".to_owned(), children: vec![scan.clone()] };
/// let steps = logical_steps(&[scan.clone(), filter, scan], 100);
/// assert_eq!(steps.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
/// ```
pub fn logical_steps(plans: &[PlanNode], nodes_max: usize) -> Vec<Vec<PlanEdit>> {
    let mut classes = Classes::default();
    let trees: Vec<_> = plans.iter().map(|plan| classes.logical(plan)).collect();
    steps(&trees, nodes_max)
}

/// What happened between two physical plans. Files and metrics are not looked at: see
/// [`MeasuredDiff`](super::MeasuredDiff).
///
/// # Examples
/// ```
/// # use proofmark_artifacts::{Codec, PlanArtifact};
/// use proofmark_artifacts::compare::compare_physical;
/// # let file = include_bytes!("../../goldens/plan/record.json");
/// # let plans: PlanArtifact = Codec::Json.decode(file)?;
/// # let plan = plans.statements[0].physical.as_ref().into_option().expect("a plan");
/// assert!(compare_physical(plan, plan).is_empty());
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn compare_physical(old: &OperatorNode, new: &OperatorNode) -> Vec<PlanEdit> {
    let mut classes = Classes::default();
    tree::edits(&classes.physical(old), &classes.physical(new))
}

/// What happened from each of the physical plans to the next one, as [`logical_steps`] has it of logical ones.
///
/// # Examples
/// ```
/// # use proofmark_artifacts::{Codec, PlanArtifact};
/// use proofmark_artifacts::compare::physical_steps;
/// # let file = include_bytes!("../../goldens/plan/record.json");
/// # let plans: PlanArtifact = Codec::Json.decode(file)?;
/// # let plan = plans.statements[0].physical.as_ref().into_option().expect("a plan");
/// assert_eq!(physical_steps(&[plan.clone(), plan.clone()], 100), [vec![]]);
/// # Ok::<(), proofmark::Error>(())
/// ```
pub fn physical_steps(plans: &[OperatorNode], nodes_max: usize) -> Vec<Vec<PlanEdit>> {
    let mut classes = Classes::default();
    let trees: Vec<_> = plans.iter().map(|plan| classes.physical(plan)).collect();
    steps(&trees, nodes_max)
}

fn steps(trees: &[Tree<'_>], nodes_max: usize) -> Vec<Vec<PlanEdit>> {
    let edits = |old: &Tree<'_>, new: &Tree<'_>| match old.len().max(new.len()) > nodes_max {
        true => Vec::new(),
        false => tree::edits(old, new),
    };
    trees.windows(2).map(|pair| edits(&pair[0], &pair[1])).collect()
}
