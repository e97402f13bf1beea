//! No file names a place that exists on one machine only.

use super::source::{Finding, Sources};

/// Written in two parts, or this file would be the first finding.
const PLACES: [&str; 3] = [concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("../sha", "red/")];

pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &sources.0 {
        for place in PLACES {
            let at = |(offset, _)| {
                let message = format!("`{place}` is a place on somebody's machine");
                Finding::at(&source.path, &source.text, offset, message)
            };
            findings.extend(source.text.match_indices(place).map(at));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::{lines, sources};
    use super::*;

    #[test]
    fn a_place_is_found_in_code_and_in_prose() {
        let text = format!("see\n{}me", PLACES[0]);
        let found = check(&sources(&[("a.md", &text), ("b.rs", "// network/root")]));
        assert_eq!(lines(found), [format!("a.md:2: `{}` is a place on somebody's machine", PLACES[0])]);
    }
}
