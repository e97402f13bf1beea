//! `json` and `msgpack` are twins: the same files, and the same functions in front.

use std::collections::BTreeSet;

use super::rust;
use super::source::{Finding, Source, Sources};

const JSON: &str = "crates/proofmark/src/json/";
const MSGPACK: &str = "crates/proofmark/src/msgpack/";

/// Files that one twin has alone, with the reason for each.
const FILES: [(&str, &str); 15] = [
    ("json/digit_run.rs", "whole numbers are read as text; `integer.rs` is the twin"),
    ("json/digits.rs", "whole numbers are written as text; `integer.rs` is the twin"),
    ("json/format.rs", "only text has a layout"),
    ("json/key.rs", "text keys carry quotes, escapes and numbers as text"),
    ("json/lines.rs", "text values are told apart by line ends; `stream.rs` is the twin"),
    ("json/number.rs", "numbers are text; `header.rs` is the twin"),
    ("json/scan.rs", "strings end where a quote says so; in MessagePack the header tells their length"),
    ("json/skip/quick.rs", "text that is skipped is scanned for its end; headers tell it in MessagePack"),
    ("json/string.rs", "strings carry escapes"),
    ("msgpack/bounded.rs", "how long a text gets is not known beforehand"),
    ("msgpack/decode/container.rs", "lengths are told, so that what is too long is refused where it begins"),
    ("msgpack/decode/text.rs", "text carries no escapes; `string.rs` is the twin"),
    ("msgpack/header.rs", "every value has a header byte; `number.rs` is the twin"),
    ("msgpack/integer.rs", "integers are bytes; `digits.rs` and `digit_run.rs` are the twins"),
    ("msgpack/stream.rs", "values end by themselves; `lines.rs` is the twin"),
];

/// Functions that one twin has alone, with the reason for each.
const FUNCTIONS: [(&str, &str); 4] = [
    ("json::to_string", "MessagePack is not text"),
    ("json::from_str", "MessagePack is not text"),
    ("json::to_string_pretty", "MessagePack has no layout"),
    ("json::to_vec_pretty", "MessagePack has no layout"),
];

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = alone(&files(sources, JSON), &files(sources, MSGPACK), "file", "/", &FILES);
    let functions = |dir| functions(sources, dir);
    findings.extend(alone(&functions(JSON), &functions(MSGPACK), "function", "::", &FUNCTIONS));
    findings
}

fn files(sources: &Sources, dir: &str) -> BTreeSet<String> {
    sources.rust_below(dir).map(|(path, _)| path.to_owned()).collect()
}

/// The public functions of a twin's `mod.rs`.
fn functions(sources: &Sources, dir: &str) -> BTreeSet<String> {
    let front = sources.rust_below(dir).find(|(path, _)| *path == "mod.rs");
    front.map(|(_, source)| public_functions(source)).unwrap_or_default()
}

fn public_functions(source: &Source) -> BTreeSet<String> {
    let code = rust::code_without_tests(&source.text);
    let names = code
        .lines()
        .filter_map(|line| line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub const fn ")));
    names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

/// What one side has and the other has not, unless it is listed.
fn alone(
    json: &BTreeSet<String>,
    msgpack: &BTreeSet<String>,
    what: &str,
    separator: &str,
    listed: &[(&str, &str)],
) -> Vec<Finding> {
    let sides = [("json", JSON, json, msgpack), ("msgpack", MSGPACK, msgpack, json)];
    let mut findings = Vec::new();
    for (side, dir, here, there) in sides {
        for name in here.difference(there) {
            let full = format!("{side}{separator}{name}");
            if !listed.iter().any(|(known, _)| *known == full) {
                let message =
                    format!("{what} `{name}` has no twin: add it, or say why in xtask/src/tidy/twins.rs");
                findings.push(Finding::of_file(dir, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    fn check(json: &[(&str, &str)], msgpack: &[(&str, &str)], expected: &[&str]) {
        let below = |dir: &str, files: &[(&str, &str)]| {
            files.iter().map(|(name, text)| (format!("{dir}{name}"), (*text).to_owned())).collect::<Vec<_>>()
        };
        let files = [below(JSON, json), below(MSGPACK, msgpack)].concat();
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(lines(super::check(&sources(&files))), expected);
    }

    #[test]
    fn a_file_without_a_twin_is_found() {
        let message = "file `decode.rs` has no twin: add it, or say why in xtask/src/tidy/twins.rs";
        check(&[("decode.rs", "")], &[], &[&format!("{JSON}: {message}")]);
        check(&[], &[("decode.rs", "")], &[&format!("{MSGPACK}: {message}")]);
        check(&[("decode.rs", "")], &[("decode.rs", "")], &[]);
    }

    #[test]
    fn a_function_without_a_twin_is_found() {
        let message = "function `to_vec` has no twin: add it, or say why in xtask/src/tidy/twins.rs";
        let with = ("mod.rs", "pub fn to_vec() {}\n");
        check(&[with], &[("mod.rs", "fn to_vec() {}")], &[&format!("{JSON}: {message}")]);
        check(&[with], &[with], &[]);
    }

    #[test]
    fn a_listed_exception_is_not_found() {
        check(&[("string.rs", ""), ("mod.rs", "pub fn to_string() {}")], &[("mod.rs", "")], &[]);
    }
}
