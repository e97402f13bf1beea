//! UNION where UNION ALL would do.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// Below so many rows it costs nothing.
const ROWS_MIN: f64 = 10_000.0;

/// Operators that hand on rows as they are.
const PASSING: [&str; 5] =
    ["RepartitionExec", "CoalescePartitionsExec", "CoalesceBatchesExec", "AggregateExec", "ProjectionExec"];

const ADVICE: &str = "\
    If the parts cannot overlap, UNION ALL gives the same rows without hashing each of them.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, operator)| check(tree, operator)).collect()
}

/// The last round of an aggregation without aggregates, over a union, that took no row away.
fn check(tree: &PlanTree<'_>, last: &Operator<'_>) -> Option<Finding> {
    let is_distinct = last.node.name == "AggregateExec"
        && last.node.detail.ends_with("aggr=[]")
        && last.detail_word("mode").is_some_and(|mode| mode != "Partial");
    let union = union_below(tree, last).filter(|_| is_distinct)?;
    let (rows_in, rows_out) = (union.rows_out()?, last.rows_out()?);
    (rows_in.value() == rows_out.value() && rows_in.value() >= ROWS_MIN).then(|| {
        Finding::new(
            "union-distinct",
            Severity::Warning,
            "UNION looked for duplicates and found none".to_owned(),
        )
        .advice(ADVICE)
        .weight(rows_in.value())
        .evidence("rows in", rows_in)
        .evidence("rows left", rows_out)
        .evidence("time of the last round", last.compute())
        .at_operator(tree, last)
    })
}

fn union_below<'t, 'a>(tree: &'t PlanTree<'a>, operator: &'t Operator<'a>) -> Option<&'t Operator<'a>> {
    let mut below = operator;
    loop {
        let [input] = below.children[..] else { return None };
        below = &tree.operators[input];
        match below.node.name.as_str() {
            "UnionExec" | "InterleaveExec" => return Some(below),
            name if PASSING.contains(&name) => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    fn distinct(aggregates: &str, below: &str, rows_in: u64, rows_out: u64) -> String {
        let rows = |rows: u64| format!(r#""metrics":{{"rows_out":{rows}}}"#);
        let union = operator(below, 2, &rows(rows_in), &[]);
        let passing = operator("RepartitionExec", 1, &rows(rows_in), &[union]);
        let detail =
            format!(r#""detail":"mode=FinalPartitioned, gby=[a], aggr=[{aggregates}]",{}"#, rows(rows_out));
        operator("AggregateExec", 0, &detail, &[passing])
    }

    #[test]
    fn a_union_without_duplicates_is_found() {
        let title = "UNION looked for duplicates and found none";
        check("union-distinct", &distinct("", "UnionExec", 10_000, 10_000), &[title]);
    }

    #[test]
    fn duplicates_other_sources_and_aggregates_are_let_pass() {
        check("union-distinct", &distinct("", "UnionExec", 10_000, 9_999), &[]);
        check("union-distinct", &distinct("", "UnionExec", 9_999, 9_999), &[]);
        check("union-distinct", &distinct("", "DataSourceExec", 10_000, 10_000), &[]);
        check("union-distinct", &distinct("count(1)", "UnionExec", 10_000, 10_000), &[]);
    }
}
