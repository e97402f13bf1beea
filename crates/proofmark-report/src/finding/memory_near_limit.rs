//! A statement that nearly filled the memory pool.

use super::{Facts, Finding, Severity};
use crate::view::memory;

/// The part of the limit from which it is told.
const PART: f64 = 0.9;

const ADVICE: &str = "A little more data and it spills, or fails. Give it more memory, or fewer partitions.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(limit) = memory::limit(facts.run) else { return Vec::new() };
    let statements = facts.run.manifest.iter().flat_map(|manifest| manifest.statements.iter().enumerate());
    let near = statements.filter_map(|(idx, statement)| {
        let peak = memory::peak(idx, statement)?;
        let part = peak.part_of(&limit).filter(|part| part.value() >= PART)?;
        let title =
            format!("statement {} reserved {} of the memory it may use", statement.index, part.text());
        Some(
            Finding::new("memory-near-limit", Severity::Warning, title)
                .advice(ADVICE)
                .weight(part.value())
                .evidence("peak", peak)
                .evidence("limit", limit.clone())
                .at_section("memory", "memory and spill"),
        )
    });
    near.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(peak: u64) -> Case {
        Case::new().with_limit(1_000).with_statement(&format!(r#""memory_bytes_max":{peak}"#))
    }

    #[test]
    fn a_pool_that_is_nearly_full_is_found() {
        check_case("memory-near-limit", &case(900), &["statement 0 reserved 90 % of the memory it may use"]);
    }

    #[test]
    fn room_and_no_limit_are_let_pass() {
        check_case("memory-near-limit", &case(899), &[]);
        check_case("memory-near-limit", &Case::new().with_statement(r#""memory_bytes_max":900"#), &[]);
    }
}
