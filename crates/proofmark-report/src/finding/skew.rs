//! One partition with most of the rows.

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};
use crate::plan_tree::{Operator, PlanTree};

/// The largest partition over the mean from which it is told.
const FACTOR: f64 = 3.0;
/// Fewer partitions cannot be skewed so much.
const PARTITIONS_MIN: usize = 4;
/// Below so many rows in the largest nobody waits for it.
const ROWS_MIN: f64 = 100_000.0;

const ADVICE: &str = "\
    The others wait for it. A key with few values, or one frequent value, is often why; another key \
    divides better.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, operator)| check(tree, operator)).collect()
}

fn check(tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<Finding> {
    let rows = operator.rows_per_partition();
    if rows.len() < PARTITIONS_MIN {
        return None;
    }
    let list = operator.rows_per_partition_place();
    let largest = Figure::max(rows.iter().copied(), Unit::Count, &list.each());
    let mean =
        Figure::sum(rows.iter().copied(), Unit::Count, &list.each()).per(&Figure::len(rows.len(), &list))?;
    let factor = largest.times(&mean)?;
    (factor.value() >= FACTOR && largest.value() >= ROWS_MIN && !passes_on(tree, operator)).then(|| {
        let title = format!("one partition of {} has {} the mean", operator.node.name, factor.text());
        Finding::new("skew", Severity::Warning, title)
            .advice(ADVICE)
            .weight(largest.value())
            .evidence("largest partition", largest)
            .evidence("mean", mean)
            .at_operator(tree, operator)
    })
}

/// Whether the operator only hands on the skew of its input: it is told once, where it begins.
fn passes_on(tree: &PlanTree<'_>, operator: &Operator<'_>) -> bool {
    let largest = |it: &Operator<'_>| it.rows_per_partition().iter().copied().max().unwrap_or(0);
    tree.children(operator).any(|input| {
        input.rows_per_partition().len() == operator.rows_per_partition().len()
            && largest(input) >= largest(operator)
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    fn rows(name: &str, rows: &str, inputs: &[String]) -> String {
        operator(
            name,
            inputs.len() as u32,
            &format!(r#""metrics":{{"rows_per_partition":[{rows}]}}"#),
            inputs,
        )
    }

    #[test]
    fn a_large_partition_is_found_where_it_begins() {
        let skewed = rows("RepartitionExec", "300000,50000,25000,25000", &[]);
        let title = "one partition of RepartitionExec has 3.0× the mean";
        check("skew", &skewed, &[title]);
        check("skew", &rows("FilterExec", "300000,50000,25000,25000", &[skewed]), &[title]);
    }

    #[test]
    fn even_few_and_small_partitions_are_let_pass() {
        check("skew", &rows("RepartitionExec", "290000,60000,25000,25000", &[]), &[]);
        check("skew", &rows("RepartitionExec", "900000,1,1", &[]), &[]);
        check("skew", &rows("RepartitionExec", "90000,1,1,1", &[]), &[]);
        check("skew", &rows("RepartitionExec", "0,0,0,0", &[]), &[]);
    }
}
