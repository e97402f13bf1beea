//! A run from a checkout that no commit describes.

use super::{Facts, Finding, Severity};
use crate::view::environment;

const ADVICE: &str = "\
    The revision alone does not bring this run back. Commit before runs that are to be repeated.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let git = environment::repro(facts.run).and_then(|(repro, _)| repro.git.as_ref().into_option());
    let is_dirty = git.is_some_and(|git| git.dirty.into_option() == Some(true));
    let finding = Finding::new(
        "uncommitted-changes",
        Severity::Note,
        "the checkout had changes that are in no commit".to_owned(),
    );
    let finding = finding.advice(ADVICE).at_section("environment", "environment");
    is_dirty.then_some(finding).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    #[test]
    fn a_dirty_checkout_is_found() {
        let case = Case::new().with_git(r#"{"revision":"abc","dirty":true}"#);
        check_case("uncommitted-changes", &case, &["the checkout had changes that are in no commit"]);
    }

    #[test]
    fn a_clean_one_and_none_are_let_pass() {
        check_case("uncommitted-changes", &Case::new().with_git(r#"{"revision":"abc","dirty":false}"#), &[]);
        check_case("uncommitted-changes", &Case::new(), &[]);
    }
}
