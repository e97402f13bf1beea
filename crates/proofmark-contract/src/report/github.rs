//! As commands of GitHub's workflows, which show findings beside a change.

use super::line;
use crate::compat::Outcome;

/// A line per finding.
pub fn github(outcome: &Outcome) -> String {
    let mut text = String::new();
    for comparison in &outcome.comparisons {
        for judged in &comparison.findings {
            let command = match (judged.fails, &judged.accepted) {
                (true, _) => "error",
                (false, Some(_)) => "notice",
                (false, None) => "warning",
            };
            let title = format!("{} {}", judged.finding.rule, judged.finding.level);
            let line = line(comparison, judged);
            text += &format!("::{command} title={}::{}\n", property(&title), data(&line));
        }
    }
    text
}

/// The escapes of a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
