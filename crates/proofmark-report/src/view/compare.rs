//! This run beside earlier ones of the same pipeline.

use maud::{Markup, PreEscaped, Render, html};
use proofmark_artifacts::{BundleIndex, Maybe, RunStatus};

use super::digest;
use super::verdict::status_badge;
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::history::EARLIER_MAX;
use crate::place::Place;

/// Earlier runs and this one, the oldest first.
pub(crate) struct Compare {
    runs: Vec<Run>,
    is_cut: bool,
}

struct Run {
    name: String,
    started_at: String,
    status: RunStatus,
    elapsed: Option<Figure>,
    rows: Option<Figure>,
    fingerprint: String,
    fingerprint_place: Place,
    /// Whether its content is not that of the run before it.
    is_changed: bool,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Compare> {
    let history = &facts.run.history;
    let mut runs: Vec<_> =
        history.earlier.iter().map(|it| run(&it.index, &it.rows, it.index.run_id.short())).collect();
    if runs.is_empty() {
        return None;
    }
    let statements = facts.run.manifest.as_ref().map_or(&[][..], |it| &it.statements);
    let rows: Vec<_> = statements.iter().filter_map(|it| it.rows.into_option()).collect();
    runs.push(run(&facts.run.index, &rows, ""));
    for idx in 1..runs.len() {
        runs[idx].is_changed = runs[idx].fingerprint != runs[idx - 1].fingerprint;
    }
    Some(Compare { runs, is_cut: history.is_cut })
}

/// A run, in whose places it is called by `name`: this one by none.
fn run(index: &BundleIndex, rows: &[u64], name: &str) -> Run {
    let bundle = Place::of_run(name, "bundle");
    let rows_place = Place::of_run(name, "manifest").field("statements").each().field("rows");
    let elapsed = |elapsed| Figure::field(elapsed, Unit::Nanoseconds, bundle.at("summary.elapsed_ns"));
    Run {
        name: index.run_id.short().to_owned(),
        started_at: index.summary.started_at.strftime("%Y-%m-%d %H:%M").to_string(),
        status: index.summary.status,
        elapsed: match index.summary.elapsed_ns {
            Maybe::Set(nanoseconds) => Some(elapsed(nanoseconds)),
            Maybe::Unset => None,
        },
        rows: (!rows.is_empty()).then(|| Figure::sum(rows.iter().copied(), Unit::Count, &rows_place)),
        fingerprint: index.fingerprint.to_string(),
        fingerprint_place: bundle.field("fingerprint"),
        is_changed: false,
    }
}

impl Render for Compare {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                "Earlier runs of this pipeline in the same store"
                @if self.is_cut { ", the latest " (EARLIER_MAX) " of them" }
                "; the last one is this run."
            }
            div.sparks {
                (spark("Wall time", &self.runs, |run| run.elapsed.as_ref()))
                (spark("Rows of results", &self.runs, |run| run.rows.as_ref()))
            }
            div.scroll { table {
                caption { "Runs, the latest first" }
                thead {
                    tr {
                        th scope="col" { "Run" } th scope="col" { "Started (UTC)" }
                        th scope="col" { "Status" } th.n scope="col" { "Wall time" }
                        th.n scope="col" { "Rows" } th scope="col" { "Content" }
                    }
                }
                tbody {
                    @for (idx, run) in self.runs.iter().enumerate().rev() {
                        (row(run, idx + 1 == self.runs.len()))
                    }
                }
            } }
        }
    }
}

fn row(run: &Run, is_this: bool) -> Markup {
    html! {
        tr.this[is_this] {
            td { code { (run.name) } @if is_this { " this run" } }
            td.nowrap { (run.started_at) }
            td { (status_badge(run.status)) }
            td.n { (super::maybe(run.elapsed.as_ref())) }
            td.n { (super::maybe(run.rows.as_ref())) }
            td {
                (digest(&run.fingerprint, &run.fingerprint_place))
                @if run.is_changed { " " span.tag { "changed here" } }
            }
        }
    }
}

const SPARK_WIDTH: f64 = 320.0;
const SPARK_HEIGHT: f64 = 64.0;
const SPARK_BORDER: f64 = 6.0;

/// A line from run to run; from zero, so that small changes look small.
fn spark<'r>(title: &str, runs: &'r [Run], figure: impl Fn(&'r Run) -> Option<&'r Figure>) -> Markup {
    let values: Vec<_> = runs.iter().map(|run| figure(run).map(Figure::value)).collect();
    let largest = values.iter().flatten().copied().fold(0.0, f64::max).max(1.0);
    let step = (SPARK_WIDTH - 2.0 * SPARK_BORDER) / (values.len().max(2) - 1) as f64;
    let point = |(idx, value): (usize, &Option<f64>)| {
        let y = SPARK_HEIGHT - SPARK_BORDER - (*value)? / largest * (SPARK_HEIGHT - 2.0 * SPARK_BORDER);
        Some((SPARK_BORDER + idx as f64 * step, y))
    };
    let points: Vec<_> = values.iter().enumerate().filter_map(point).collect();
    let line = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    html! {
        figure.spark {
            figcaption {
                (title) @if let Some(latest) = runs.last().and_then(&figure) { " " strong { (latest) } }
            }
            svg viewBox=(format!("0 0 {SPARK_WIDTH} {SPARK_HEIGHT}")) role="img" aria-label=(format!("{title} of the last {} runs", values.len())) {
                polyline points=(line) {}
                @for (x, y) in points.iter().rev().take(1) {
                    (PreEscaped(format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")))
                }
            }
        }
    }
}
