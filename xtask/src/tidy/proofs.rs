//! Every primitive that may use `unsafe` is held against a twin, and every check of the codec is a fuzz target.

use std::collections::BTreeSet;

use super::rust;
use super::source::{Finding, Source, Sources};
use super::unsafe_code;

/// The checks of the primitives.
const TWINS: &str = "crates/proofmark/src/twins.rs";
/// The checks of the whole codec.
const CHECKS: &str = "crates/proofmark/tests/soundness/check.rs";
const TARGETS: &str = "fuzz/fuzz_targets/";
const MANIFEST: &str = "fuzz/Cargo.toml";

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = primitives_without_a_twin(sources);
    let checks = [TWINS, CHECKS]
        .into_iter()
        .filter_map(|path| find(sources, path))
        .flat_map(names_of_checks)
        .collect();
    let files =
        sources.rust_below(TARGETS).map(|(file, _)| file.trim_end_matches(".rs").to_owned()).collect();
    findings.extend(differences(&checks, &files, TARGETS));
    let programs = find(sources, MANIFEST).into_iter().flat_map(names_of_programs).collect();
    findings.extend(differences(&checks, &programs, MANIFEST));
    findings
}

fn find<'a>(sources: &'a Sources, path: &str) -> Option<&'a Source> {
    sources.0.iter().find(|source| source.path == path)
}

/// What the rest of the crate calls in the files with `unsafe`, and no check does.
fn primitives_without_a_twin(sources: &Sources) -> Vec<Finding> {
    let twins = find(sources, TWINS).map(|source| rust::code(&source.text)).unwrap_or_default();
    let mut findings = Vec::new();
    for source in unsafe_code::ALLOWED.iter().filter_map(|path| find(sources, path)) {
        let code = rust::code_without_tests(&source.text);
        for (offset, name) in functions(&code) {
            if rust::words(&twins, name).next().is_none() {
                let message = format!("`{name}` is held against no twin in {TWINS}");
                findings.push(Finding::at(&source.path, &source.text, offset, message));
            }
        }
    }
    findings
}

/// The functions that are visible outside of their file, with their offsets.
fn functions(code: &str) -> impl Iterator<Item = (usize, &str)> {
    rust::words(code, "fn").filter_map(move |offset| {
        let line = code[..offset].rfind('\n').map_or(0, |end| end + 1);
        let name = code[offset..].split([' ', '(', '<']).nth(1)?;
        code[line..offset].trim_start().starts_with("pub").then_some((offset, name))
    })
}

/// The names in a table of checks, each at the head of its row.
fn names_of_checks(source: &Source) -> impl Iterator<Item = String> {
    let rows = source.text.lines().filter_map(|line| line.strip_prefix("    (\""));
    rows.filter_map(|row| Some(row.split_once('"')?.0.to_owned()))
}

fn names_of_programs(source: &Source) -> impl Iterator<Item = String> {
    let programs = source.text.split("[[bin]]").skip(1);
    programs.filter_map(|program| Some(program.split('"').nth(1)?.to_owned()))
}

fn differences(checks: &BTreeSet<String>, targets: &BTreeSet<String>, place: &str) -> Vec<Finding> {
    let missing =
        checks.difference(targets).map(|name| format!("there is no fuzz target for the check `{name}`"));
    let stray = targets.difference(checks).map(|name| format!("there is no check `{name}`"));
    missing.chain(stray).map(|message| Finding::of_file(place, message)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        assert_eq!(lines(super::check(&sources(files))), expected);
    }

    #[test]
    fn a_primitive_that_no_twin_is_held_against_is_found() {
        let primitives =
            "fn own() {}\n#[inline]\npub(crate) fn put<const N: usize>() {}\npub(crate) const fn len() {}\n";
        let file = ("crates/proofmark/src/buffer.rs", primitives);
        check(&[file, (TWINS, "fn f() { put(len) }")], &[]);
        check(
            &[file, (TWINS, "fn f() { len() } // put")],
            &[
                "crates/proofmark/src/buffer.rs:3: `put` is held against no twin in crates/proofmark/src/twins.rs",
            ],
        );
    }

    #[test]
    fn checks_and_fuzz_targets_have_the_same_names() {
        let table = "const CHECKS: &[X] = &[\n    (\"a\", a),\n    (\"b\", b),\n];";
        let manifest = |name| format!("[[bin]]\nname = \"a\"\npath = \"x\"\n[[bin]]\nname = \"{name}\"\n");
        let (a, b, c) = ("fuzz/fuzz_targets/a.rs", "fuzz/fuzz_targets/b.rs", "fuzz/fuzz_targets/c.rs");
        check(&[(CHECKS, table), (a, ""), (b, ""), (MANIFEST, &manifest("b"))], &[]);
        check(
            &[(TWINS, table), (a, ""), (c, ""), (MANIFEST, &manifest("c"))],
            &[
                "fuzz/fuzz_targets/: there is no fuzz target for the check `b`",
                "fuzz/fuzz_targets/: there is no check `c`",
                "fuzz/Cargo.toml: there is no fuzz target for the check `b`",
                "fuzz/Cargo.toml: there is no check `c`",
            ],
        );
    }
}
