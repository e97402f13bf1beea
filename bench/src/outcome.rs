//! What came out of a row.

use bench_peers::check::Agreement;
use bench_peers::row::{Contest, Role, Row};

use crate::measure::Samples;
use crate::statistics::{Spread, geometric_mean, ratios};

/// A measured row.
pub struct Outcome {
    pub group: &'static str,
    pub shape: &'static str,
    pub elements: usize,
    pub entries: Vec<Entry>,
}

/// One contender of a measured row.
pub struct Entry {
    pub name: String,
    pub role: Role,
    pub bytes: usize,
    /// Nanoseconds of one iteration.
    pub ns: Spread,
    /// The subject's throughput over this one's, round by round; the subject itself has none.
    pub ratio: Option<Spread>,
    pub agreement: Agreement,
}

impl Entry {
    /// Best throughput in megabytes of 10^6 bytes a second.
    pub fn megabytes_per_second(&self) -> f64 {
        self.bytes as f64 * 1e3 / self.ns.min
    }
}

impl Outcome {
    /// Sums up the samples of a row.
    pub fn of(row: &Row, contest: &Contest, samples: &Samples) -> Outcome {
        let subject = contest.contenders.iter().position(|contender| contender.role == Role::Subject);
        let entries = contest.contenders.iter().zip(samples).filter_map(|(contender, own)| {
            let ratio = subject.filter(|_| contender.role != Role::Subject);
            Some(Entry {
                name: contender.name.clone(),
                role: contender.role,
                bytes: contender.bytes,
                ns: Spread::of(own)?,
                ratio: ratio.and_then(|subject| Spread::of(&ratios(&samples[subject], own))),
                agreement: contender.agreement,
            })
        });
        Outcome { group: row.group, shape: row.shape, elements: contest.elements, entries: entries.collect() }
    }

    /// The peer that the row is rated against: the one that leaves us the lowest median.
    pub fn fastest_peer(&self) -> Option<&Entry> {
        let median = |entry: &Entry| entry.ratio.map_or(f64::INFINITY, |ratio| ratio.median);
        let peers = self.entries.iter().filter(|entry| entry.role == Role::Peer && entry.ratio.is_some());
        peers.min_by(|left, right| median(left).total_cmp(&median(right)))
    }

    /// The row's ratio: the subject's throughput over that of its fastest peer.
    pub fn ratio(&self) -> Option<f64> {
        self.fastest_peer()?.ratio.map(|ratio| ratio.median)
    }

    pub fn name(&self) -> String {
        format!("{}/{}", self.group, self.shape)
    }
}

/// The rows of one group in one figure.
pub struct Summary {
    pub rows: usize,
    pub geometric_mean: f64,
    /// The row with the lowest ratio.
    pub worst: (f64, String),
}

impl Summary {
    /// `None` when no row has both a subject and a peer.
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Option<Summary> {
        let rated = |outcome: &Outcome| outcome.ratio().map(|ratio| (ratio, outcome.name()));
        let rows: Vec<(f64, String)> = outcomes.into_iter().filter_map(rated).collect();
        let ratios: Vec<f64> = rows.iter().map(|(ratio, _)| *ratio).collect();
        let count = rows.len();
        let worst = rows.into_iter().min_by(|left, right| left.0.total_cmp(&right.0))?;
        Some(Summary { rows: count, geometric_mean: geometric_mean(&ratios)?, worst })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bench_peers::row::Contender;

    use super::*;

    fn contest(roles: &[(&str, Role)]) -> Contest {
        let contender = |(name, role): &(&str, Role)| Contender {
            name: name.to_string(),
            role: *role,
            bytes: 3000,
            agreement: Agreement::Exact,
            run: Box::new(|_| Duration::ZERO),
        };
        Contest { elements: 10, contenders: roles.iter().map(contender).collect() }
    }

    fn row(shape: &'static str) -> Row {
        Row { group: "group", shape, document: |_| Err("not made".to_string()), entrants: Vec::new() }
    }

    fn outcome(shape: &'static str, samples: &[&[f64]]) -> Outcome {
        let roles = [
            ("ours", Role::Subject),
            ("ours lax", Role::Variant),
            ("slow", Role::Peer),
            ("fast", Role::Peer),
        ];
        let samples: Samples = samples.iter().map(|samples| samples.to_vec()).collect();
        Outcome::of(&row(shape), &contest(&roles), &samples)
    }

    #[test]
    fn row_is_rated_against_its_fastest_peer() {
        assert_eq!(outcome("one", &[&[10.0], &[5.0], &[40.0], &[20.0]]).ratio(), Some(2.0));
    }

    #[test]
    fn another_setting_of_ours_is_no_peer() {
        let outcome = outcome("one", &[&[10.0], &[1.0], &[40.0], &[20.0]]);
        assert_eq!(outcome.entries[1].ratio.unwrap().median, 0.1);
        assert_eq!(outcome.ratio(), Some(2.0));
    }

    #[test]
    fn throughput_is_that_of_the_best_round() {
        let outcome = outcome("one", &[&[2000.0, 1000.0], &[1.0, 1.0], &[1.0, 1.0], &[1.0, 1.0]]);
        assert_eq!(outcome.entries[0].megabytes_per_second(), 3000.0);
    }

    #[test]
    fn summary_names_the_worst_row() {
        let rows = [
            outcome("one", &[&[10.0], &[1.0], &[40.0], &[40.0]]),
            outcome("two", &[&[10.0], &[1.0], &[10.0], &[90.0]]),
        ];
        let summary = Summary::of(&rows).unwrap();
        assert_eq!((summary.rows, summary.worst), (2, (1.0, "group/two".to_string())));
        assert!((summary.geometric_mean - 2.0).abs() < 1e-12);
    }

    #[test]
    fn row_without_a_subject_has_no_ratio() {
        let outcome = Outcome::of(&row("one"), &contest(&[("peer", Role::Peer)]), &vec![vec![1.0]]);
        assert_eq!(outcome.ratio(), None);
        assert!(Summary::of([&outcome]).is_none());
    }
}
