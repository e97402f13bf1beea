//! A filter that was found while running, and never skipped anything.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// Below so many rows there is nothing to gain.
const ROWS_MIN: f64 = 100_000.0;

/// What would count something if the filter had skipped it.
const SKIPPED: [&str; 2] = ["row_groups_pruned_dynamic_filter", "pushdown_rows_pruned"];

const ADVICE: &str = "\
    The rows are not laid out by the key. Sorting the files by it, or partitioning them, would let whole \
    row groups be skipped.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, scan)| check(tree, scan)).collect()
}

fn check(tree: &PlanTree<'_>, scan: &Operator<'_>) -> Option<Finding> {
    let rows = scan.rows_out().filter(|rows| rows.value() >= ROWS_MIN)?;
    let estimated = scan.rows_estimated().filter(|estimated| estimated.value() <= rows.value())?;
    let skipped: Vec<_> = SKIPPED.iter().filter_map(|name| scan.counter(name)).collect();
    let is_idle = !skipped.is_empty() && skipped.iter().all(|skipped| skipped.value() == 0.0);
    (is_idle && scan.node.detail.contains("DynamicFilter")).then(|| {
        let title = "a filter that a join or a limit gave to a scan skipped nothing".to_owned();
        let finding = Finding::new("dynamic-filter-idle", Severity::Note, title)
            .advice(ADVICE)
            .weight(rows.value())
            .evidence("rows read", rows)
            .evidence("rows expected", estimated)
            .at_operator(tree, scan);
        skipped.into_iter().fold(finding, |finding, skipped| finding.evidence("skipped", skipped))
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    fn scan(detail: &str, pruned: u64) -> String {
        let counter =
            format!(r#"{{"kind":"count","name":"row_groups_pruned_dynamic_filter","value":{pruned}}}"#);
        let rows = r#""rows_estimated":{"rows":100000,"exact":true}"#;
        operator(
            "DataSourceExec",
            0,
            &format!(r#""detail":"{detail}",{rows},"metrics":{{"rows_out":100000,"counters":[{counter}]}}"#),
            &[],
        )
    }

    #[test]
    fn a_filter_without_effect_is_found() {
        let title = "a filter that a join or a limit gave to a scan skipped nothing";
        check("dynamic-filter-idle", &scan("predicate=DynamicFilter [ empty ]", 0), &[title]);
    }

    #[test]
    fn a_filter_with_effect_and_none_at_all_are_let_pass() {
        check("dynamic-filter-idle", &scan("predicate=DynamicFilter [ empty ]", 1), &[]);
        check("dynamic-filter-idle", &scan("predicate=a > 1", 0), &[]);
    }
}
