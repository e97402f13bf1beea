//! A scan that reads everything to keep little.

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};
use crate::place::Place;

/// Fewer row groups than this leave nothing to skip.
const GROUPS_MIN: u64 = 4;
/// The part of the rows kept below which skipping would have paid.
const PART: f64 = 0.1;

const ADVICE: &str = "\
    The values that are looked for are spread over all row groups. Sort the files by that column, or add \
    Bloom filters.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let scans = facts.run.telemetry.iter().flat_map(|telemetry| telemetry.scans.iter().enumerate());
    let weak = scans.filter_map(|(idx, scan)| {
        let place = Place::of("telemetry").field("scans").item(idx);
        let pruning = &scan.pruning;
        let skipped =
            pruning.files.pruned + pruning.row_groups_statistics.pruned + pruning.row_groups_bloom.pruned;
        let groups = Figure::field(scan.row_group_count, Unit::Count, place.field("row_group_count"));
        let total = Figure::field(scan.count_rows?, Unit::Count, place.field("count_rows"));
        let kept = Figure::field(scan.rows_out?, Unit::Count, place.field("rows_out"));
        let part = kept.part_of(&total)?;
        let is_weak = skipped == 0 && scan.row_group_count >= GROUPS_MIN && part.value() <= PART;
        (is_weak && scan.predicate.is_some()).then(|| {
            let table =
                scan.dataset.as_deref().map_or("a table".to_owned(), |name| crate::text::clipped(name, 60));
            let title =
                format!("the filter on {table} kept {} of the rows and skipped no row group", part.text());
            Finding::new("weak-pruning", Severity::Note, title)
                .advice(ADVICE)
                .weight(total.value())
                .evidence("row groups", groups)
                .evidence("rows", total)
                .evidence("rows kept", kept)
                .at_scan(scan.statement, scan.operator)
        })
    });
    weak.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(predicate: &str, groups: u64, rows_out: u64, skipped: u64) -> Case {
        let pruning = format!("[[0,1],[{skipped},1],[0,0],[0,0],[0,0]]");
        Case::new().with_scan(predicate, groups, "", &rows_out.to_string(), &pruning)
    }

    #[test]
    fn a_filter_that_skips_nothing_is_found() {
        let title = "the filter on t kept 10 % of the rows and skipped no row group";
        check_case("weak-pruning", &case("\"a = 1\"", 4, 100, 0), &[title]);
    }

    #[test]
    fn no_filter_skipping_and_small_tables_are_let_pass() {
        check_case("weak-pruning", &case("null", 4, 100, 0), &[]);
        check_case("weak-pruning", &case("\"a = 1\"", 4, 100, 1), &[]);
        check_case("weak-pruning", &case("\"a = 1\"", 3, 100, 0), &[]);
        check_case("weak-pruning", &case("\"a = 1\"", 4, 101, 0), &[]);
    }
}
