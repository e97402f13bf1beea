//! As JUnit XML, which every build server shows.

use super::{line, title};
use crate::compat::{Comparison, Outcome};

/// A suite per record and baseline, a case per finding.
pub fn junit(outcome: &Outcome) -> String {
    let failures = outcome.judged().filter(|judged| judged.fails).count();
    let tests = outcome.judged().count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text += &format!("<testsuites name=\"proofmark compat\" tests=\"{tests}\" failures=\"{failures}\">\n");
    for comparison in &outcome.comparisons {
        text += &suite(comparison);
    }
    text + "</testsuites>\n"
}

fn suite(comparison: &Comparison) -> String {
    let Comparison { record, against, findings, .. } = comparison;
    let failures = findings.iter().filter(|judged| judged.fails).count();
    let name = escape(&format!("{record} against {against}"));
    let mut text =
        format!("  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\">\n", findings.len());
    for judged in findings {
        let case = escape(&format!("{} {}", judged.finding.rule, judged.finding.change.place));
        text += &format!("    <testcase classname=\"{}\" name=\"{case}\">", escape(record));
        if judged.fails {
            let (kind, message) = (judged.finding.level.name(), escape(title(judged)));
            let line = escape(&line(comparison, judged));
            text += &format!("\n      <failure type=\"{kind}\" message=\"{message}\">{line}</failure>\n    ");
        }
        text += "</testcase>\n";
    }
    text + "  </testsuite>\n"
}

/// Text as XML holds it; control characters, which XML has no form for, as a question mark.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push('?'),
            c => escaped.push(c),
        }
    }
    escaped
}
