//! No file grows so long that it holds a second idea.

use super::source::{Finding, Sources};

/// Most lines of a Rust file.
const LINES_MAX: usize = 800;

/// Files named after nothing collect everything.
const NAMES: [&str; 5] = ["utils.rs", "common.rs", "helpers.rs", "types.rs", "misc.rs"];

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.rust() {
        let lines = source.text.lines().count();
        if lines > LINES_MAX {
            let message = format!("{lines} lines, more than {LINES_MAX}: look for the second idea");
            findings.push(Finding::of_file(&source.path, message));
        }
        if source.path.rsplit('/').next().is_some_and(|name| NAMES.contains(&name)) {
            findings.push(Finding::of_file(&source.path, "name the file by the noun it defines"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    #[test]
    fn a_file_over_the_limit_is_found_and_one_at_it_is_not() {
        let (at, over) = ("\n".repeat(LINES_MAX), "\n".repeat(LINES_MAX + 1));
        let found = check(&sources(&[("a.rs", &at), ("b.rs", &over), ("c.md", &over)]));
        assert_eq!(lines(found), ["b.rs: 801 lines, more than 800: look for the second idea"]);
    }

    #[test]
    fn a_file_named_after_nothing_is_found() {
        let found = check(&sources(&[("src/utils.rs", ""), ("src/hair_utils.rs", "")]));
        assert_eq!(lines(found), ["src/utils.rs: name the file by the noun it defines"]);
    }
}
