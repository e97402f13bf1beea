//! The functions that statements call, and whether they give the same each time.

use maud::{Markup, Render, html};
use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::{FunctionKind, FunctionVolatility, UdfValidationEvent};

use super::cell;
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;

/// Most functions that are listed.
const FUNCTIONS_MAX: usize = 200;

/// The calls, in the order of statements.
pub(super) struct Functions<'a> {
    calls: Vec<(Place, &'a UdfValidationEvent)>,
    left_out: usize,
}

pub(super) fn model<'a>(facts: &Facts<'a>) -> Option<Functions<'a>> {
    let calls = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::UdfValidation(event) => Some((place, event)),
        _ => None,
    });
    let mut calls: Vec<_> = calls.collect();
    let left_out = calls.len().saturating_sub(FUNCTIONS_MAX);
    calls.truncate(FUNCTIONS_MAX);
    (!calls.is_empty()).then_some(Functions { calls, left_out })
}

fn kind_word(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Scalar => "scalar",
        FunctionKind::Aggregate => "aggregate",
        FunctionKind::Window => "window",
        FunctionKind::HigherOrder => "higher-order",
    }
}

fn volatility(volatility: FunctionVolatility) -> Markup {
    match volatility {
        FunctionVolatility::Immutable => html! { "the same each time" },
        FunctionVolatility::Stable => html! { span.badge.incomplete { "◐ the same within a statement" } },
        FunctionVolatility::Volatile => html! { span.badge.failed { "✕ different each time" } },
    }
}

impl Render for Functions<'_> {
    fn render(&self) -> Markup {
        html! {
            details.functions {
                summary { "Functions that the statements call" }
                div.scroll {
                    table.small {
                        caption { "Functions, by statement" }
                        thead {
                            tr {
                                th.n scope="col" { "#" }
                                th scope="col" { "Function" }
                                th scope="col" { "Kind" }
                                th.n scope="col" { "Calls" }
                                th scope="col" { "Gives" }
                                th scope="col" { "In the registry" }
                            }
                        }
                        tbody { @for (place, call) in &self.calls { (row(place, call)) } }
                    }
                }
                @if self.left_out > 0 {
                    p.cut-note { (self.left_out) " more are in " code { ":diagnostics" } "." }
                }
            }
        }
    }
}

fn row(place: &Place, call: &UdfValidationEvent) -> Markup {
    html! {
        tr data-base=(place) {
            td.n { (call.statement) }
            td { code { (cell(&call.function, 60)) } }
            td { (kind_word(call.kind)) }
            td.n { (Figure::field(call.calls, Unit::Count, place.field("calls")).below(place)) }
            td { (volatility(call.volatility)) }
            td { @if call.registered { "yes" } @else { span.badge.incomplete { "◐ another one, or none" } } }
        }
    }
}
