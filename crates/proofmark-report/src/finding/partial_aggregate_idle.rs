//! A first round of an aggregation that aggregates nothing.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// Rows out over rows in from which the round was in vain.
const PART: f64 = 0.9;
/// Below so many rows it costs nothing.
const ROWS_MIN: f64 = 100_000.0;

const ADVICE: &str = "\
    Nearly every row is a group of its own. Group by fewer columns, or let the engine skip this round.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, operator)| check(tree, operator)).collect()
}

fn check(tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<Finding> {
    if operator.node.name != "AggregateExec" || operator.detail_word("mode") != Some("Partial") {
        return None;
    }
    let (rows_in, rows_out) = (tree.children(operator).next()?.rows_out()?, operator.rows_out()?);
    let part = rows_out.part_of(&rows_in)?;
    (part.value() >= PART && rows_in.value() >= ROWS_MIN).then(|| {
        let title = format!("a partial aggregation let {} of its rows through", part.text());
        Finding::new("partial-aggregate-idle", Severity::Note, title)
            .advice(ADVICE)
            .weight(rows_in.value())
            .evidence("rows in", rows_in)
            .evidence("groups out", rows_out)
            .evidence("time", operator.compute())
            .at_operator(tree, operator)
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    fn aggregate(mode: &str, rows_in: u64, rows_out: u64) -> String {
        let input = operator("DataSourceExec", 1, &format!(r#""metrics":{{"rows_out":{rows_in}}}"#), &[]);
        operator(
            "AggregateExec",
            0,
            &format!(r#""detail":"mode={mode}, gby=[a]","metrics":{{"rows_out":{rows_out}}}"#),
            &[input],
        )
    }

    #[test]
    fn a_round_in_vain_is_found() {
        let title = "a partial aggregation let 90 % of its rows through";
        check("partial-aggregate-idle", &aggregate("Partial", 100_000, 90_000), &[title]);
    }

    #[test]
    fn a_useful_round_and_the_last_one_are_let_pass() {
        check("partial-aggregate-idle", &aggregate("Partial", 100_000, 89_000), &[]);
        check("partial-aggregate-idle", &aggregate("Partial", 1_000, 1_000), &[]);
        check("partial-aggregate-idle", &aggregate("FinalPartitioned", 100_000, 100_000), &[]);
    }
}
