//! A hash join whose table is made of the larger side.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// Build rows over probe rows from which it is told.
const FACTOR: f64 = 4.0;
/// Below so many rows the table is small either way.
const ROWS_MIN: f64 = 100_000.0;

const ADVICE: &str = "\
    The planner took the wrong side for the smaller one. Collect statistics, or write the smaller table \
    first.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, join)| check(tree, join)).collect()
}

fn check(tree: &PlanTree<'_>, join: &Operator<'_>) -> Option<Finding> {
    // A statement that was stopped has not probed with all there is.
    if join.node.name != "HashJoinExec" || !tree.is_whole {
        return None;
    }
    // DataFusion builds from the left input and probes with the right one.
    let mut inputs = tree.children(join);
    let (build, probe) = (inputs.next()?.rows_out()?, inputs.next()?.rows_out()?);
    let factor = build.times(&probe)?;
    (factor.value() >= FACTOR && build.value() >= ROWS_MIN).then(|| {
        let title =
            format!("HashJoinExec builds its table from the larger side, {} the other", factor.text());
        Finding::new("build-side-larger", Severity::Warning, title)
            .advice(ADVICE)
            .weight(build.value())
            .evidence("rows built", build)
            .evidence("rows probed", probe)
            .evidence("memory of the table", join.gauge_bytes("build_mem_used"))
            .at_operator(tree, join)
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check, check_case, operator};

    fn join(name: &str, build: u64, probe: u64) -> String {
        let input = |index, rows| {
            operator("DataSourceExec", index, &format!(r#""metrics":{{"rows_out":{rows}}}"#), &[])
        };
        operator(name, 0, "", &[input(1, build), input(2, probe)])
    }

    #[test]
    fn a_table_of_the_larger_side_is_found() {
        let title = "HashJoinExec builds its table from the larger side, 4.0× the other";
        check("build-side-larger", &join("HashJoinExec", 400_000, 100_000), &[title]);
    }

    #[test]
    fn a_join_that_was_stopped_is_let_pass() {
        let stopped = Case::new().with_statement(r#""status":"cancelled""#);
        let plan = join("HashJoinExec", 400_000, 100_000);
        check_case("build-side-larger", &stopped.with_plan(&plan), &[]);
    }

    #[test]
    fn the_smaller_side_and_small_tables_are_let_pass() {
        check("build-side-larger", &join("HashJoinExec", 390_000, 100_000), &[]);
        check("build-side-larger", &join("HashJoinExec", 90_000, 1), &[]);
        check("build-side-larger", &join("HashJoinExec", 900_000, 0), &[]);
        check("build-side-larger", &join("SortMergeJoinExec", 400_000, 100_000), &[]);
    }
}
