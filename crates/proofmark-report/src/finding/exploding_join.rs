//! A join that puts out many times what went in.

use super::{Facts, Finding, Severity};
use crate::figure::Figure;
use crate::plan_tree::{Operator, PlanTree};

/// Rows out over the larger input from which it is told.
const FACTOR: f64 = 10.0;
/// Below so many rows nobody waits for it.
const ROWS_MIN: f64 = 100_000.0;

const ADVICE: &str = "Keys repeat on both sides. Join on more columns, or aggregate one side first.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, join)| check(tree, join)).collect()
}

fn check(tree: &PlanTree<'_>, join: &Operator<'_>) -> Option<Finding> {
    if !join.node.name.contains("Join") {
        return None;
    }
    let rows = join.rows_out()?;
    let larger = larger_input(tree, join)?;
    let factor = rows.times(&larger)?;
    (factor.value() >= FACTOR && rows.value() >= ROWS_MIN).then(|| {
        let title = format!("{} puts out {} the rows of its larger input", join.node.name, factor.text());
        Finding::new("exploding-join", Severity::Warning, title)
            .advice(ADVICE)
            .weight(rows.value())
            .evidence("rows out", rows)
            .evidence("larger input", larger)
            .evidence("out per row in", factor)
            .at_operator(tree, join)
    })
}

fn larger_input(tree: &PlanTree<'_>, join: &Operator<'_>) -> Option<Figure> {
    tree.children(join).filter_map(Operator::rows_out).max_by(|a, b| a.value().total_cmp(&b.value()))
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    #[test]
    fn a_join_that_multiplies_its_input_is_found() {
        let inputs = [
            operator("DataSourceExec", 1, r#""metrics":{"rows_out":20000}"#, &[]),
            operator("DataSourceExec", 2, r#""metrics":{"rows_out":300}"#, &[]),
        ];
        let join =
            |rows| operator("HashJoinExec", 0, &format!(r#""metrics":{{"rows_out":{rows}}}"#), &inputs);
        check("exploding-join", &join(200_000), &["HashJoinExec puts out 10× the rows of its larger input"]);
        check("exploding-join", &join(199_000), &[]);
    }

    #[test]
    fn few_rows_and_other_operators_are_let_pass() {
        let inputs = [operator("DataSourceExec", 1, r#""metrics":{"rows_out":100}"#, &[])];
        check("exploding-join", &operator("HashJoinExec", 0, r#""metrics":{"rows_out":9000}"#, &inputs), &[]);
        check("exploding-join", &operator("UnnestExec", 0, r#""metrics":{"rows_out":900000}"#, &inputs), &[]);
    }
}
