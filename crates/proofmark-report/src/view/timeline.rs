//! When each statement was planned and ran.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maud::{Markup, Render, html};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::{RunEvent, RunPhase};

use super::percent;
use super::sql::STEP_CHARS_MAX;
use crate::figure::Figure;
use crate::finding::Facts;
use crate::place::Place;
use crate::text::clipped;

/// Most statements that are drawn.
const STATEMENTS_MAX: usize = 200;

/// The statements along the time.
pub(crate) struct Timeline {
    bars: Vec<Bar>,
    /// From the first event to the last.
    whole: Figure,
    left_out: usize,
}

struct Bar {
    statement: u32,
    /// The step of the pipeline that it is of.
    step: Option<String>,
    sql: String,
    planning: Option<Stretch>,
    running: Option<Stretch>,
    is_good: bool,
}

/// A part of the time line.
struct Stretch {
    start: f64,
    length: f64,
    figure: Figure,
}

/// An event with its instant and where that stands.
type Instant = (Timestamp, Place);

/// The instants of one statement.
#[derive(Default)]
pub(crate) struct Instants {
    pub(crate) started: Option<Instant>,
    pub(crate) planned: Option<Instant>,
    pub(crate) ended: Option<(Instant, RunPhase)>,
}

/// When each statement started, was planned, and ended.
pub(crate) fn instants(facts: &Facts<'_>) -> BTreeMap<u32, Instants> {
    let mut statements = BTreeMap::<u32, Instants>::new();
    for (event, instant) in run_events(facts) {
        let Some(statement) = event.statement.into_option() else { continue };
        let instants = statements.entry(statement).or_default();
        match event.phase {
            RunPhase::Started => instants.started = Some(instant),
            RunPhase::Planned => instants.planned = Some(instant),
            RunPhase::Finished | RunPhase::Failed | RunPhase::Cancelled => {
                instants.ended = Some((instant, event.phase));
            }
        }
    }
    statements
}

/// The events that have an instant, in their order.
fn run_events<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (&'a RunEvent, Instant)> {
    facts.events().filter_map(|(place, event)| {
        let DiagnosticEvent::Run(event) = event else { return None };
        Some((event, (event.event_time.into_option()?, place.field("event_time"))))
    })
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Timeline> {
    let all: Vec<_> = run_events(facts).map(|(_, instant)| instant).collect();
    let (first, last) = (all.iter().min_by_key(|it| it.0)?, all.iter().max_by_key(|it| it.0)?);
    let whole = span(first, last);
    let statements = instants(facts);
    let bars: Vec<_> =
        statements.iter().take(STATEMENTS_MAX).map(|(idx, it)| bar(facts, *idx, it, first, &whole)).collect();
    let left_out = statements.len() - bars.len();
    (!bars.is_empty()).then_some(Timeline { bars, whole, left_out })
}

fn bar(facts: &Facts<'_>, statement: u32, instants: &Instants, first: &Instant, whole: &Figure) -> Bar {
    let stretch = |from: &Instant, to: &Instant| {
        let part = |nanoseconds: f64| nanoseconds / whole.value().max(1.0);
        let figure = span(from, to);
        Stretch { start: part(span(first, from).value()), length: part(figure.value()), figure }
    };
    let record = facts.run.statement(statement).map(|(_, record)| record);
    let ended = instants.ended.as_ref().map(|(instant, _)| instant);
    let planned = instants.planned.as_ref().or(ended);
    Bar {
        statement,
        step: record.and_then(|it| Some(clipped(it.step.as_ref().into_option()?, STEP_CHARS_MAX))),
        sql: record.map_or_else(String::new, |it| clipped(&it.sql, 60)),
        planning: instants.started.as_ref().zip(planned).map(|(from, to)| stretch(from, to)),
        running: instants.planned.as_ref().zip(ended).map(|(from, to)| stretch(from, to)),
        is_good: instants.ended.as_ref().is_some_and(|(_, phase)| *phase == RunPhase::Finished),
    }
}

fn span(from: &Instant, to: &Instant) -> Figure {
    Figure::span((from.0, &from.1), (to.0, &to.1))
}

impl Render for Timeline {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                "From the first event to the last: " (self.whole) ". "
                span.key { span.swatch.planning {} " planning" } " "
                span.key { span.swatch.running {} " running" }
            }
            div.scroll {
                table.timeline {
                    caption { "Statements along the time" }
                    thead {
                        tr {
                            th.n scope="col" { "#" } th scope="col" { "Statement" }
                            th.lane scope="col" { "Time" } th.n scope="col" { "Planning" }
                            th.n scope="col" { "Running" }
                        }
                    }
                    tbody { @for bar in &self.bars { (bar) } }
                }
            }
            @if self.left_out > 0 {
                p.cut-note {
                    (self.left_out) " more statements are not drawn; all events are in "
                    code { ":diagnostics" } "."
                }
            }
        }
    }
}

impl Render for Bar {
    fn render(&self) -> Markup {
        let style = |it: &Stretch| format!("left:{};width:{}", percent(it.start), percent(it.length));
        html! {
            tr {
                td.n { (self.statement) }
                td {
                    @if let Some(step) = &self.step { span.step { (step) } " " }
                    code.sql-line { (self.sql) }
                    @if !self.is_good { " " span.badge.failed { "✕ not finished" } }
                }
                td.lane { div.lane-box aria-hidden="true" {
                    @if let Some(it) = &self.planning { span.planning style=(style(it)) {} }
                    @if let Some(it) = &self.running { span.running style=(style(it)) {} }
                } }
                td.n { (super::maybe(self.planning.as_ref().map(|it| &it.figure))) }
                td.n { (super::maybe(self.running.as_ref().map(|it| &it.figure))) }
            }
        }
    }
}
