//! As JUnit XML, which every build server shows.

use super::{ComparisonReport, CompatReport, FindingReport, line, unread_line};

/// A suite per record and time before with a case per finding, and one for records that are gone or not read.
pub fn junit(report: &CompatReport) -> String {
    let mut suites: Vec<Suite> = report.comparisons.iter().map(Suite::of).collect();
    suites.extend(Suite::of_whole(report));
    let (tests, failures) = suites
        .iter()
        .fold((0, 0), |(tests, failures), suite| (tests + suite.cases.len(), failures + suite.failures()));
    let suites: String = suites.iter().map(Suite::text).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"proofmark compat\" tests=\"{tests}\" failures=\"{failures}\">\n{suites}</testsuites>\n"
    )
}

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    class: String,
    name: String,
    failure: Option<Failure>,
}

struct Failure {
    kind: &'static str,
    message: String,
    text: String,
}

impl Suite {
    fn of(comparison: &ComparisonReport) -> Self {
        let ComparisonReport { record, against, findings, .. } = comparison;
        let cases = findings.iter().map(|finding| Case::of(comparison, finding)).collect();
        Self { name: format!("{record} against {against}"), cases }
    }

    /// What is not about one change; none where there is nothing.
    fn of_whole(report: &CompatReport) -> Option<Self> {
        let failed = |kind, message: String| Failure { kind, text: message.clone(), message };
        let gone = report.removed.iter().map(|record| Case {
            class: record.clone(),
            name: "gone".to_owned(),
            failure: Some(failed("gone", format!("{record} is gone"))),
        });
        let unread = report.unread.iter().map(|unread| Case {
            class: unread.record.clone(),
            name: unread.place.clone(),
            failure: unread.fails.then(|| failed("not read", unread_line(unread))),
        });
        let cases: Vec<_> = gone.chain(unread).collect();
        (!cases.is_empty()).then(|| Self { name: "records".to_owned(), cases })
    }

    fn failures(&self) -> usize {
        self.cases.iter().filter(|case| case.failure.is_some()).count()
    }

    fn text(&self) -> String {
        let (name, tests, failures) = (escape(&self.name), self.cases.len(), self.failures());
        let cases: String = self.cases.iter().map(Case::text).collect();
        format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">\n{cases}  </testsuite>\n"
        )
    }
}

impl Case {
    fn of(comparison: &ComparisonReport, finding: &FindingReport) -> Self {
        let failure = || Failure {
            kind: finding.level.name(),
            message: finding.title.clone(),
            text: line(comparison, finding),
        };
        Self {
            class: comparison.record.clone(),
            name: format!("{} {}", finding.rule, finding.place),
            failure: finding.fails.then(failure),
        }
    }

    fn text(&self) -> String {
        let failure = self.failure.as_ref().map_or_else(String::new, |Failure { kind, message, text }| {
            let (message, text) = (escape(message), escape(text));
            format!("\n      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>\n    ")
        });
        let (class, name) = (escape(&self.class), escape(&self.name));
        format!("    <testcase classname=\"{class}\" name=\"{name}\">{failure}</testcase>\n")
    }
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
