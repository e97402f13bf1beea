//! Every row with every row.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// Below so many rows it costs nothing.
const ROWS_MIN: f64 = 10_000.0;

const ADVICE: &str = "\
    A join condition is missing, or is one that the engine cannot use. Say in ON how the rows belong \
    together.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, join)| check(tree, join)).collect()
}

fn check(tree: &PlanTree<'_>, join: &Operator<'_>) -> Option<Finding> {
    let is_cross = join.node.name == "CrossJoinExec"
        || (join.node.name == "NestedLoopJoinExec" && !join.node.detail.contains("filter="));
    let rows = join.rows_out().filter(|rows| is_cross && rows.value() >= ROWS_MIN)?;
    let finding = Finding::new(
        "cross-join",
        Severity::Warning,
        format!("{} pairs every row with every row", join.node.name),
    )
    .advice(ADVICE)
    .weight(rows.value())
    .evidence("rows out", rows)
    .at_operator(tree, join);
    Some(tree.children(join).fold(finding, |finding, input| finding.evidence("input", input.rows_out())))
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    #[test]
    fn a_join_without_condition_is_found() {
        let rows = r#""metrics":{"rows_out":10000}"#;
        check(
            "cross-join",
            &operator("CrossJoinExec", 0, rows, &[]),
            &["CrossJoinExec pairs every row with every row"],
        );
        check(
            "cross-join",
            &operator("NestedLoopJoinExec", 0, rows, &[]),
            &["NestedLoopJoinExec pairs every row with every row"],
        );
    }

    #[test]
    fn a_condition_and_few_rows_are_let_pass() {
        let filter = r#""detail":"join_type=Inner, filter=a > b","metrics":{"rows_out":10000}"#;
        check("cross-join", &operator("NestedLoopJoinExec", 0, filter, &[]), &[]);
        check("cross-join", &operator("CrossJoinExec", 0, r#""metrics":{"rows_out":9999}"#, &[]), &[]);
        check("cross-join", &operator("HashJoinExec", 0, r#""metrics":{"rows_out":10000}"#, &[]), &[]);
    }
}
