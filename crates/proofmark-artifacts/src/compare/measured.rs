//! Figures of two runs that differ by more than such figures do.

use proofmark::{Maybe, Record};

use super::facts::StatementPair;
use crate::{OperatorNode, StatementPlan};

/// A figure of two runs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct MeasuredDiff {
    /// The statement's position in the newer run.
    #[field(absent = "it is of the whole run")]
    pub statement: Maybe<u32>,
    /// The operator.
    #[field(absent = "it is of the whole statement")]
    pub operator: Maybe<String>,
    /// The operator's place in the newer plan: `.children[0]`.
    #[field(absent = "it is of the whole statement")]
    pub path: Maybe<String>,
    /// What was measured.
    pub figure: Figure,
    /// What it was.
    #[field(volatile = "measured")]
    pub old: u64,
    /// What it is.
    #[field(volatile = "measured")]
    pub new: u64,
}

/// What is measured.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
#[record(rename_all = "snake")]
pub enum Figure {
    /// Wall time, in nanoseconds.
    WallNs,
    /// Processor time, summed over partitions, in nanoseconds.
    ComputeNs,
    /// Rows put out.
    RowsOut,
    /// Bytes put out.
    BytesOut,
    /// Bytes written to disk for lack of memory.
    SpilledBytes,
    /// Largest memory reservation.
    MemoryBytesMax,
}

/// From when on a difference is told: all three must be passed that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// The difference in percent of the smaller figure.
    pub percent_min: u64,
    /// The difference of times.
    pub nanoseconds_min: u64,
    /// The difference of sizes.
    pub bytes_min: u64,
    /// The difference of rows.
    pub rows_min: u64,
}

impl Default for Thresholds {
    /// A fifth, and 10 ms, 1 MB, one row.
    fn default() -> Self {
        Self { percent_min: 20, nanoseconds_min: 10_000_000, bytes_min: 1_000_000, rows_min: 1 }
    }
}

impl Thresholds {
    fn is_passed(&self, figure: Figure, old: u64, new: u64) -> bool {
        let least = match figure {
            Figure::WallNs | Figure::ComputeNs => self.nanoseconds_min,
            Figure::RowsOut => self.rows_min,
            Figure::BytesOut | Figure::SpilledBytes | Figure::MemoryBytesMax => self.bytes_min,
        };
        let difference = old.abs_diff(new);
        let percent = u128::from(difference) * 100 >= u128::from(self.percent_min) * u128::from(old.min(new));
        difference > 0 && difference >= least && percent
    }
}

/// The figures that differ, of the run, of each statement and of each operator that is in both plans.
pub(super) fn compare(
    run: [Maybe<u64>; 2],
    statements: &[StatementPair<'_>],
    thresholds: Thresholds,
) -> Vec<MeasuredDiff> {
    let mut found = Found { thresholds, diffs: Vec::new() };
    found.push(Place::default(), Figure::WallNs, run[0], run[1]);
    for StatementPair { old, new, plans } in statements {
        let place = Place { statement: Maybe::Set(new.index), ..Place::default() };
        found.push(place.clone(), Figure::WallNs, old.elapsed_ns, new.elapsed_ns);
        found.push(place.clone(), Figure::MemoryBytesMax, old.memory_bytes_max, new.memory_bytes_max);
        found.push(place.clone(), Figure::SpilledBytes, old.spilled_bytes, new.spilled_bytes);
        if let Some([old, new]) = plans {
            found.operators(&place, old, new);
        }
    }
    found.diffs
}

#[derive(Clone, Default)]
struct Place {
    statement: Maybe<u32>,
    operator: Maybe<String>,
    path: Maybe<String>,
}

struct Found {
    thresholds: Thresholds,
    diffs: Vec<MeasuredDiff>,
}

impl Found {
    fn push(&mut self, place: Place, figure: Figure, old: Maybe<u64>, new: Maybe<u64>) {
        let (Maybe::Set(old), Maybe::Set(new)) = (old, new) else { return };
        if self.thresholds.is_passed(figure, old, new) {
            let Place { statement, operator, path } = place;
            self.diffs.push(MeasuredDiff { statement, operator, path, figure, old, new });
        }
    }

    /// The operators of a plan that was made twice. Of plans that differ, operators cannot be told to be the same work.
    fn operators(&mut self, statement: &Place, old: &StatementPlan, new: &StatementPlan) {
        if let (Maybe::Set(old), Maybe::Set(new)) = (&old.physical, &new.physical) {
            self.operator(statement, "", old, new);
        }
    }

    fn operator(&mut self, statement: &Place, path: &str, old: &OperatorNode, new: &OperatorNode) {
        if old.name != new.name || old.children.len() != new.children.len() {
            return;
        }
        if let (Maybe::Set(before), Maybe::Set(after)) = (&old.metrics, &new.metrics) {
            let shown = if path.is_empty() { "." } else { path };
            let place = Place {
                operator: Maybe::Set(new.name.clone()),
                path: Maybe::Set(shown.to_owned()),
                ..statement.clone()
            };
            let figures = [
                (Figure::ComputeNs, before.elapsed_compute_ns, after.elapsed_compute_ns),
                (Figure::RowsOut, before.rows_out, after.rows_out),
                (Figure::BytesOut, before.bytes_out, after.bytes_out),
                (Figure::SpilledBytes, before.spilled_bytes, after.spilled_bytes),
            ];
            figures.into_iter().for_each(|(figure, old, new)| self.push(place.clone(), figure, old, new));
        }
        for (idx, (old, new)) in old.children.iter().zip(&new.children).enumerate() {
            self.operator(statement, &format!("{path}.children[{idx}]"), old, new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_from_the_threshold_on() {
        let check = |figure, old, new| Thresholds::default().is_passed(figure, old, new);
        let ms = |n: u64| n * 1_000_000;
        assert!(!check(Figure::WallNs, ms(50), ms(50) + ms(10) - 1));
        assert!(check(Figure::WallNs, ms(50), ms(60)) && check(Figure::WallNs, ms(60), ms(50)));
        assert!(!check(Figure::WallNs, ms(1_000), ms(1_199)));
        assert!(check(Figure::WallNs, ms(1_000), ms(1_200)));
        assert!(!check(Figure::SpilledBytes, 0, 999_999) && check(Figure::SpilledBytes, 0, 1_000_000));
        assert!(!check(Figure::RowsOut, 0, 0) && check(Figure::RowsOut, 0, 1));
    }
}
