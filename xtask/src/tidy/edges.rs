//! Crates depend on each other in one direction, and heavy dependencies stay where they are.

use super::source::{Finding, Source, Sources};

/// Which crates of the workspace a crate may depend on.
const ALLOWED: [(&str, &[&str]); 16] = [
    ("proofmark-derive", &[]),
    ("proofmark", &["proofmark-derive"]),
    ("proofmark-contract", &["proofmark"]),
    ("proofmark-artifacts", &["proofmark"]),
    // Schemas of files are judged by the rules that judge records.
    ("proofmark-arrow", &["proofmark", "proofmark-contract"]),
    ("proofmark-datafusion", &["proofmark", "proofmark-artifacts", "proofmark-arrow"]),
    ("proofmark-report", &["proofmark", "proofmark-artifacts"]),
    (
        "proofmark-cli",
        &[
            "proofmark",
            "proofmark-artifacts",
            "proofmark-contract",
            "proofmark-report",
            "proofmark-arrow",
            "proofmark-datafusion",
        ],
    ),
    ("conformance", &["proofmark"]),
    ("conformance-schema", &["proofmark", "proofmark-artifacts"]),
    ("proofmark-fuzz", &["proofmark"]),
    ("bench-peers", &[]),
    ("overhead", &["proofmark-datafusion"]),
    ("bench", &["proofmark", "proofmark-artifacts", "proofmark-contract", "bench-peers"]),
    ("xtask", &[]),
    ("xtask-tpch", &[]),
];

/// What a crate may depend on for its tests alone.
const ALLOWED_IN_TESTS: [(&str, &[&str]); 3] = [
    // The derive writes `::proofmark`, so the crate's own tests name it too, with more features.
    ("proofmark", &["proofmark"]),
    // It locks its own records.
    ("proofmark-artifacts", &["proofmark-contract"]),
    // Its columns are tried with the records that are there.
    ("proofmark-arrow", &["proofmark-artifacts", "proofmark-arrow"]),
];

/// Dependencies that cost minutes to build, or decide what a crate is, and the crates that may have them.
const CONFINED: [(&str, &[&str]); 10] = [
    ("datafusion", &["proofmark-datafusion"]),
    ("sqlparser", &["proofmark-datafusion"]),
    ("parquet", &["proofmark-arrow", "xtask-tpch"]),
    ("arrow-array", &["proofmark-arrow"]),
    ("arrow-cast", &["proofmark-arrow"]),
    ("tpchgen", &["xtask-tpch"]),
    ("tokio", &["proofmark-datafusion", "proofmark-cli", "overhead"]),
    ("clap", &["proofmark-cli", "xtask-tpch"]),
    ("jsonschema", &["conformance-schema"]),
    ("serde_json", &["bench-peers", "conformance", "conformance-schema", "proofmark-fuzz"]),
];

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let manifests = sources.0.iter().filter(|source| source.path.ends_with("Cargo.toml"));
    let members = manifests.filter_map(|source| Some((package_name(&source.text)?, source)));
    members.flat_map(|(name, source)| check_manifest(name, source)).collect()
}

fn check_manifest(package: &str, source: &Source) -> Vec<Finding> {
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package) else {
        let message = format!("`{package}` has no row in xtask/src/tidy/edges.rs");
        return vec![Finding::of_file(&source.path, message)];
    };
    let in_tests =
        ALLOWED_IN_TESTS.iter().find(|(name, _)| *name == package).map_or(&[][..], |(_, more)| more);
    let mut findings = Vec::new();
    for Dependency { name, for_tests, offset } in dependencies(&source.text) {
        let is_member = ALLOWED.iter().any(|(member, _)| *member == name);
        let is_allowed = allowed.contains(&name) || (for_tests && in_tests.contains(&name));
        let is_confined = CONFINED.iter().any(|(heavy, crates)| *heavy == name && !crates.contains(&package));
        if (is_member && !is_allowed) || (is_confined && !for_tests) {
            let message = format!("`{package}` may not depend on `{name}`");
            findings.push(Finding::at(&source.path, &source.text, offset, message));
        }
    }
    findings
}

