//! What an intake tells of itself.

use std::path::Path;

use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::intake::{IntakeCounts, REPORTED_ROWS_MAX, RejectedRow};

use crate::render::text::{escape, plural};

/// Rejected rows that are listed for people.
const LISTED_ROWS_MAX: usize = 10;

/// Bytes of rejected rows that are kept for the report: a thousand of the longest would not fit into memory.
const REPORTED_BYTES_MAX: usize = 32 << 20;

/// The rejected rows that are told, the first ones if there are many.
#[derive(Debug)]
pub(super) struct Kept {
    lines: Vec<String>,
    rows: Vec<RejectedRow>,
    bytes_left: usize,
    count: u64,
}

impl Kept {
    /// Rows themselves are kept for a report alone.
    pub(super) fn new(is_reported: bool) -> Self {
        let bytes_left = if is_reported { REPORTED_BYTES_MAX } else { 0 };
        Self { lines: Vec::new(), rows: Vec::new(), bytes_left, count: 0 }
    }

    /// Adds a row: the one with this number in its file.
    pub(super) fn add(&mut self, path: &Path, number: u64, row: &RejectedRow) {
        self.count += 1;
        if self.lines.len() < LISTED_ROWS_MAX {
            self.lines.push(line(path, number, row));
        }
        let bytes = row.content().len() + row.error.len();
        if bytes > self.bytes_left || self.rows.len() == REPORTED_ROWS_MAX {
            // No later one either: those that are told are the first.
            self.bytes_left = 0;
            return;
        }
        self.bytes_left -= bytes;
        self.rows.push(row.clone());
    }

    pub(super) fn into_rows(self) -> Vec<RejectedRow> {
        self.rows
    }

    /// The first rejected rows, one a line.
    pub(super) fn listed(&self) -> String {
        let mut text: String = self.lines.iter().map(|line| format!("  {line}\n")).collect();
        let more = self.count.saturating_sub(self.lines.len() as u64);
        if more > 0 {
            text.push_str(&format!("  and {more} more\n"));
        }
        text
    }

    /// The counts, the types, and the first rejected rows.
    pub(super) fn told(&self, counts: &IntakeCounts) -> String {
        let IntakeCounts { rows, accepted, rejected, times_filled, events } = counts;
        let came = plural(usize::try_from(*rows).unwrap_or(usize::MAX), "row", "rows");
        let mut text = format!("{came}: {accepted} accepted, {rejected} rejected");
        if *times_filled > 0 {
            let times = plural(usize::try_from(*times_filled).unwrap_or(usize::MAX), "time", "times");
            text.push_str(&format!(", {times} filled in"));
        }
        text.push('\n');
        let width = events.keys().map(String::len).max().unwrap_or(0);
        let counted = |(name, count): (&String, &u64)| format!("  {name:width$}  {count}\n");
        text.extend(events.iter().map(counted));
        if *rejected > 0 {
            text.push_str("rejected\n");
            text.push_str(&self.listed());
        }
        text
    }
}

fn line(path: &Path, number: u64, row: &RejectedRow) -> String {
    let meant = match &row.suggestion {
        Maybe::Set(name) => format!("; did you mean `{name}`?"),
        Maybe::Unset => String::new(),
    };
    let path = if path == Path::new("-") { "stdin".into() } else { path.to_string_lossy() };
    format!("{} row {number}: {}{}", escape(&path), escape(&row.error), escape(&meant))
}

#[cfg(test)]
mod tests {
    use proofmark_artifacts::diagnostics::intake::Intake;

    use super::*;

    /// So many rows of so many bytes, and how many of them are reported.
    fn check(count: usize, bytes: usize, reported: usize) {
        let row = *Intake::new(jiff::Timestamp::now).json(&vec![b'x'; bytes]).unwrap_err();
        let mut kept = Kept::new(true);
        (0..count).for_each(|_| kept.add(Path::new("a"), 1, &row));
        assert_eq!(kept.listed().lines().count(), count.min(LISTED_ROWS_MAX + 1));
        assert_eq!(kept.into_rows().len(), reported);
    }

    #[test]
    fn a_report_has_the_first_rows_up_to_its_limits() {
        check(3, 10, 3);
        check(REPORTED_ROWS_MAX - 1, 1, REPORTED_ROWS_MAX - 1);
        check(REPORTED_ROWS_MAX, 1, REPORTED_ROWS_MAX);
        check(REPORTED_ROWS_MAX + 1, 1, REPORTED_ROWS_MAX);
        check(5, 12 << 20, 2);
        check(1, REPORTED_BYTES_MAX, 0);
    }

    #[test]
    fn a_report_that_nobody_wants_keeps_no_rows() {
        let row = *Intake::new(jiff::Timestamp::now).json(b"x").unwrap_err();
        let mut kept = Kept::new(false);
        kept.add(Path::new("-"), 3, &row);
        assert!(kept.listed().starts_with("  stdin row 3: "), "{}", kept.listed());
        assert!(kept.into_rows().is_empty());
    }
}
