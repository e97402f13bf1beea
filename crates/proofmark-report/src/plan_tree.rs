//! Plans as flat lists of operators, each with its place and its neighbours.

use proofmark_artifacts::{Metric, OperatorNode, RunStatus};

use crate::figure::{Figure, Unit};
use crate::place::Place;
use crate::recorded::Recorded;

/// The operators of one statement, from the root down, children in order.
pub(crate) struct PlanTree<'a> {
    /// The statement's position in the run.
    pub(crate) statement: u32,
    /// Whether the statement ran to its end: else operators put out fewer rows than they would have.
    pub(crate) is_whole: bool,
    /// Where the root stands.
    pub(crate) root: Place,
    pub(crate) operators: Vec<Operator<'a>>,
}

/// One operator of a plan.
pub(crate) struct Operator<'a> {
    pub(crate) node: &'a OperatorNode,
    pub(crate) place: Place,
    pub(crate) depth: usize,
    /// Its place in the list, as those of the operators it reads from.
    pub(crate) idx: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
}

/// The physical plans of a run, of the statements that have one.
pub(crate) fn plan_trees(run: &Recorded) -> Vec<PlanTree<'_>> {
    let statements = run.plan.iter().flat_map(|plan| plan.statements.iter().enumerate());
    let trees = statements.filter_map(|(idx, plan)| {
        let root = Place::of("plan").field("statements").item(idx).field("physical");
        let node = Option::from(plan.physical.as_ref())?;
        let record = run.statement(plan.statement);
        let is_whole = record.is_none_or(|(_, record)| record.status == RunStatus::Ok);
        Some(PlanTree { statement: plan.statement, is_whole, operators: flatten(node, &root), root })
    });
    trees.collect()
}

/// Without recursion: a plan may be deeper than a thread's stack likes.
fn flatten<'a>(root: &'a OperatorNode, place: &Place) -> Vec<Operator<'a>> {
    let mut operators: Vec<Operator<'a>> = Vec::new();
    let mut waiting = vec![(root, place.clone(), 0, None::<usize>)];
    while let Some((node, place, depth, parent)) = waiting.pop() {
        let idx = operators.len();
        if let Some(parent) = parent {
            operators[parent].children.push(idx);
        }
        for (child_idx, child) in node.children.iter().enumerate().rev() {
            waiting.push((child, place.field("children").item(child_idx), depth + 1, Some(idx)));
        }
        operators.push(Operator { node, place, depth, idx, parent, children: Vec::new() });
    }
    operators
}

impl<'a> PlanTree<'a> {
    /// The operators that one reads from.
    pub(crate) fn children(&self, operator: &Operator<'a>) -> impl Iterator<Item = &Operator<'a>> {
        operator.children.iter().map(|idx| &self.operators[*idx])
    }

    /// Processor time of all operators.
    pub(crate) fn compute(&self) -> Figure {
        let times = self
            .operators
            .iter()
            .filter_map(|it| it.node.metrics.as_ref().into_option()?.elapsed_compute_ns.into_option());
        Figure::sum(times, Unit::Nanoseconds, &self.root.anywhere("elapsed_compute_ns"))
    }

    /// What the reader is sent to: the operator's row.
    pub(crate) fn anchor(&self, operator: &Operator<'_>) -> String {
        anchor(self.statement, operator.node.index)
    }
}

/// The name of an operator's row in the page.
pub(crate) fn anchor(statement: u32, operator: u32) -> String {
    format!("s{statement}o{operator}")
}

impl Operator<'_> {
    pub(crate) fn rows_out(&self) -> Option<Figure> {
        self.metric("rows_out", Unit::Count, |it| it.rows_out.into_option())
    }

    pub(crate) fn bytes_out(&self) -> Option<Figure> {
        self.metric("bytes_out", Unit::Bytes, |it| it.bytes_out.into_option())
    }

    pub(crate) fn compute(&self) -> Option<Figure> {
        self.metric("elapsed_compute_ns", Unit::Nanoseconds, |it| it.elapsed_compute_ns.into_option())
    }

    pub(crate) fn spilled(&self) -> Option<Figure> {
        self.metric("spilled_bytes", Unit::Bytes, |it| it.spilled_bytes.into_option())
    }

    pub(crate) fn rows_estimated(&self) -> Option<Figure> {
        let estimate = self.node.rows_estimated.into_option()?;
        Some(Figure::field(estimate.rows, Unit::Count, self.place.at("rows_estimated.rows")))
    }

    /// One of the engine's own figures: a count, a gauge, bytes or a time.
    pub(crate) fn counter(&self, wanted: &str) -> Option<Figure> {
        let metrics = self.node.metrics.as_ref().into_option()?;
        metrics.counters.iter().enumerate().find_map(|(idx, metric)| {
            let place = self.place.at("metrics.counters").item(idx);
            match metric {
                Metric::Count { name, value } | Metric::Gauge { name, value } if name == wanted => {
                    Some(Figure::field(*value, Unit::Count, place.field("value")))
                }
                Metric::Bytes { name, value } if name == wanted => {
                    Some(Figure::field(*value, Unit::Bytes, place.field("value")))
                }
                Metric::Time { name, value_ns } if name == wanted => {
                    Some(Figure::field(*value_ns, Unit::Nanoseconds, place.field("value_ns")))
                }
                _ => None,
            }
        })
    }

    /// A gauge that counts bytes, such as `build_mem_used`: the engine gives gauges no unit.
    pub(crate) fn gauge_bytes(&self, wanted: &str) -> Option<Figure> {
        let metrics = self.node.metrics.as_ref().into_option()?;
        metrics.counters.iter().enumerate().find_map(|(idx, metric)| match metric {
            Metric::Gauge { name, value } if name == wanted => {
                let place = self.place.at("metrics.counters").item(idx).field("value");
                Some(Figure::field(*value, Unit::Bytes, place))
            }
            _ => None,
        })
    }

    /// How its rows fell to the partitions.
    pub(crate) fn rows_per_partition(&self) -> &[u64] {
        self.node.metrics.as_ref().into_option().map_or(&[], |metrics| &metrics.rows_per_partition)
    }

    /// Where the rows of the partitions stand.
    pub(crate) fn rows_per_partition_place(&self) -> Place {
        self.place.at("metrics.rows_per_partition")
    }

    /// The value of `key=value` in what the operator says it does.
    pub(crate) fn detail_word(&self, key: &str) -> Option<&str> {
        let at = self.node.detail.find(key)?;
        let rest = self.node.detail[at + key.len()..].strip_prefix('=')?;
        rest.split([',', ' ']).next()
    }

    fn metric(
        &self,
        name: &str,
        unit: Unit,
        value: impl FnOnce(&proofmark_artifacts::OperatorMetrics) -> Option<u64>,
    ) -> Option<Figure> {
        let value = value(self.node.metrics.as_ref().into_option()?)?;
        Some(Figure::field(value, unit, self.place.field("metrics").field(name)))
    }
}
