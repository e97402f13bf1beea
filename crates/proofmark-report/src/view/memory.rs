//! What memory the run took, and what did not fit.

use maud::{Markup, Render, html};
use proofmark_artifacts::{Metric, StatementRecord};

use super::{bar, consumers, cut_note, maybe};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::Recorded;
use crate::text::{clipped, visible};

/// Most rows of each table.
const ROWS_MAX: usize = 100;
/// Most operators that are listed.
const OPERATORS_MAX: usize = 15;

/// Peaks and spills.
pub(crate) struct Memory {
    limit: Option<Figure>,
    statements: Vec<StatementRow>,
    all: Figure,
    consumers: Option<consumers::Consumers>,
    operators: Vec<OperatorRow>,
}

struct StatementRow {
    index: u32,
    sql: String,
    peak: Figure,
    part: f64,
    spilled: Option<Figure>,
}

struct OperatorRow {
    anchor: String,
    name: String,
    statement: u32,
    /// What the engine calls it.
    gauge: String,
    reserved: Option<Figure>,
    spilled: Option<Figure>,
}

/// What the memory pool may give out.
pub(crate) fn limit(run: &Recorded) -> Option<Figure> {
    let limit = run.profile.as_ref()?.scan.memory_bytes_max.into_option()?;
    Some(Figure::field(limit, Unit::Bytes, Place::of("profile").at("scan.memory_bytes_max")))
}

/// The largest reservation while a statement ran.
pub(crate) fn peak(idx: usize, statement: &StatementRecord) -> Option<Figure> {
    let peak = statement.memory_bytes_max.into_option()?;
    Some(Figure::field(peak, Unit::Bytes, place(idx).field("memory_bytes_max")))
}

fn place(idx: usize) -> Place {
    Place::of("manifest").field("statements").item(idx)
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Memory> {
    let limit = limit(facts.run);
    let statements = &facts.run.manifest.as_ref()?.statements;
    let peaks: Vec<_> =
        statements.iter().enumerate().filter_map(|(idx, it)| Some((idx, it, peak(idx, it)?))).collect();
    let largest = peaks.iter().map(|(_, _, peak)| peak.value()).fold(0.0, f64::max);
    let whole = limit.as_ref().map_or(largest, Figure::value).max(1.0);
    let rows = peaks.into_iter().take(ROWS_MAX).map(|(idx, statement, peak)| StatementRow {
        index: statement.index,
        sql: clipped(&statement.sql, 70),
        part: peak.value() / whole,
        peak,
        spilled: statement
            .spilled_bytes
            .into_option()
            .map(|it| Figure::field(it, Unit::Bytes, place(idx).field("spilled_bytes"))),
    });
    let statement_rows: Vec<_> = rows.collect();
    let all = Figure::len(statements.len(), &Place::of("manifest").field("statements"));
    (!statement_rows.is_empty()).then(|| Memory {
        limit,
        statements: statement_rows,
        all,
        consumers: consumers::model(facts),
        operators: operators(facts),
    })
}

/// The operators that held most, and all that spilled.
fn operators(facts: &Facts<'_>) -> Vec<OperatorRow> {
    let mut rows = Vec::new();
    for tree in &facts.trees {
        for operator in &tree.operators {
            let gauge =
                memory_gauge(operator.node.metrics.as_ref().into_option().map_or(&[][..], |it| &it.counters));
            let reserved = gauge.and_then(|gauge| operator.gauge_bytes(gauge)).filter(|it| it.value() > 0.0);
            let spilled = operator.spilled().filter(|it| it.value() > 0.0);
            if reserved.is_some() || spilled.is_some() {
                rows.push(OperatorRow {
                    anchor: tree.anchor(operator),
                    name: operator.node.name.clone(),
                    statement: tree.statement,
                    gauge: gauge.unwrap_or_default().to_owned(),
                    reserved,
                    spilled,
                });
            }
        }
    }
    let size = |row: &OperatorRow| {
        let value = |it: &Option<Figure>| it.as_ref().map_or(0.0, Figure::value);
        value(&row.spilled) + value(&row.reserved)
    };
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows.truncate(OPERATORS_MAX);
    rows
}

/// The engine's name for what an operator reserved: `build_mem_used`, `peak_mem_used`.
fn memory_gauge(counters: &[Metric]) -> Option<&str> {
    counters.iter().find_map(|metric| match metric {
        Metric::Gauge { name, .. } if name.contains("mem_used") => Some(name.as_str()),
        _ => None,
    })
}

impl Render for Memory {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                @match &self.limit {
                    Some(limit) => { "The pool could give out " (limit) "; a full bar is that much." }
                    None => "Memory was not limited; a full bar is the largest peak."
                }
            }
            div.scroll {
                table {
                    caption { "Largest reservation of each statement" }
                    thead {
                        tr {
                            th.n scope="col" { "#" } th scope="col" { "Statement" }
                            th.n scope="col" { "Peak" } th scope="col" { "" } th.n scope="col" { "Spilled" }
                        }
                    }
                    tbody { @for row in &self.statements { tr {
                        td.n { (row.index) } td { code.sql-line { (row.sql) } } td.n { (row.peak) }
                        td.share { (bar(row.part, "cool")) } td.n { (maybe(row.spilled.as_ref())) }
                    } } }
                }
            }
            @if self.statements.len() == ROWS_MAX {
                (cut_note(ROWS_MAX, &self.all, "statements", &Place::of("manifest")))
            }
            @if let Some(consumers) = &self.consumers { (consumers) }
            @if !self.operators.is_empty() { (operator_table(&self.operators)) }
        }
    }
}

fn operator_table(rows: &[OperatorRow]) -> Markup {
    html! {
        div.scroll {
            table {
                caption { "Operators that held most" }
                thead {
                    tr {
                        th scope="col" { "Operator" } th.n scope="col" { "Held" } th scope="col" { "As" }
                        th.n scope="col" { "Spilled" } th.n scope="col" { "Statement" }
                    }
                }
                tbody { @for row in rows { tr {
                    td { a href=(format!("#{}", row.anchor)) { (visible(&row.name)) } }
                    td.n { (maybe(row.reserved.as_ref())) } td { code { (visible(&row.gauge)) } }
                    td.n { (maybe(row.spilled.as_ref())) } td.n { (row.statement) }
                } } }
            }
        }
    }
}
