//! Files that are read by a schema that is not theirs.

use proofmark_artifacts::DiagnosticEvent;

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};

const ADVICE: &str = "What is missing is read as nulls, what has another type is cast. \
    Rewrite the files, or say in the table what all of them have.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let differing = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::SchemaValidation(event) if event.differing > 0 => Some((place, event)),
        _ => None,
    });
    let finding = differing.map(|(place, event)| {
        let files = Figure::field(event.files, Unit::Count, place.field("files"));
        let differing = Figure::field(event.differing, Unit::Count, place.field("differing"));
        let title = format!(
            "{} of {} files of the table {} have another schema than it",
            differing.text(),
            files.text(),
            crate::text::clipped(&event.dataset, 60)
        );
        Finding::new("schema-change", Severity::Warning, title)
            .advice(ADVICE)
            .weight(differing.value())
            .evidence("files", files)
            .evidence("differing", differing)
            .evidence("differences", Figure::len(event.differences.len(), &place.field("differences")))
            .at_section("tables", "tables and their columns")
    });
    finding.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(differing: u64) -> Case {
        let digest = "0".repeat(64);
        Case::new().with_event(&format!(
            r#"{{"type":"schema_validation_event.v1","dataset":"t","expected":"{digest}","files":9,"differing":{differing}}}"#
        ))
    }

    #[test]
    fn files_with_another_schema_are_found() {
        check_case("schema-change", &case(2), &["2 of 9 files of the table t have another schema than it"]);
    }

    #[test]
    fn files_that_are_all_alike_are_let_pass() {
        check_case("schema-change", &case(0), &[]);
        check_case("schema-change", &Case::new(), &[]);
    }
}
