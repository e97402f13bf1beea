//! An artifact that is what was written, and not what this program has for its type.

use super::{Facts, Finding, Severity};
use crate::text;

const ADVICE: &str = "\
    The file is whole; what this report says elsewhere leaves it out. Another release of proofmark wrote it: \
    make the report with that one.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let finding = |(name, why): (&str, &str)| {
        let title =
            format!("the artifact {} is not read: {}", text::clipped(name, 60), text::clipped(why, 200));
        Finding::new("unread-artifact", Severity::Error, title)
            .advice(ADVICE)
            .at_section("contract", "the artifacts")
    };
    facts.run.unread().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    #[test]
    fn what_another_release_wrote_is_found() {
        let case = Case::new().with_plan("");
        check_case("unread-artifact", &case, &[]);
        let later = case.rewrite("plan.json", r#"{"type":"plan.v1","plans":[]}"#);
        check_case(
            "unread-artifact",
            &later,
            &["the artifact plan is not read: Object contains unknown field `plans`"],
        );
        check_case("damaged-artifact", &later, &[]);
    }
}
