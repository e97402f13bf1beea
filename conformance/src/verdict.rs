//! What came of replaying a case.

use std::fmt;

/// The outcome of one case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// All that was recorded came out again.
    Same,
    /// Something else came out.
    Differs(Vec<Difference>),
    /// The case asks for what Rust, or this crate, does not have.
    Skipped(Skip, String),
}

/// One recorded fact that did not come out again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    /// The entry of the record.
    pub(crate) part: String,
    /// What was recorded: an error text, [`ACCEPTED`], or the text of bytes.
    pub(crate) expected: String,
    /// What came out.
    pub(crate) found: String,
}

/// Stands for success where the other side has an error.
pub(crate) const ACCEPTED: &str = "<accepted>";

/// Why a case cannot be replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Skip {
    /// Only Python has such a value, error or option.
    PythonOnly,
    /// An integer beyond 128 bits in a typed field.
    BigInt,
    /// A type expression that the table does not have.
    NoRustType,
    /// An encoder option that proofmark does not offer.
    NoOption,
    /// Rust refuses it when the program is compiled, which the derive's own tests show.
    CompileTime,
    /// The kind of case, or of value, is none that this program knows.
    NotReplayed,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PythonOnly => "python-only",
            Self::BigInt => "bigint",
            Self::NoRustType => "no-rust-type",
            Self::NoOption => "no-option",
            Self::CompileTime => "compile-time",
            Self::NotReplayed => "not-replayed",
        })
    }
}

impl Verdict {
    /// A case that fails because its record lacks an entry, or has something else there.
    pub(crate) fn malformed(entries: &str) -> Self {
        let mut findings = Findings::default();
        findings.differ("record", format!("an entry {entries}"), "none, or one of another form");
        findings.verdict()
    }

    /// A skip that needs no more words.
    pub(crate) const fn skip(reason: Skip) -> Self {
        Self::Skipped(reason, String::new())
    }
}

/// The facts of one case, held against what came out.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Difference>);

impl Findings {
    /// Notes a difference.
    pub(crate) fn differ(&mut self, part: &str, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        self.0.push(Difference { part: part.to_owned(), expected, found });
    }

    /// Holds two texts against each other.
    pub(crate) fn text(&mut self, part: &str, expected: &str, found: &str) {
        if expected != found {
            self.differ(part, expected, found);
        }
    }

    /// Holds an outcome against the bytes that were recorded.
    pub(crate) fn bytes(&mut self, part: &str, expected: &[u8], found: &proofmark::Result<Vec<u8>>) {
        match found {
            Ok(found) if found == expected => {}
            Ok(found) => self.differ(part, show(expected), show(found)),
            Err(error) => self.differ(part, ACCEPTED, error.to_string()),
        }
    }

    /// Holds an outcome against the error that was recorded.
    pub(crate) fn error<T>(&mut self, part: &str, expected: &str, found: &proofmark::Result<T>) {
        match found {
            Ok(_) => self.differ(part, expected, ACCEPTED),
            Err(error) => self.text(part, expected, &error.to_string()),
        }
    }

    /// The verdict.
    pub(crate) fn verdict(self) -> Verdict {
        if self.0.is_empty() { Verdict::Same } else { Verdict::Differs(self.0) }
    }
}

/// Bytes for people: as text where they are text, as digits where not.
fn show(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace()) => text.to_owned(),
        _ => crate::hex::write(bytes),
    }
}
