//! What is printed.

use std::{collections::BTreeMap, fmt};

use crate::verdict::{Difference, Skip};

/// The counts of one vector file.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) cases: usize,
    pub(crate) passed: usize,
    pub(crate) deviations: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: BTreeMap<Skip, usize>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.passed += other.passed;
        self.deviations += other.deviations;
        self.failed += other.failed;
        for (reason, count) in &other.skipped {
            *self.skipped.entry(*reason).or_default() += count;
        }
    }

    /// Passed and explained cases among those that Rust can express, in percent; 100 only where it is all of them.
    fn rate(&self) -> f64 {
        let good = self.passed + self.deviations;
        let expressible = good + self.failed;
        if expressible == 0 { 100.0 } else { (good as f64 * 1e4 / expressible as f64).floor() / 100.0 }
    }
}

/// A case in which something else came out than was recorded.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) expression: String,
    pub(crate) input: String,
    pub(crate) differences: Vec<Difference>,
}

/// All counts, and what is worth reading about the cases behind them.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) files: Vec<(String, Counts)>,
    /// The cases that no deviation explains.
    pub(crate) failures: Vec<Found>,
    /// The cases that each deviation explains.
    pub(crate) deviations: BTreeMap<String, Vec<Found>>,
    /// How many cases each skip concerns, by reason and detail.
    pub(crate) skips: BTreeMap<(Skip, String), usize>,
}

impl Report {
    /// How many cases failed.
    pub(crate) fn failed(&self) -> usize {
        self.files.iter().map(|(_, counts)| counts.failed).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut total = Counts::default();
        writeln!(
            f,
            "{:<17}{:>8}{:>8}{:>12}{:>8}{:>9}{:>9}  skipped by reason",
            "file", "cases", "passed", "deviations", "failed", "skipped", "rate"
        )?;
        for (file, counts) in &self.files {
            write_row(f, file, counts)?;
            total.add(counts);
        }
        write_row(f, "all", &total)
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, counts: &Counts) -> fmt::Result {
    let Counts { cases, passed, deviations, failed, skipped } = counts;
    let reasons = skipped.iter().map(|(reason, count)| format!("{reason} {count}")).collect::<Vec<_>>();
    let sum = skipped.values().sum::<usize>();
    let rate = format!("{:.2} %", counts.rate());
    let row = format!(
        "{name:<17}{cases:>8}{passed:>8}{deviations:>12}{failed:>8}{sum:>9}{rate:>9}  {}",
        reasons.join(", ")
    );
    writeln!(f, "{}", row.trim_end())
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.id, self.expression)?;
        if !self.input.is_empty() {
            writeln!(f, "  input     {}", self.input)?;
        }
        for Difference { part, expected, found } in &self.differences {
            writeln!(f, "  {part}\n    expected {expected}\n    found    {found}")?;
        }
        Ok(())
    }
}
