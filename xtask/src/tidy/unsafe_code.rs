//! `unsafe` stands in listed files only.

use super::rust;
use super::source::{Finding, Sources};

/// Files that may use `unsafe`, each with the benchmark that pays for it. Three at most.
pub(crate) const ALLOWED: [&str; 3] = [
    // Row `msgpack-decode/events_skip`: text is not validated twice.
    "crates/proofmark/src/ascii.rs",
    // Row `json-encode/events`: a store for a call.
    "crates/proofmark/src/buffer.rs",
    // Row `json-decode/events`: 1.5 times the throughput of the plain twin beside it.
    "crates/proofmark/src/json/scan.rs",
];
const _: () = assert!(ALLOWED.len() <= 3);

/// What tests alone are built with, and may use `unsafe` to put the files above to the proof.
///
/// The crates that would do it in our stead switch on features of libc: the engine would be built once more for the
/// tests.
const ALLOWED_IN_TESTS: [&str; 1] = ["crates/proofmark/tests/soundness/guard.rs"];

fn is_allowed(path: &str) -> bool {
    ALLOWED.contains(&path) || ALLOWED_IN_TESTS.contains(&path)
}

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.rust().filter(|source| !is_allowed(&source.path)) {
        let code = rust::code(&source.text);
        let message = "`unsafe` in a file that is not listed in xtask/src/tidy/unsafe_code.rs";
        let at = |offset| Finding::at(&source.path, &source.text, offset, message);
        findings.extend(rust::words(&code, "unsafe").map(at));
        let opt_ins = code.match_indices("allow(unsafe_code)").map(|(offset, _)| at(offset));
        findings.extend(opt_ins);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    #[test]
    fn unsafe_is_found_in_code_alone() {
        let text = "// unsafe\nlet unsafe_code = \"unsafe\";\nunsafe { f() }";
        let found = check(&sources(&[("a.rs", text), ("b.rs", "#![allow(unsafe_code)]")]));
        let message = "`unsafe` in a file that is not listed in xtask/src/tidy/unsafe_code.rs";
        assert_eq!(lines(found), [format!("a.rs:3: {message}"), format!("b.rs:1: {message}")]);
    }
}
