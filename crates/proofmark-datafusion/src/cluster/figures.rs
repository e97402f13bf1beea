//! What the stages of a distributed job counted, brought to the operators of the plan as it is recorded.

use std::collections::BTreeMap;

use ballista_core::serde::protobuf::{JobStageMetrics, OperatorMetricsSet, OperatorWithMetrics};
use datafusion::physical_plan::metrics::MetricsSet;
use proofmark_artifacts::{OperatorNode, StageOperator, StageRecord};

use crate::metrics::operator_metrics;
use crate::plan::strip_name;

/// The stages of a job, each with the operators that ran in it.
#[derive(Default)]
pub(crate) struct Figures(Vec<Stage>);

struct Stage {
    record: StageRecord,
    operators: Vec<Operator>,
}

struct Operator {
    name: String,
    detail: String,
    metrics: MetricsSet,
}

impl Figures {
    /// What the scheduler answered.
    pub(super) fn of(mut stages: Vec<JobStageMetrics>) -> Self {
        stages.sort_by_key(|stage| stage.stage_id);
        Self(stages.into_iter().map(Stage::of).collect())
    }

    /// The figures of each operator of `root`, by its index.
    ///
    /// A cluster plans for itself: it joins by sorting where one process would hash, and adds exchanges. An operator is
    /// paired with one of the same name, of the same detail where there is one, each with one alone.
    pub(crate) fn paired(&self, root: &OperatorNode) -> BTreeMap<u32, MetricsSet> {
        let mut free: Vec<_> = self.0.iter().rev().flat_map(|stage| &stage.operators).collect();
        let mut nodes = Vec::new();
        flatten(root, &mut nodes);
        let mut paired = BTreeMap::new();
        for same_detail in [true, false] {
            for node in &nodes {
                if paired.contains_key(&node.index) {
                    continue;
                }
                let fits = |operator: &&Operator| {
                    operator.name == node.name && (!same_detail || operator.detail == node.detail)
                };
                if let Some(at) = free.iter().position(fits) {
                    paired.insert(node.index, free.remove(at).metrics.clone());
                }
            }
        }
        paired
    }

    /// The stages as records, in the order in which they ran.
    pub(crate) fn into_records(self) -> Vec<StageRecord> {
        self.0.into_iter().map(|stage| stage.record).collect()
    }
}

impl Stage {
    fn of(stage: JobStageMetrics) -> Self {
        let depths: Vec<_> = stage.operators.iter().map(|operator| operator.depth).collect();
        let operators: Vec<_> = stage.operators.into_iter().map(Operator::of).collect();
        let record = |(operator, depth): (&Operator, u32)| StageOperator {
            depth,
            name: operator.name.clone(),
            metrics: operator_metrics(&operator.metrics),
        };
        let record = StageRecord {
            stage: stage.stage_id,
            partitions: stage.partitions,
            operators: operators.iter().zip(depths).map(record).collect(),
        };
        Self { record, operators }
    }
}

impl Operator {
    fn of(operator: OperatorWithMetrics) -> Self {
        let name = operator.operator_desc.split([':', ' ']).next().unwrap_or_default().to_owned();
        let metrics = OperatorMetricsSet { metrics: operator.metrics }.try_into();
        Self {
            detail: strip_name(operator.operator_desc.trim(), &name),
            name,
            // A figure of a kind that this version does not know is left out.
            metrics: metrics.unwrap_or_else(|_: ballista_core::error::BallistaError| MetricsSet::new()),
        }
    }
}

fn flatten<'a>(node: &'a OperatorNode, out: &mut Vec<&'a OperatorNode>) {
    out.push(node);
    for child in &node.children {
        flatten(child, out);
    }
}
