//! Pairs of runs, and what they say.

use std::fmt::Write as _;

/// What one run cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) rows: u64,
    pub(crate) elapsed_ns: u64,
    pub(crate) memory_bytes: u64,
}

/// One query, once without and once with the recorder.
pub(crate) struct Pair {
    pub(crate) plain: Run,
    pub(crate) recorded: Run,
}

/// All pairs of one query.
pub(crate) struct Query {
    pub(crate) name: String,
    pub(crate) pairs: Vec<Pair>,
}

impl Run {
    /// Reads `ROWS NANOSECONDS BYTES`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(|word| word.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Self { rows: next()?, elapsed_ns: next()?, memory_bytes: next()? })
    }
}

impl Query {
    /// The median of what recorded runs took more than the plain ones beside them, as a share of these.
    fn slower(&self) -> f64 {
        let ratio = |pair: &Pair| pair.recorded.elapsed_ns as f64 / pair.plain.elapsed_ns as f64 - 1.0;
        median(self.pairs.iter().map(ratio).collect())
    }

    /// The median of what they had resident more, in bytes.
    fn larger(&self) -> f64 {
        let more = |pair: &Pair| pair.recorded.memory_bytes as f64 - pair.plain.memory_bytes as f64;
        median(self.pairs.iter().map(more).collect())
    }

    fn plain_ns(&self) -> f64 {
        median(self.pairs.iter().map(|pair| pair.plain.elapsed_ns as f64).collect())
    }

    fn recorded_ns(&self) -> f64 {
        median(self.pairs.iter().map(|pair| pair.recorded.elapsed_ns as f64).collect())
    }

    fn same_rows(&self) -> bool {
        self.pairs.iter().all(|pair| pair.plain.rows == pair.recorded.rows)
    }
}

/// The middle one; of an even number, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

/// One line per query, the sum of all, and all of them as one run.
pub(crate) fn table(queries: &[Query], whole: &Query) -> String {
    let mut text = String::from("query      plain    recorded     slower      memory\n");
    queries.iter().for_each(|query| query_line(&mut text, query));
    let plain: f64 = queries.iter().map(Query::plain_ns).sum();
    let recorded: f64 = queries.iter().map(Query::recorded_ns).sum();
    let larger = queries.iter().map(Query::larger).fold(f64::NEG_INFINITY, f64::max);
    line(&mut text, "all", plain, recorded, recorded / plain - 1.0, larger, "  (memory: the most)");
    query_line(&mut text, whole);
    text
}

fn query_line(text: &mut String, query: &Query) {
    let rows = if query.same_rows() { "" } else { "  OTHER ROWS" };
    let (plain, recorded) = (query.plain_ns(), query.recorded_ns());
    line(text, &query.name, plain, recorded, query.slower(), query.larger(), rows);
}

fn line(text: &mut String, name: &str, plain: f64, recorded: f64, slower: f64, larger: f64, rows: &str) {
    let (plain, recorded) = (plain / 1e6, recorded / 1e6);
    let (slower, larger) = (slower * 100.0, larger / 1e6);
    // Writing to a text cannot fail.
    let _ = writeln!(
        text,
        "{name:<5} {plain:>7.1} ms  {recorded:>7.1} ms  {slower:>+7.2} %  {larger:>+6.1} MB{rows}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(elapsed_ns: u64, memory_bytes: u64) -> Run {
        Run { rows: 1, elapsed_ns, memory_bytes }
    }

    #[test]
    fn figures_are_medians_of_pairs() {
        let pairs = [(100, 101), (200, 206), (100, 150)];
        let pair = |(plain, recorded)| Pair { plain: run(plain, 7), recorded: run(recorded, 9) };
        let query = Query { name: "q01".to_owned(), pairs: pairs.map(pair).into() };
        assert!((query.slower() - 0.03).abs() < 1e-9, "{}", query.slower());
        assert!((query.larger() - 2.0).abs() < 1e-9, "{}", query.larger());
    }

    #[test]
    fn line_of_a_run_is_read_or_refused() {
        assert_eq!(Run::parse("1 20 30\n"), Some(Run { rows: 1, elapsed_ns: 20, memory_bytes: 30 }));
        for damaged in ["", "1 2", "1 2 x", "-1 2 3"] {
            assert_eq!(Run::parse(damaged), None, "{damaged:?}");
        }
    }

    #[test]
    fn other_rows_are_told() {
        let other = Run { rows: 2, ..run(1, 1) };
        let query = Query { name: "q02".to_owned(), pairs: vec![Pair { plain: run(1, 1), recorded: other }] };
        let whole =
            Query { name: "1 run".to_owned(), pairs: vec![Pair { plain: run(1, 1), recorded: run(2, 1) }] };
        let table = table(&[query], &whole);
        assert!(table.lines().nth(1).is_some_and(|line| line.ends_with("OTHER ROWS")), "{table}");
        assert!(table.lines().nth(3).is_some_and(|line| line.starts_with("1 run")), "{table}");
    }
}
