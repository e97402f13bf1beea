//! As SARIF 2.1.0, which code hosts show in their security views.
//!
//! Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use proofmark::{Record, Result};

use super::line;
use crate::compat::{Comparison, Judged, Outcome};
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
    rule_id: String,
    level: String,
    message: Text,
    locations: Vec<Location>,
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

/// What the gate found, as SARIF.
///
/// # Errors
/// Does not fail on what a gate found.
pub fn sarif(outcome: &Outcome) -> Result<String> {
    let results = outcome
        .comparisons
        .iter()
        .flat_map(|comparison| comparison.findings.iter().map(move |judged| finding(comparison, judged)));
    let fired = |rule: &&Rule| outcome.judged().any(|judged| judged.finding.rule == rule.id);
    let driver = Driver {
        name: "proofmark".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: rules::rules().iter().filter(fired).map(described).collect(),
    };
    proofmark::json::to_string(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json".to_owned(),
        version: "2.1.0".to_owned(),
        runs: vec![Run { tool: Tool { driver }, results: results.collect() }],
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

fn finding(comparison: &Comparison, judged: &Judged) -> Finding {
    let level = match (judged.fails, &judged.accepted) {
        (true, _) => "error",
        (false, Some(_)) => "note",
        (false, None) => "warning",
    };
    let name = judged.finding.change.place.replacen('$', &comparison.record, 1);
    Finding {
        rule_id: judged.finding.rule.to_owned(),
        level: level.to_owned(),
        message: text(&line(comparison, judged)),
        locations: vec![Location {
            logical_locations: vec![Logical { fully_qualified_name: name, kind: "member".to_owned() }],
        }],
        partial_fingerprints: BTreeMap::from([("proofmark/v1".to_owned(), judged.fingerprint.clone())]),
    }
}
