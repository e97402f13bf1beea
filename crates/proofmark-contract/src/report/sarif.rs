//! As SARIF 2.1.0, which code hosts show in their security views.
//!
//! Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;

use proofmark::{Maybe, Record, Result};

use super::{ComparisonReport, CompatReport, FindingReport, line, unread_line};
use crate::lock;
use crate::rules::{self, Rule};

#[derive(Record)]
struct Log {
    #[field(rename = "$schema")]
    schema: String,
    version: String,
    runs: Vec<Run>,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Run {
    tool: Tool,
    column_kind: String,
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
    #[field(absent = "there is no file of it any more")]
    physical_location: Maybe<Physical>,
    logical_locations: Vec<Logical>,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Physical {
    artifact_location: Artifact,
    #[field(absent = "the file as a whole")]
    region: Maybe<Region>,
}

#[derive(Record)]
struct Artifact {
    uri: String,
}

#[derive(Record)]
#[record(rename_all = "camel")]
struct Region {
    start_line: u64,
    start_column: u64,
    end_line: u64,
    end_column: u64,
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
    let results = report.findings().map(|(comparison, found)| finding(report, comparison, found));
    let gone = report
        .removed
        .iter()
        .map(|record| of_record(record, Maybe::Unset, "error", &format!("{record} is gone")));
    let unread = report.unread.iter().map(|unread| {
        let file = Maybe::Set(physical(report, &unread.record, Maybe::Unset));
        of_record(&unread.record, file, if unread.fails { "error" } else { "warning" }, &unread_line(unread))
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
        runs: vec![Run {
            tool: Tool { driver },
            column_kind: "utf16CodeUnits".to_owned(),
            results: results.chain(gone).chain(unread).collect(),
        }],
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

fn finding(report: &CompatReport, comparison: &ComparisonReport, found: &FindingReport) -> Finding {
    let level = match (found.fails, found.accepted.is_unset()) {
        (true, _) => "error",
        (false, true) => "warning",
        (false, false) => "note",
    };
    Finding {
        rule_id: Maybe::Set(found.rule.clone()),
        level: level.to_owned(),
        message: text(&line(comparison, found)),
        locations: member(
            &found.place.replacen('$', &comparison.record, 1),
            Maybe::Set(physical(report, &comparison.record, found.region.map(region))),
        ),
        partial_fingerprints: BTreeMap::from([("proofmark/v1".to_owned(), found.fingerprint.clone())]),
    }
}

/// A result about a record as a whole, for which there is no rule.
fn of_record(record: &str, file: Maybe<Physical>, level: &str, message: &str) -> Finding {
    Finding {
        rule_id: Maybe::Unset,
        level: level.to_owned(),
        message: text(message),
        locations: member(record, file),
        partial_fingerprints: BTreeMap::new(),
    }
}

fn member(name: &str, physical_location: Maybe<Physical>) -> Vec<Location> {
    let logical = Logical { fully_qualified_name: name.to_owned(), kind: "member".to_owned() };
    vec![Location { physical_location, logical_locations: vec![logical] }]
}

/// The lock file of a record, or a stretch of it.
fn physical(report: &CompatReport, record: &str, region: Maybe<Region>) -> Physical {
    let uri = uri(&format!("{}/{}", report.locks, lock::file_name(record)));
    Physical { artifact_location: Artifact { uri }, region }
}

const fn region(of: lock::Region) -> Region {
    let lock::Region { line, column, end_line, end_column } = of;
    Region { start_line: line, start_column: column, end_line, end_column }
}

/// A path as a relative reference: what is special in one is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            byte => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_special_in_a_reference_is_escaped() {
        assert_eq!(super::uri("contracts/a-b_1.lock.json"), "contracts/a-b_1.lock.json");
        assert_eq!(super::uri("my locks\\é#?%:x"), "my%20locks/%C3%A9%23%3F%25%3Ax");
    }
}
