//! The times of a run and of its statements, for those who draw them elsewhere.

use jiff::Timestamp;
use proofmark_artifacts::Maybe;

use crate::finding::Facts;
use crate::recorded::Recorded;
use crate::view::timeline::instants;

/// A stretch of time, counted from the start of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start_ns: u64,
    pub(crate) length_ns: u64,
}

/// When a statement was planned and ran.
pub(crate) struct StatementSpan {
    pub(crate) statement: u32,
    pub(crate) sql: String,
    pub(crate) whole: Span,
    pub(crate) planning: Option<Span>,
    pub(crate) running: Option<Span>,
}

/// The run from its start to its end.
pub(crate) fn run_span(run: &Recorded) -> Span {
    let length_ns = match run.index.summary.elapsed_ns {
        Maybe::Set(elapsed) => elapsed,
        Maybe::Unset => 0,
    };
    Span { start_ns: 0, length_ns }
}

/// The statements that have a start, in their order.
pub(crate) fn statement_spans(facts: &Facts<'_>) -> Vec<StatementSpan> {
    let origin = facts.run.index.summary.started_at;
    let since = |at: Timestamp| u64::try_from(at.as_nanosecond() - origin.as_nanosecond()).unwrap_or(0);
    let between = |from: u64, to: u64| Span { start_ns: from, length_ns: to.saturating_sub(from) };
    let spans = instants(facts).into_iter().filter_map(|(statement, instants)| {
        let started = since(instants.started?.0);
        let planned = instants.planned.map(|(at, _)| since(at));
        let ended = instants.ended.map(|((at, _), _)| since(at));
        let last = ended.or(planned).unwrap_or(started);
        let record = facts.run.statement(statement).map(|(_, record)| record);
        Some(StatementSpan {
            statement,
            sql: record.map_or_else(String::new, |record| record.sql.clone()),
            whole: between(started, last),
            planning: planned.map(|planned| between(started, planned)),
            running: planned.zip(ended).map(|(planned, ended)| between(planned, ended)),
        })
    });
    spans.collect()
}
