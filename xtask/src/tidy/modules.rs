//! Inside the codec the formats know the seam, and neither each other nor the other way round.

use super::rust;
use super::source::{Finding, Source, Sources};

const CODEC: &str = "crates/proofmark/src/";

/// The modules that are formats; every other module is seam.
const FORMATS: [&str; 4] = ["json", "msgpack", "convert", "schema"];

/// Uses of a format that are allowed, with the reason for each.
const ALLOWED: [(&str, &str, &str); 10] = [
    ("raw", "json", "an undecoded value is read by the decoder of its own format"),
    ("raw", "msgpack", "an undecoded value is read by the decoder of its own format"),
    ("record", "json", "a default is described as JSON text"),
    ("schema", "json", "a JSON Schema is JSON text"),
    ("sealed", "msgpack", "canonical bytes are MessagePack"),
    ("serde", "convert", "elements of unknown number are collected as values first"),
    ("serde", "json", "the functions of the format, for serde types"),
    ("serde", "msgpack", "the functions of the format, for serde types"),
    ("twins", "json", "the primitives of a format are put to the proof with all others"),
    ("value", "json", "a value is shown as JSON text"),
];

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    sources.rust_below(CODEC).flat_map(|(path, source)| check_file(path, source)).collect()
}

fn check_file(path: &str, source: &Source) -> Vec<Finding> {
    let module = path.split('/').next().unwrap_or(path).trim_end_matches(".rs");
    if module == "lib" {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (offset, used) in used_modules(&rust::code_without_tests(&source.text)) {
        let is_allowed = ALLOWED.iter().any(|(from, to, _)| (*from, *to) == (module, used.as_str()));
        if FORMATS.contains(&used.as_str()) && used != module && !is_allowed {
            let message = format!("`{module}` may not use `{used}`: formats and seam are kept apart");
            findings.push(Finding::at(&source.path, &source.text, offset, message));
        }
    }
    findings
}

/// The first names of all paths that begin at the crate, with the offsets of those paths.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for root in ["crate", "proofmark"] {
        for offset in rust::words(code, root) {
            if let Some(rest) = code[offset + root.len()..].strip_prefix("::") {
                used.extend(first_names(rest).into_iter().map(|name| (offset, name)));
            }
        }
    }
    used
}

/// `a` of `a::b`; `a` and `c` of `{a::{b, x}, c}`.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = vec![name(group)];
    let mut depth = 0_u32;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

fn name(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let path = format!("{CODEC}{path}");
        assert_eq!(lines(super::check(&sources(&[(&path, text)]))), expected, "{path}: {text}");
    }

    #[test]
    fn a_format_that_uses_another_is_found_in_every_form() {
        let expected = [
            "crates/proofmark/src/json/key.rs:1: `json` may not use `msgpack`: formats and seam are kept apart",
        ];
        check("json/key.rs", "use crate::msgpack::Reader;", &expected);
        check("json/key.rs", "use crate::{Error, path::{Path, Segment}, msgpack};", &expected);
        check("json/key.rs", "fn f() { crate::msgpack::to_vec(&1); }", &expected);
        check("json/key.rs", "use crate::{msgpack::{self}};", &expected);
    }

    #[test]
    fn the_seam_does_not_use_a_format() {
        let expected = [
            "crates/proofmark/src/decode.rs:2: `decode` may not use `json`: formats and seam are kept apart",
        ];
        check("decode.rs", "\nuse crate::json;", &expected);
    }

    #[test]
    fn comments_tests_and_own_modules_are_not_uses() {
        check(
            "decode.rs",
            "// crate::json\n/// [`crate::json`]\n#[cfg(test)]\nmod t { use crate::json; }",
            &[],
        );
        check("json/mod.rs", "use crate::json::x;", &[]);
        check("lib.rs", "pub use crate::json;", &[]);
        check("json/mod.rs", "use crate::{Kind, decode::{msgpack, Decoder}};", &[]);
    }

    #[test]
    fn a_listed_use_is_allowed_to_its_module_alone() {
        check("raw.rs", "use crate::{json, msgpack};", &[]);
        check(
            "raw.rs",
            "use crate::schema;",
            &["crates/proofmark/src/raw.rs:1: `raw` may not use `schema`: formats and seam are kept apart"],
        );
    }
}
