//! Whether the types of a run's records have drifted since it was written.

use maud::{Markup, html};

use super::cell;
use crate::drift::{Drift, DriftBasis, DriftFinding, DriftLevel};
use crate::text::visible;

/// Most findings that are shown.
const FINDINGS_MAX: usize = 100;

/// The level as a word in its colour; never by colour alone.
pub(super) fn badge(drift: &Drift) -> Markup {
    let (class, sign, word) = match drift.level() {
        DriftLevel::Unknown => ("badge incomplete", "◐", "drift not known"),
        DriftLevel::None => ("badge ok", "✓", "no drift"),
        DriftLevel::Compatible => ("badge", "≈", "compatible drift"),
        DriftLevel::Breaking => ("badge failed", "✕", "breaking drift"),
        DriftLevel::Silent => ("badge silent", "‼", "silent drift"),
    };
    html! {
        a class=(class) href="#drift" title=(meaning(drift)) {
            span aria-hidden="true" { (sign) " " } (word)
        }
    }
}

/// What the level is said of, and what it means.
fn meaning(drift: &Drift) -> String {
    let writer = visible(&drift.writer);
    match (&drift.basis, drift.level()) {
        (DriftBasis::Nothing(why), _) => {
            format!(
                "The records were written by {writer}. Their types of then are not at hand: {}.",
                visible(why)
            )
        }
        (DriftBasis::SameRelease, DriftLevel::None) => {
            format!("The records were written by {writer}, the release of the program that made this page.")
        }
        (_, DriftLevel::None) => format!("The types of these records are as {writer} had them."),
        (_, DriftLevel::Compatible) => {
            format!("Types changed since {writer}; the records of this run are read as they were meant.")
        }
        (_, DriftLevel::Breaking) => {
            format!("Types changed since {writer}; not every record of this run can be read as it was meant.")
        }
        (_, _) => {
            format!(
                "Types changed since {writer}: a record of this run is read without an error and means something else."
            )
        }
    }
}

/// The findings, and by what they were found.
pub(super) fn details(drift: &Drift) -> Markup {
    html! {
        h3 #drift { "Drift of the types " (badge_words(drift)) }
        p { (meaning(drift)) }
        @if !drift.findings.is_empty() {
            div.scroll { table {
                caption { "Changes of types since " (visible(&drift.writer)) }
                thead { tr {
                    th scope="col" { "Rule" } th scope="col" { "Record" } th scope="col" { "Change" }
                    th scope="col" { "For this run" } th scope="col" { "Let pass" }
                } }
                tbody { @for finding in drift.findings.iter().take(FINDINGS_MAX) { (row(finding)) } }
            } }
            @if drift.findings.len() > FINDINGS_MAX {
                p.cut-note { (drift.findings.len() - FINDINGS_MAX) " more; " code { "proofmark compat --against RUN" } " has all of them." }
            }
        }
        @for (record, why) in &drift.unread {
            p.unstable { strong { (visible(record)) } " is not read: " (cell(why, 300)) }
        }
    }
}

fn badge_words(drift: &Drift) -> Markup {
    let word = match drift.level() {
        DriftLevel::Unknown => "not known",
        level => level_word(level),
    };
    html! { span.tag { (word) } }
}

fn level_word(level: DriftLevel) -> &'static str {
    match level {
        DriftLevel::Unknown => "unknown",
        DriftLevel::None => "none",
        DriftLevel::Compatible => "compatible",
        DriftLevel::Breaking => "breaking",
        DriftLevel::Silent => "silent",
    }
}

fn row(finding: &DriftFinding) -> Markup {
    html! {
        tr.bad[finding.level >= DriftLevel::Breaking && finding.hits != Some(0) && finding.accepted.is_none()] {
            td { code { (visible(&finding.rule)) } }
            td { strong { (visible(&finding.record)) } }
            td.words { code { (cell(&finding.change, 160)) } br; span.dim { (cell(&finding.title, 160)) } }
            td {
                (level_word(finding.level))
                @match finding.hits {
                    Some(0) => { br; span.dim { "hits no record of it" } }
                    Some(_) => { br; span.dim { "hits records of it" } }
                    None => {}
                }
            }
            td.words {
                @match &finding.accepted {
                    Some((reason, until)) => {
                        (cell(reason, 160))
                        @if let Some(until) = until { br; span.dim { "until " (visible(until)) } }
                    }
                    None => span.none { "–" },
                }
            }
        }
    }
}
