//! A statement that failed for want of memory.

use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::MemoryEvent;

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};
use crate::place::Place;

const ADVICE: &str = "Who asked last is named in the error; who held most is the one to look at. \
    Give it more memory or fewer partitions, or aggregate earlier.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let exhausted = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::Memory(event) if event.exhausted => Some(finding(&place, event)),
        _ => None,
    });
    exhausted.collect()
}

fn finding(place: &Place, event: &MemoryEvent) -> Finding {
    let bytes = |name: &str, bytes| Figure::field(bytes, Unit::Bytes, place.field(name));
    let limit = event.bytes_max.into_option().map(|limit| bytes("bytes_max", limit));
    let most = event.consumers.iter().enumerate().max_by_key(|(_, it)| it.bytes_peak);
    let holder = most.map_or("nobody", |(_, it)| it.name.as_str());
    let title = format!(
        "statement {} failed for want of memory; {} held most",
        event.statement,
        crate::text::clipped(holder, 60)
    );
    let held = most.map(|(idx, it)| {
        Figure::field(it.bytes_peak, Unit::Bytes, place.field("consumers").item(idx).field("bytes_peak"))
    });
    Finding::new("memory-exhausted", Severity::Error, title)
        .advice(ADVICE)
        .weight(event.bytes_peak as f64)
        .evidence("held by it", held)
        .evidence("peak", bytes("bytes_peak", event.bytes_peak))
        .evidence("limit", limit)
        .at_section("memory", "memory and spill")
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(exhausted: bool) -> Case {
        let consumer = |name, bytes| format!(r#"{{"name":"{name}","bytes_peak":{bytes},"can_spill":false}}"#);
        let consumers = [consumer("Sort", 1), consumer("Join", 9)].join(",");
        Case::new().with_event(&format!(
            r#"{{"type":"memory_event.v1","statement":3,"bytes_max":10,"bytes_peak":10,"exhausted":{exhausted},"consumers":[{consumers}]}}"#
        ))
    }

    #[test]
    fn who_held_most_is_named() {
        check_case(
            "memory-exhausted",
            &case(true),
            &["statement 3 failed for want of memory; Join held most"],
        );
    }

    #[test]
    fn a_statement_that_had_enough_is_let_pass() {
        check_case("memory-exhausted", &case(false), &[]);
        check_case("memory-exhausted", &Case::new(), &[]);
    }
}
