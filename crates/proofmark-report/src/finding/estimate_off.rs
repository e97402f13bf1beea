//! The planner expected far fewer or far more rows.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// How far off an estimate is told.
const FACTOR: f64 = 10.0;
/// Below so many rows on both sides no other plan would have been better.
const ROWS_MIN: f64 = 10_000.0;

const ADVICE: &str = "\
    Plans above it were chosen by this number. Statistics, a histogram or a simpler condition would give \
    a better one.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, operator)| check(tree, operator)).collect()
}

/// Where the error begins: an operator whose inputs were estimated well. Above it, everything is wrong for one reason.
fn check(tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<Finding> {
    let off = off(tree, operator)?;
    if tree.children(operator).any(|input| self::off(tree, input).is_some()) {
        return None;
    }
    let (estimated, actual) = (operator.rows_estimated()?, operator.rows_out()?);
    let factor = if off > 0.0 { actual.times(&estimated) } else { estimated.times(&actual) };
    let (size, word) = (
        factor.as_ref().map_or("far".to_owned(), |factor| factor.text()),
        if off > 0.0 { "more" } else { "fewer" },
    );
    let title = format!("{} put out {size} {word} rows than the planner expected", operator.node.name);
    Some(
        Finding::new("estimate-off", Severity::Note, title)
            .advice(ADVICE)
            .weight(off.abs())
            .evidence("expected", estimated)
            .evidence("actual", actual)
            .at_operator(tree, operator),
    )
}

/// How far off, in powers of ten: above zero where more came than expected.
fn off(tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<f64> {
    let (estimated, actual) = (operator.rows_estimated()?.value(), operator.rows_out()?.value());
    let off = (actual.max(1.0) / estimated.max(1.0)).log10();
    // Of a statement that was stopped nobody knows how many rows there would have been.
    let is_known = tree.is_whole || off > 0.0;
    (is_known && off.abs() >= FACTOR.log10() && estimated.max(actual) >= ROWS_MIN).then_some(off)
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check, check_case, operator};

    fn rows(name: &str, estimated: u64, actual: u64, inputs: &[String]) -> String {
        let fields = format!(
            r#""rows_estimated":{{"rows":{estimated},"exact":false}},"metrics":{{"rows_out":{actual}}}"#
        );
        operator(name, inputs.len() as u32, &fields, inputs)
    }

    #[test]
    fn too_many_and_too_few_rows_are_found() {
        let more = "FilterExec put out 10× more rows than the planner expected";
        check("estimate-off", &rows("FilterExec", 1_000, 10_000, &[]), &[more]);
        let fewer = "FilterExec put out 10× fewer rows than the planner expected";
        check("estimate-off", &rows("FilterExec", 10_000, 1_000, &[]), &[fewer]);
        let none = "FilterExec put out far fewer rows than the planner expected";
        check("estimate-off", &rows("FilterExec", 10_000, 0, &[]), &[none]);
    }

    #[test]
    fn too_few_rows_of_a_statement_that_was_stopped_are_let_pass() {
        let stopped = Case::new().with_statement(r#""status":"cancelled""#);
        check_case("estimate-off", &stopped.clone().with_plan(&rows("FilterExec", 10_000, 1_000, &[])), &[]);
        let more = "FilterExec put out 10× more rows than the planner expected";
        check_case("estimate-off", &stopped.with_plan(&rows("FilterExec", 1_000, 10_000, &[])), &[more]);
    }

    #[test]
    fn what_follows_from_another_error_is_let_pass() {
        let scan = rows("DataSourceExec", 1_000_000, 10, &[]);
        let found = "DataSourceExec put out 100,000× fewer rows than the planner expected";
        check("estimate-off", &rows("FilterExec", 1_000_000, 10, &[scan]), &[found]);
    }

    #[test]
    fn good_estimates_and_few_rows_are_let_pass() {
        check("estimate-off", &rows("FilterExec", 10_000, 1_001, &[]), &[]);
        check("estimate-off", &rows("FilterExec", 9_999, 1, &[]), &[]);
    }
}
