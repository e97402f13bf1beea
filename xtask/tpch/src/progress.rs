//! One line per table on standard error: rewritten while rows arrive if a person watches, final otherwise.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::scale::Scale;
use crate::table::Table;
use crate::write::Written;

/// Fast enough to look alive, slow enough to cost nothing.
const REDRAW_INTERVAL: Duration = Duration::from_millis(100);

/// The line of one table.
#[derive(Debug)]
pub(crate) struct Progress {
    table: Table,
    rows_expected: u64,
    started: Instant,
    drawn: Instant,
    watched: bool,
}

impl Progress {
    pub(crate) fn start(table: Table, scale: Scale) -> Progress {
        let now = Instant::now();
        let watched = std::io::stderr().is_terminal();
        let mut progress =
            Progress { table, rows_expected: table.rows_expected(scale), started: now, drawn: now, watched };
        progress.draw(0);
        progress
    }

    pub(crate) fn update(&mut self, rows: u64) {
        if self.drawn.elapsed() >= REDRAW_INTERVAL {
            self.draw(rows);
        }
    }

    fn draw(&mut self, rows: u64) {
        if self.watched {
            rewrite(&running(self.table, rows, self.rows_expected));
            self.drawn = Instant::now();
        }
    }

    pub(crate) fn finish(self, written: &Written) {
        let line = finished(self.table, written, self.started.elapsed());
        if self.watched {
            rewrite(&line);
            eprintln!();
        } else {
            eprintln!("{line}");
        }
    }
}

/// Puts the line in the place of the one before: to its start, erase, write.
fn rewrite(line: &str) {
    let mut stderr = std::io::stderr().lock();
    // A line that cannot be shown is no reason to stop.
    let _ = write!(stderr, "\r\x1b[K{line}").and_then(|()| stderr.flush());
}

fn running(table: Table, rows: u64, rows_expected: u64) -> String {
    let percent = (rows * 100 / rows_expected.max(1)).min(99);
    format!("{:<9}{:>12} rows  {percent:>2}%", table.name(), grouped(rows))
}

fn finished(table: Table, written: &Written, took: Duration) -> String {
    let megabytes = written.bytes as f64 / 1e6;
    format!(
        "{:<9}{:>12} rows  {megabytes:>8.2} MB  {:>6.1} s",
        table.name(),
        grouped(written.rows),
        took.as_secs_f64()
    )
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_line_shows_rows_and_share() {
        let check = |rows, expected: &str| assert_eq!(running(Table::Orders, rows, 1_500), expected);
        check(0, "orders              0 rows   0%");
        check(750, "orders            750 rows  50%");
        // The number of lines is an estimate: the share stops short of the end until the end.
        check(1_600, "orders          1,600 rows  99%");
    }

    #[test]
    fn finished_line_shows_rows_size_and_time() {
        let written = Written { rows: 600_572, bytes: 18_234_567 };
        let line = finished(Table::LineItem, &written, Duration::from_millis(1_449));
        assert_eq!(line, "lineitem      600,572 rows     18.23 MB     1.4 s");
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let check = |number, expected: &str| assert_eq!(grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(123_456, "123,456");
        check(6_001_215, "6,001,215");
    }
}
