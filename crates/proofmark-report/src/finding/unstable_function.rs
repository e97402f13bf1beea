//! A statement that cannot give the same twice.

use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::FunctionVolatility;

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};

const ADVICE: &str =
    "Runs of the same work will differ, and so will their content. Give the value as a parameter.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let unstable = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::UdfValidation(event) if event.volatility == FunctionVolatility::Volatile => {
            Some((place, event))
        }
        _ => None,
    });
    let finding = unstable.map(|(place, event)| {
        let function = crate::text::clipped(&event.function, 60);
        let title =
            format!("statement {} calls {function}, which gives something else each time", event.statement);
        Finding::new("unstable-function", Severity::Note, title)
            .advice(ADVICE)
            .weight(event.calls as f64)
            .evidence("calls", Figure::field(event.calls, Unit::Count, place.field("calls")))
            .at_section("sql", "statements")
    });
    finding.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(volatility: &str) -> Case {
        Case::new().with_event(&format!(
            r#"{{"type":"udf_validation_event.v1","statement":2,"function":"random","kind":"scalar","volatility":"{volatility}","registered":true,"calls":1}}"#
        ))
    }

    #[test]
    fn a_function_that_gives_something_else_each_time_is_found() {
        let title = "statement 2 calls random, which gives something else each time";
        check_case("unstable-function", &case("volatile"), &[title]);
    }

    #[test]
    fn other_functions_are_let_pass() {
        check_case("unstable-function", &case("stable"), &[]);
        check_case("unstable-function", &case("immutable"), &[]);
    }
}
