//! How far a run is, on standard error, for those who wait before a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use proofmark_datafusion::{Observer, Progress as Figures, StatementHead, StatementOutcome};

use crate::render::text::escape;

/// Shorter statements show nothing.
const QUIET_TIME: Duration = Duration::from_millis(500);

/// A bar that appears when a statement takes long.
#[derive(Clone)]
pub(super) struct Progress {
    bar: ProgressBar,
}

/// What the recorder tells, shown on the bar.
pub(super) struct Watcher {
    progress: Progress,
    is_shown: bool,
}

impl Progress {
    /// A bar that is not shown yet. `indicatif` draws nothing where standard error is no terminal.
    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()) }
    }

    /// The observer that moves it.
    pub(super) fn observer(&self) -> Watcher {
        Watcher { progress: self.clone(), is_shown: false }
    }

    /// Does something that prints, with the bar out of the way.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Watcher {
    fn show(&mut self, figures: &Figures) {
        let style = match figures.rows_to_scan {
            Some(_) => "{spinner} {msg}  [{bar:30}] {human_pos} of {human_len} rows  {elapsed}",
            None => "{spinner} {msg}  {human_pos} rows read  {elapsed}",
        };
        // A template that is wrong is found by the test below; the default one would do.
        if let Ok(style) = ProgressStyle::with_template(style) {
            self.progress.bar.set_style(style.progress_chars("=> "));
        }
        self.progress.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.progress.bar.reset_elapsed();
        self.is_shown = true;
    }
}

impl Observer for Watcher {
    fn progress(&mut self, statement: &StatementHead<'_>, figures: &Figures) {
        if figures.elapsed < QUIET_TIME {
            return;
        }
        if !self.is_shown {
            self.show(figures);
        }
        let bar = &self.progress.bar;
        bar.set_message(format!("statement {} of {}", statement.index + 1, statement.count));
        if let Some(rows) = figures.rows_to_scan {
            bar.set_length(rows.max(figures.rows_scanned));
        }
        bar.set_position(figures.rows_scanned);
        bar.tick();
    }

    fn finished(&mut self, _: &StatementHead<'_>, _: &StatementOutcome) {
        self.progress.bar.finish_and_clear();
        self.progress.bar.set_draw_target(ProgressDrawTarget::hidden());
        self.progress.bar.reset();
        self.is_shown = false;
    }

    fn warning(&mut self, message: &str) {
        self.progress.suspend(|| eprintln!("warning: {}", escape(message)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_shown_after_a_while_and_taken_away() {
        let mut watcher = Progress::new().observer();
        let statement =
            StatementHead { index: 0, count: 1, kind: proofmark_datafusion::StatementKind::Query, sql: "" };
        let after =
            |elapsed| Figures { elapsed, rows_scanned: 7, rows_to_scan: Some(5), ..Figures::default() };
        watcher.progress(&statement, &after(Duration::from_millis(499)));
        assert!(!watcher.is_shown);
        watcher.progress(&statement, &after(QUIET_TIME));
        assert!(watcher.is_shown);
        assert_eq!(watcher.progress.bar.length(), Some(7));
    }
}
