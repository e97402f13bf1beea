//! A table in many small files.

use super::{Facts, Finding, Severity};
use crate::figure::{Figure, Unit};
use crate::place::Place;

/// Fewer files than this are no matter.
const FILES_MIN: usize = 16;
/// The mean size below which files are small.
const BYTES_MAX: f64 = 4e6;

const ADVICE: &str = "\
    Opening a file costs as much as reading some megabytes. Write fewer, larger ones, or compact them.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let scans = facts.run.telemetry.iter().flat_map(|telemetry| telemetry.scans.iter().enumerate());
    let small = scans.filter_map(|(idx, scan)| {
        let hints = Place::of("telemetry").field("scans").item(idx).field("file_hints");
        let files = Figure::len(scan.file_hints.len(), &hints);
        let bytes = scan.file_hints.iter().map(|hint| hint.bytes);
        let mean = Figure::sum(bytes, Unit::Bytes, &hints.each().field("bytes")).per(&files)?;
        (scan.file_hints.len() >= FILES_MIN && mean.value() < BYTES_MAX).then(|| {
            let table = scan
                .dataset
                .as_deref()
                .map_or("a table".to_owned(), |name| format!("the table {}", crate::text::clipped(name, 60)));
            let title = format!("{table} lies in {} files of {} each", files.text(), mean.text());
            Finding::new("tiny-files", Severity::Note, title)
                .advice(ADVICE)
                .weight(files.value())
                .evidence("files", files)
                .evidence("mean size", mean)
                .at_scan(scan.statement, scan.operator)
        })
    });
    small.collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case};

    fn case(files: usize, bytes: u64) -> Case {
        let hints = vec![format!(r#"["a",{bytes},null,null]"#); files].join(",");
        Case::new().with_scan("null", 1, &hints, "null", "[[0,0],[0,0],[0,0],[0,0],[0,0]]")
    }

    #[test]
    fn many_small_files_are_found() {
        check_case("tiny-files", &case(16, 3_999_999), &["the table t lies in 16 files of 4.00 MB each"]);
    }

    #[test]
    fn few_and_large_files_are_let_pass() {
        check_case("tiny-files", &case(15, 1), &[]);
        check_case("tiny-files", &case(16, 4_000_000), &[]);
        check_case("tiny-files", &case(0, 1), &[]);
    }
}
