//! Files that are read by a schema that is not theirs.

use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::{ColumnDrift, ReadVerdict, SchemaValidationEvent};

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};
use crate::place::Place;

const ADVICE: &str = "What is missing is read as nulls, what has another type is cast. \
    Rewrite the files, or say in the table what all of them have.";

const ADVICE_SILENT: &str = "Some values of these files are accepted and become something else, and no reader is told. \
    Rewrite the files, or give the table the type that they have.";

const ADVICE_REFUSED: &str = "A query that reads such a column of these files fails. \
    Rewrite the files, or say in the table what all of them have.";

/// Rules that a title names at most.
const RULES_MAX: usize = 4;

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let differing = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::SchemaValidation(event) if event.differing > 0 => Some((place, event)),
        _ => None,
    });
    differing.map(|(place, event)| finding(&place, event)).collect()
}

fn finding(place: &Place, event: &SchemaValidationEvent) -> Finding {
    let files = Figure::field(event.files, Unit::Count, place.field("files"));
    let differing = Figure::field(event.differing, Unit::Count, place.field("differing"));
    let drifts = drifts(event);
    let title = format!(
        "{} of {} files of the table {} have another schema than it{}",
        differing.text(),
        files.text(),
        crate::text::clipped(&event.dataset, 60),
        rules(&drifts),
    );
    let advice = match drifts.first().map(|drift| drift.verdict) {
        Some(ReadVerdict::Silent) => ADVICE_SILENT,
        Some(ReadVerdict::Refused) => ADVICE_REFUSED,
        Some(ReadVerdict::Ok | ReadVerdict::Conditional) | None => ADVICE,
    };
    Finding::new("schema-change", severity(event, &drifts), title)
        .advice(advice)
        .weight(differing.value())
        .evidence("files", files)
        .evidence("differing", differing)
        .evidence("differences", Figure::len(event.differences.len(), &place.field("differences")))
        .at_section("tables", "tables and their columns")
}

/// What was judged, the worst first.
fn drifts(event: &SchemaValidationEvent) -> Vec<&ColumnDrift> {
    let judged = event.differences.iter().filter_map(|it| it.drift.as_ref().into_option());
    let mut drifts: Vec<_> = judged.collect();
    drifts.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.rule.cmp(&b.rule)));
    drifts
}

/// What is not judged may be anything.
fn severity(event: &SchemaValidationEvent, drifts: &[&ColumnDrift]) -> Severity {
    match drifts.first().map(|drift| drift.verdict) {
        Some(ReadVerdict::Silent) => Severity::Error,
        Some(ReadVerdict::Ok) if drifts.len() == event.differences.len() => Severity::Note,
        _ => Severity::Warning,
    }
}

/// `: C1 SILENT, N2 cond`
fn rules(drifts: &[&ColumnDrift]) -> String {
    let clipped = |rule: &str| crate::text::clipped(rule, 8).to_string();
    let mut told: Vec<_> =
        drifts.iter().map(|it| format!("{} {}", clipped(&it.rule), it.verdict.name())).collect();
    told.dedup();
    let more = told.len().saturating_sub(RULES_MAX);
    told.truncate(RULES_MAX);
    match (told.is_empty(), more) {
        (true, _) => String::new(),
        (_, 0) => format!(": {}", told.join(", ")),
        (..) => format!(": {} and {more} more", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};
    use super::Severity;

    fn case(differing: u64, differences: &str) -> Case {
        let digest = "0".repeat(64);
        Case::new().with_event(&format!(
            r#"{{"type":"schema_validation_event.v1","dataset":"t","expected":"{digest}","files":9,"differing":{differing},"differences":[{differences}]}}"#
        ))
    }

    fn judged(verdicts: &[(&str, &str)]) -> String {
        let one = |(rule, verdict): &(&str, &str)| {
            format!(
                r#"{{"column":"c","kind":"retyped","files":2,"drift":{{"rule":"{rule}","verdict":"{verdict}","level":"silent"}}}}"#
            )
        };
        verdicts.iter().map(one).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn files_with_another_schema_are_found() {
        check_case(
            "schema-change",
            &case(2, ""),
            &["2 of 9 files of the table t have another schema than it"],
        );
    }

    #[test]
    fn the_rules_are_named_the_worst_first() {
        let title = |rules: &str| format!("2 of 9 files of the table t have another schema than it: {rules}");
        let drifts = judged(&[("F4", "ok"), ("N2", "cond"), ("C1", "SILENT"), ("N2", "cond")]);
        check_case("schema-change", &case(2, &drifts), &[&title("C1 SILENT, N2 cond, F4 ok")]);
        let drifts = judged(&[("F1", "no"), ("F4", "ok"), ("F6", "ok"), ("T3", "ok"), ("F13", "ok")]);
        check_case("schema-change", &case(2, &drifts), &[&title("F1 no, F13 ok, F4 ok, F6 ok and 1 more")]);
    }

    #[test]
    fn what_is_read_as_something_else_weighs_most() {
        for (verdicts, severity) in [
            (&[("F4", "ok"), ("C1", "SILENT")][..], Severity::Error),
            (&[("F4", "ok"), ("F1", "no")], Severity::Warning),
            (&[("N2", "cond")], Severity::Warning),
            (&[("F4", "ok")], Severity::Note),
            (&[], Severity::Warning),
        ] {
            assert_eq!(severity_of(&case(2, &judged(verdicts))), severity, "{verdicts:?}");
        }
    }

    fn severity_of(case: &Case) -> Severity {
        case.look(|facts| super::find(facts)[0].severity)
    }

    #[test]
    fn files_that_are_all_alike_are_let_pass() {
        check_case("schema-change", &case(0, ""), &[]);
        check_case("schema-change", &Case::new(), &[]);
    }
}
