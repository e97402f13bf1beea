//! A run as a trace for Perfetto, in Chrome's trace event format.
//!
//! The format: <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>; what Perfetto reads of
//! it: <https://perfetto.dev/docs/getting-started/other-formats>.

use std::collections::BTreeMap;

use proofmark::{Maybe, Record, Result, json};

use crate::finding::Facts;
use crate::plan_tree::{Operator, PlanTree};
use crate::recorded::Recorded;
use crate::span::{Span, run_span, statement_spans};
use crate::text::{clipped, visible};

/// A trace.
///
/// # Examples
/// ```
/// use proofmark_artifacts::{RunStatus, RunStore, RunSummary};
/// use proofmark_report::{Recorded, Trace, TraceEvent};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let run = store.begin()?.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::now()))?;
/// let trace = Trace::of(&Recorded::read(&store.bundle(&run.index.run_id)?));
/// let text = trace.to_json()?;
/// assert!(text.starts_with(r#"{"traceEvents":["#));
/// assert_eq!(proofmark::json::from_str::<Trace>(&text)?, trace);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Trace {
    /// The slices, and the names of the tracks they lie on.
    #[field(rename = "traceEvents")]
    pub trace_events: Vec<TraceEvent>,
    /// The unit in which a viewer shows times; those in the file are microseconds.
    #[field(rename = "displayTimeUnit")]
    pub display_time_unit: String,
    /// What the trace is of.
    #[field(rename = "otherData")]
    pub other_data: BTreeMap<String, String>,
}

/// One event of a trace; its phase is its tag.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "ph")]
pub enum TraceEvent {
    /// A span of time on a track.
    #[variant(rename = "X")]
    Slice {
        /// What it is called.
        name: String,
        /// Its category: `run`, `statement`, `phase`, `operator`.
        cat: String,
        /// Its start in microseconds since the run's.
        ts: f64,
        /// Its length in microseconds.
        dur: f64,
        /// The group of tracks.
        pid: u32,
        /// The track.
        tid: u32,
        /// What else is known.
        args: BTreeMap<String, String>,
    },
    /// A name of a track or of a group of tracks.
    #[variant(rename = "M")]
    Name {
        /// What is named: `process_name`, `thread_name`.
        name: String,
        /// The group of tracks.
        pid: u32,
        /// The track.
        tid: u32,
        /// The name.
        args: BTreeMap<String, String>,
    },
}

/// What a slice of an operator says, for it looks like more than is known.
const OPERATOR_TIME: &str = "processor time, summed over partitions, drawn from when the plan began to run; when the operator ran is not recorded";

impl Trace {
    /// The trace of a run: the run and its statements by the clock, the operators of each as long as they computed.
    pub fn of(run: &Recorded) -> Self {
        let facts = Facts::new(run);
        let mut trace_events =
            vec![name("process_name", 0, 0, "run"), name("thread_name", 0, 0, "statements")];
        let whole = run_span(run);
        trace_events.push(slice(&clipped(&run.index.summary.title, 80), "run", &whole, (0, 0), []));
        let spans = statement_spans(&facts);
        for span in &spans {
            let title = format!("{} {}", span.statement, clipped(&span.sql, 80));
            trace_events.push(slice(
                &title,
                "statement",
                &span.whole,
                (0, 0),
                [("sql", clipped(&span.sql, 4_000))],
            ));
            let phases = [("planning", &span.planning), ("running", &span.running)];
            let phases = phases.into_iter().filter_map(|(name, phase)| Some((name, phase.as_ref()?)));
            trace_events.extend(phases.map(|(name, phase)| slice(name, "phase", phase, (0, 0), [])));
        }
        for tree in &facts.trees {
            let span = spans.iter().find(|span| span.statement == tree.statement);
            let start_ns = span.map_or(0, |span| span.running.as_ref().unwrap_or(&span.whole).start_ns);
            trace_events.extend(operators(tree, start_ns));
        }
        Self { trace_events, display_time_unit: "ms".to_owned(), other_data: other_data(run) }
    }

    /// The trace as a file for <https://ui.perfetto.dev> or `chrome://tracing`.
    ///
    /// # Errors
    /// Does not fail for a trace that [`Trace::of`] made; one made by hand may hold a number that is none.
    pub fn to_json(&self) -> Result<String> {
        json::to_string(self)
    }
}

fn other_data(run: &Recorded) -> BTreeMap<String, String> {
    let summary = &run.index.summary;
    let entries = [
        ("run", run.index.run_id.to_string()),
        ("started_at", summary.started_at.to_string()),
        ("engine", visible(&summary.engine).into_owned()),
    ];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A group of tracks for the statement, a track for each operator that computed.
fn operators(tree: &PlanTree<'_>, start_ns: u64) -> Vec<TraceEvent> {
    let pid = tree.statement.saturating_add(1);
    let mut events =
        vec![name("process_name", pid, 0, &format!("operators of statement {}", tree.statement))];
    for operator in &tree.operators {
        let Some(metrics) = operator.node.metrics.as_ref().into_option() else { continue };
        let Maybe::Set(length_ns) = metrics.elapsed_compute_ns else { continue };
        let (index, title) = (operator.node.index, clipped(&operator.node.name, 60));
        events.push(name("thread_name", pid, index, &format!("{index} {title}")));
        let span = Span { start_ns, length_ns };
        events.push(slice(&title, "operator", &span, (pid, index), arguments(operator)));
    }
    events
}

fn arguments(operator: &Operator<'_>) -> Vec<(&'static str, String)> {
    let figures = [
        ("rows out", operator.rows_out()),
        ("rows expected", operator.rows_estimated()),
        ("bytes out", operator.bytes_out()),
        ("spilled", operator.spilled()),
    ];
    let figures = figures.into_iter().filter_map(|(name, figure)| Some((name, figure?.text())));
    let texts = [("does", clipped(&operator.node.detail, 400)), ("time", OPERATOR_TIME.to_owned())];
    figures.chain(texts).collect()
}

fn slice(
    name: &str,
    category: &str,
    span: &Span,
    (pid, tid): (u32, u32),
    args: impl IntoIterator<Item = (&'static str, String)>,
) -> TraceEvent {
    let microseconds = |nanoseconds: u64| nanoseconds as f64 / 1_000.0;
    TraceEvent::Slice {
        name: name.to_owned(),
        cat: category.to_owned(),
        ts: microseconds(span.start_ns),
        dur: microseconds(span.length_ns),
        pid,
        tid,
        args: args.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
    }
}

fn name(kind: &str, pid: u32, tid: u32, name: &str) -> TraceEvent {
    let args = BTreeMap::from([("name".to_owned(), name.to_owned())]);
    TraceEvent::Name { name: kind.to_owned(), pid, tid, args }
}
