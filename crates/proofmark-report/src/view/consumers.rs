//! Who reserved memory: the consumers of the pool, the largest of each statement.

use maud::{Markup, Render, html};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::MemoryEvent;

use super::{bar, cell, cut_note};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;

/// Most consumers of one statement that are listed.
const CONSUMERS_MAX: usize = 8;
/// Most statements.
const STATEMENTS_MAX: usize = 50;

/// The consumers, by statement.
pub(super) struct Consumers(Vec<Pool>);

struct Pool {
    statement: u32,
    exhausted: bool,
    peak: Figure,
    consumers: Vec<Consumer>,
    all: Figure,
    place: Place,
}

struct Consumer {
    name: String,
    peak: Figure,
    part: f64,
    can_spill: bool,
}

pub(super) fn model(facts: &Facts<'_>) -> Option<Consumers> {
    let pools = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::Memory(event) if !event.consumers.is_empty() => Some(pool(event, &place)),
        _ => None,
    });
    let pools: Vec<_> = pools.take(STATEMENTS_MAX).collect();
    (!pools.is_empty()).then_some(Consumers(pools))
}

fn pool(event: &MemoryEvent, place: &Place) -> Pool {
    let list = place.field("consumers");
    let consumers = event.consumers.iter().enumerate().take(CONSUMERS_MAX).map(|(idx, it)| Consumer {
        name: it.name.clone(),
        peak: Figure::field(it.bytes_peak, Unit::Bytes, list.item(idx).field("bytes_peak")),
        part: it.bytes_peak as f64 / event.bytes_peak.max(1) as f64,
        can_spill: it.can_spill,
    });
    Pool {
        statement: event.statement,
        exhausted: event.exhausted,
        peak: Figure::field(event.bytes_peak, Unit::Bytes, place.field("bytes_peak")),
        consumers: consumers.collect(),
        all: Figure::len(event.consumers.len(), &list),
        place: list,
    }
}

impl Render for Consumers {
    fn render(&self) -> Markup {
        html! {
            div.scroll {
                table {
                    caption { "Who reserved memory, the largest first; a full bar is the peak of the statement" }
                    thead {
                        tr {
                            th.n scope="col" { "#" }
                            th scope="col" { "Consumer" }
                            th.n scope="col" { "Held at most" }
                            th scope="col" { "" }
                            th scope="col" { "Can spill" }
                            th.n scope="col" { "Peak of the statement" }
                        }
                    }
                    tbody { @for pool in &self.0 { (pool) } }
                }
            }
            @for pool in &self.0 { (cut_note(pool.consumers.len(), &pool.all, "consumers", &pool.place)) }
        }
    }
}

impl Render for Pool {
    fn render(&self) -> Markup {
        html! {
            @for (idx, consumer) in self.consumers.iter().enumerate() {
                tr.bad[self.exhausted] {
                    td.n { @if idx == 0 { (self.statement) } }
                    td { (cell(&consumer.name, 80)) }
                    td.n { (consumer.peak) }
                    td.share { (bar(consumer.part, "cool")) }
                    td { (if consumer.can_spill { "yes" } else { "no" }) }
                    td.n { @if idx == 0 { (self.peak) @if self.exhausted { " ✕ exhausted" } } }
                }
            }
        }
    }
}
