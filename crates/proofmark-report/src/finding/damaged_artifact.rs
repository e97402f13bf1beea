//! An artifact that is not what was written.

use super::{Facts, Finding, Severity};
use crate::recorded::DocumentState;
use crate::text;

const ADVICE: &str = "\
    What this report says elsewhere leaves that artifact out. Restore the file from a copy, or run \
    again.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let damaged = facts.run.documents.iter().filter_map(|document| match &document.state {
        DocumentState::Damaged(reason) => Some((&document.entry.name, reason)),
        DocumentState::Verified(_) | DocumentState::UnknownType | DocumentState::Unread(_) => None,
    });
    let finding = |(name, reason): (&String, &String)| {
        let title = format!(
            "the artifact {} cannot be trusted: {}",
            text::clipped(name, 60),
            text::clipped(reason, 200)
        );
        Finding::new("damaged-artifact", Severity::Error, title)
            .advice(ADVICE)
            .at_section("contract", "the artifacts")
    };
    damaged.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    #[test]
    fn a_changed_byte_is_found() {
        let case = Case::new().with_plan("");
        check_case("damaged-artifact", &case, &[]);
        let damaged = case.damage("plan.json");
        check_case(
            "damaged-artifact",
            &damaged,
            &[
                "the artifact plan cannot be trusted: [DIR]/plan.json: damaged: its digest is not the recorded one",
            ],
        );
    }
}
