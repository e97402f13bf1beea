//! What absence and null mean, field by field, as a record.

use proofmark::Record;

use crate::lock::Lock;
use crate::presence::{Decision, PolicyKind, decisions};

/// What absence and null mean, for each optional field.
#[derive(Record, Clone, Debug, Default, PartialEq)]
#[record(tag = "gate_report.v1")]
pub struct GateReport {
    /// Whether a field is open.
    pub fails: bool,
    /// The fields, in the order of their records.
    pub fields: Vec<DecisionReport>,
}

/// What absence and null of one field mean.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct DecisionReport {
    /// The record.
    pub record: String,
    /// The definition that has the field.
    pub definition: String,
    /// The field.
    pub field: String,
    /// Its type, as the lock writes it.
    #[field(rename = "type")]
    pub ty: String,
    /// The policy.
    pub policy: PolicyKind,
    /// The sentence.
    pub meaning: String,
    /// Whether nobody has decided it, and the time for that is over.
    pub open: bool,
}

impl GateReport {
    /// The decisions of locks. `today` is a day like `2026-11-22`.
    pub fn of<'a>(locks: impl IntoIterator<Item = &'a Lock>, today: &str) -> Self {
        let of_lock = |lock: &'a Lock| {
            let report = |decision| DecisionReport::of(lock, decision, today);
            decisions(lock).into_iter().map(report).collect::<Vec<_>>()
        };
        let fields: Vec<_> = locks.into_iter().flat_map(of_lock).collect();
        Self { fails: fields.iter().any(|field| field.open), fields }
    }
}

impl DecisionReport {
    fn of(lock: &Lock, decision: Decision, today: &str) -> Self {
        Self {
            record: lock.record.clone(),
            definition: decision.definition,
            field: decision.field,
            ty: decision.ty,
            policy: decision.policy.kind(),
            meaning: decision.policy.to_string(),
            open: decision.policy.is_open(today),
        }
    }
}
