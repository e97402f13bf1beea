//! What a reader should look at first.

use maud::{Markup, Render, html};

use crate::figure::Figure;
use crate::finding::{Facts, Finding, RULES, Severity, findings};

/// Most findings that are shown.
const FINDINGS_MAX: usize = 40;

/// The ranked findings.
pub(crate) struct Findings(Vec<Finding>);

pub(crate) fn model(facts: &Facts<'_>) -> Findings {
    Findings(findings(facts))
}

impl Render for Findings {
    fn render(&self) -> Markup {
        html! {
            @if self.0.is_empty() {
                p.lead { "Nothing to worry about: none of the " (RULES.len()) " rules found anything." }
            } @else {
                ol.findings { @for found in self.0.iter().take(FINDINGS_MAX) { (finding(found)) } }
            }
            @if self.0.len() > FINDINGS_MAX {
                p.cut-note { "Shown here: the first " (FINDINGS_MAX) " of " (self.0.len()) " findings." }
            }
        }
    }
}

fn finding(finding: &Finding) -> Markup {
    let (class, word) = match finding.severity {
        Severity::Error => ("error", "error"),
        Severity::Warning => ("warning", "warning"),
        Severity::Note => ("note", "note"),
    };
    html! {
        li class=(format!("finding {class}")) {
            p.what { span.severity { (word) } " " strong { (first_upper(&finding.title)) } }
            p.advice { (finding.advice) }
            p.evidence {
                @for (label, figure) in &finding.evidence { span { (label) " " (Figure::clone(figure)) } }
                @if let Some((anchor, name)) = &finding.link { a href=(format!("#{anchor}")) { (name) } }
                code.rule { (finding.rule) }
            }
        }
    }
}

fn first_upper(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
