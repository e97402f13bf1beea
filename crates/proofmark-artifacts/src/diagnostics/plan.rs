//! How a plan was made.

use jiff::Timestamp;
use proofmark::{Maybe, Record};

/// A statement was planned: what each rule of the planner did, in the order in which they were applied.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "plan_event.v1")]
pub struct PlanEvent {
    /// When the plan was made. Volatile: it is the clock.
    #[field(volatile = "time", absent = "the writer did not say; the reader fills it in")]
    pub event_time: Maybe<Timestamp>,
    /// The statement's position in the run.
    pub statement: u32,
    /// Time from text to physical plan. Volatile: no two runs take equally long.
    #[field(volatile = "measured", absent = "not measured")]
    pub elapsed_ns: Maybe<u64>,
    /// Rules that were applied, those that changed nothing counted.
    pub rules: u32,
    /// The rules that changed the plan.
    #[field(default)]
    pub changes: Vec<RuleChange>,
}

/// One rule that changed the plan.
#[derive(Record, Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// Which plan it changed.
    pub phase: PlanPhase,
    /// Its place among the rules of that phase, from 0. The same rule may come more than once.
    pub step: u32,
    /// The rule's name.
    #[field(min_len = 1)]
    pub rule: String,
}

/// Which plan a rule works on.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum PlanPhase {
    /// The logical plan, when names and types are given.
    Analyzer,
    /// The logical plan.
    Logical,
    /// The physical plan.
    Physical,
}