struct Dependency<'a> {
    name: &'a str,
    for_tests: bool,
    offset: usize,
}

fn package_name(manifest: &str) -> Option<&str> {
    let mut in_package = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_package = line == "[package]";
        } else if let (true, Some(value)) = (in_package, value_of(line, "name")) {
            return Some(value);
        }
    }
    None
}

fn value_of<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    Some(value.trim().trim_matches('"'))
}

/// The dependencies a manifest names, in the forms that this workspace writes.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut section = "";
    let mut offset = 0;
    for line in manifest.split_inclusive('\n') {
        let trimmed = line.trim();
        if let Some(header) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = header;
            // `[dependencies.name]`
            if let Some((table, name)) = header.rsplit_once('.')
                && is_dependencies(table)
            {
                found.push(Dependency { name, for_tests: is_for_tests(table), offset });
            }
        } else if is_dependencies(section)
            && let Some(name) = key_of(trimmed)
        {
            found.push(Dependency { name, for_tests: is_for_tests(section), offset });
        }
        offset += line.len();
    }
    found
}

fn is_dependencies(section: &str) -> bool {
    ["dependencies", "dev-dependencies", "build-dependencies"].iter().any(|kind| {
        section == *kind || (section.starts_with("target.") && section.ends_with(&format!(".{kind}")))
    })
}

fn is_for_tests(section: &str) -> bool {
    section.ends_with("dev-dependencies")
}

/// `name` of `name = ...` and of `name.workspace = true`.
fn key_of(line: &str) -> Option<&str> {
    if line.starts_with('#') {
        return None;
    }
    let key = line.split_once('=')?.0.trim();
    Some(key.split('.').next().unwrap_or(key).trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};

    fn check(package: &str, dependencies: &str, expected: &[&str]) {
        let manifest = format!("[package]\nname = \"{package}\"\n{dependencies}\n");
        assert_eq!(lines(super::check(&sources(&[("Cargo.toml", &manifest)]))), expected, "{manifest}");
    }

    #[test]
    fn an_edge_against_the_direction_is_found_in_every_form() {
        let expected = ["Cargo.toml:4: `proofmark` may not depend on `proofmark-artifacts`"];
        check("proofmark", "[dependencies]\nproofmark-artifacts.workspace = true", &expected);
        check("proofmark", "[dependencies]\nproofmark-artifacts = { path = \"..\" }", &expected);
        check("proofmark", "[build-dependencies]\nproofmark-artifacts = \"1\"", &expected);
        check("proofmark", "[target.'cfg(unix)'.dependencies]\nproofmark-artifacts = \"1\"", &expected);
        let expected = ["Cargo.toml:3: `proofmark` may not depend on `proofmark-artifacts`"];
        check("proofmark", "[dependencies.proofmark-artifacts]\nversion = \"1\"", &expected);
    }

    #[test]
    fn an_allowed_edge_is_not_found() {
        check("proofmark", "[dependencies]\nproofmark-derive.workspace = true\nitoa = \"1\"", &[]);
        check("proofmark-artifacts", "[dev-dependencies]\nproofmark-contract.workspace = true", &[]);
        check("proofmark", "[features]\nproofmark-artifacts = []", &[]);
    }

    #[test]
    fn what_tests_may_depend_on_the_crate_may_not() {
        let expected = ["Cargo.toml:4: `proofmark-artifacts` may not depend on `proofmark-contract`"];
        check("proofmark-artifacts", "[dependencies]\nproofmark-contract.workspace = true", &expected);
    }

    #[test]
    fn the_engine_stays_in_its_crate() {
        let expected = ["Cargo.toml:4: `proofmark-cli` may not depend on `datafusion`"];
        check("proofmark-cli", "[dependencies]\ndatafusion.workspace = true", &expected);
        check("proofmark-datafusion", "[dependencies]\ndatafusion.workspace = true", &[]);
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        check("stray", "", &["Cargo.toml: `stray` has no row in xtask/src/tidy/edges.rs"]);
    }
}
