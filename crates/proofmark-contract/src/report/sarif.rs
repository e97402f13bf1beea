//! As SARIF 2.1.0, which code hosts show in their security views.
//!
//! Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use proofmark::{Maybe, Record, Result};

use super::{ComparisonReport, CompatReport, FindingReport, line, unread_line};
use crate::rules::{self, Rule};

#[derive(Record)]
struct Log {
    #[field(rename = "$schema")]
    schema: String,
    version: String,
    runs: Vec<Run>,
}

#[derive(Record)]
struct Run {
    tool: Tool,
    results: Vec<Finding>,
}

#[derive(Record)]
struct Tool {
    driver: Driver,
}

#[derive(Record)]
struct Driver {
    name: String,
    version: String,
    rules: Vec<Described>,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Described {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Text,
}

#[derive(Record)]
struct Text {
    text: String,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Finding {
    #[field(absent = "the result is of no rule")]
    rule_id: Maybe<String>,
    level: String,
    message: Text,
    locations: Vec<Location>,
    #[field(default)]
    partial_fingerprints: BTreeMap<String, String>,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Location {
    logical_locations: Vec<Logical>,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Logical {
    fully_qualified_name: String,
    kind: String,
}

/// A report as SARIF.
///
/// # Errors
/// Does not fail on what a gate found.
pub fn sarif(report: &CompatReport) -> Result<String> {
    let results = report.findings().map(|(comparison, found)| finding(comparison, found));
    let gone = report.removed.iter().map(|record| of_record(record, "error", &format!("{record} is gone")));
    let unread = report.unread.iter().map(|unread| {
        of_record(&unread.record, if unread.fails { "error" } else { "warning" }, &unread_line(unread))
    });
    let fired = |rule: &&Rule| report.findings().any(|(_, finding)| finding.rule == rule.id);
    let driver = Driver {
        name: "proofmark".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: rules::rules().iter().filter(fired).map(described).collect(),
    };
    proofmark::json::to_string(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json".to_owned(),
        version: "2.1.0".to_owned(),
        runs: vec![Run { tool: Tool { driver }, results: results.chain(gone).chain(unread).collect() }],
    })
}

fn text(text: &str) -> Text {
    Text { text: text.to_owned() }
}

fn described(rule: &Rule) -> Described {
    Described {
        id: rule.id.clone(),
        short_description: text(&rule.title),
        full_description: text(&rule.why),
        help: text(&rule.fix),
    }
}

fn finding(comparison: &ComparisonReport, found: &FindingReport) -> Finding {
    let level = match (found.fails, found.accepted.is_unset()) {
        (true, _) => "error",
        (false, true) => "warning",
        (false, false) => "note",
    };
    Finding {
        rule_id: Maybe::Set(found.rule.clone()),
        level: level.to_owned(),
        message: text(&line(comparison, found)),
        locations: member(&found.place.replacen('$', &comparison.record, 1)),
        partial_fingerprints: BTreeMap::from([("proofmark/v1".to_owned(), found.fingerprint.clone())]),
    }
}

/// A result about a record as a whole, for which there is no rule.
fn of_record(record: &str, level: &str, message: &str) -> Finding {
    Finding {
        rule_id: Maybe::Unset,
        level: level.to_owned(),
        message: text(message),
        locations: member(record),
        partial_fingerprints: BTreeMap::new(),
    }
}

fn member(name: &str) -> Vec<Location> {
    let logical = Logical { fully_qualified_name: name.to_owned(), kind: "member".to_owned() };
    vec![Location { logical_locations: vec![logical] }]
}
