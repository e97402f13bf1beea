//! An artifact that could not be written.

use super::{Facts, Finding, Severity};
use crate::text;

const ADVICE: &str = "The run itself is not harmed; views that need this artifact are empty.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let missing = facts.run.index.missing.iter().map(|missing| {
        let (name, reason) = (text::clipped(&missing.name, 60), text::clipped(&missing.reason, 200));
        Finding::new(
            "missing-artifact",
            Severity::Error,
            format!("the artifact {name} was not recorded: {reason}"),
        )
        .advice(ADVICE)
        .at_section("contract", "the artifacts")
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    #[test]
    fn what_could_not_be_written_is_found() {
        check_case("missing-artifact", &Case::new(), &[]);
        let case = Case::new().missing("profile", "no space left on device");
        check_case(
            "missing-artifact",
            &case,
            &["the artifact profile was not recorded: no space left on device"],
        );
    }
}
