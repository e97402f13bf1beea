//! A run that did not do what was asked.

use proofmark_artifacts::{Maybe, RunStatus};

use super::{Facts, Finding, Severity};
use crate::text;
use crate::view::verdict::{ended_word, stage_word};

/// Most characters of a message.
const MESSAGE_CHARS_MAX: usize = 400;

const ADVICE: &str = "Statements after it did not run.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(manifest) = &facts.run.manifest else { return Vec::new() };
    let failed = match &manifest.failure {
        Maybe::Set(failure) => {
            let message = text::clipped(&failure.message, MESSAGE_CHARS_MAX);
            Some(format!("{} while {}: {message}", ended_word(manifest.status), stage_word(failure.stage)))
        }
        Maybe::Unset if manifest.status == RunStatus::Cancelled => {
            Some("the run was stopped before its end".to_owned())
        }
        Maybe::Unset => None,
    };
    let finding = |title| {
        Finding::new("statement-failed", Severity::Error, title)
            .advice(ADVICE)
            .weight(f64::MAX)
            .at_section("verdict", "how it ended")
    };
    failed.map(finding).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    #[test]
    fn a_failure_and_a_cancellation_are_found() {
        let failed = Case::new()
            .with_manifest(r#""status":"failed","failure":{"stage":"plan","message":"no table `x`"}"#);
        check_case("statement-failed", &failed, &["failed while planning: no table `x`"]);
        let cancelled = Case::new().with_manifest(r#""status":"cancelled""#);
        check_case("statement-failed", &cancelled, &["the run was stopped before its end"]);
        let stopped = Case::new()
            .with_manifest(r#""status":"cancelled","failure":{"stage":"execute","message":"stopped"}"#);
        check_case("statement-failed", &stopped, &["cancelled while running: stopped"]);
    }

    #[test]
    fn a_good_run_is_let_pass() {
        check_case("statement-failed", &Case::new(), &[]);
    }
}
