//! Files that have columns otherwise than their table.

use maud::{Markup, Render, html};
use proofmark_artifacts::diagnostics::{ColumnChange, SchemaValidationEvent};
use proofmark_artifacts::{DiagnosticEvent, Maybe};

use super::{cell, cut_note, digest};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;

/// Most tables, and most differences of each.
const TABLES_MAX: usize = 100;
const DIFFERENCES_MAX: usize = 50;

/// The tables whose files were compared with them.
pub(super) struct Differences<'a>(Vec<(Place, &'a SchemaValidationEvent)>);

pub(super) fn model<'a>(facts: &Facts<'a>) -> Option<Differences<'a>> {
    let compared = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::SchemaValidation(event) => Some((place, event)),
        _ => None,
    });
    let compared: Vec<_> = compared.take(TABLES_MAX).collect();
    (!compared.is_empty()).then_some(Differences(compared))
}

fn change_word(change: ColumnChange) -> &'static str {
    match change {
        ColumnChange::Added => "only in the files",
        ColumnChange::Missing => "not in the files, read as nulls",
        ColumnChange::Retyped => "of another type, which is cast",
        ColumnChange::Nullability => "of other nullability",
        ColumnChange::Moved => "in another place",
    }
}

impl Render for Differences<'_> {
    fn render(&self) -> Markup {
        html! {
            div.scroll {
                table {
                    caption { "Files compared with the schema they are read by" }
                    thead {
                        tr {
                            th scope="col" { "Table" }
                            th scope="col" { "Schema" }
                            th.n scope="col" { "Files" }
                            th.n scope="col" { "Differing" }
                            th scope="col" { "Column" }
                            th scope="col" { "How" }
                            th scope="col" { "Table has" }
                            th scope="col" { "Files have" }
                        }
                    }
                    tbody { @for (place, event) in &self.0 { (rows(place, event)) } }
                }
            }
            @for (place, event) in &self.0 {
                @let list = place.field("differences");
                (cut_note(DIFFERENCES_MAX, &Figure::len(event.differences.len(), &list), "differences", &list))
            }
        }
    }
}

/// A row for the table, which goes on with its first difference; a row for each further one.
fn rows(place: &Place, event: &SchemaValidationEvent) -> Markup {
    let text = |it: &Maybe<String>| match it {
        Maybe::Set(text) => html! { code { (cell(text, 60)) } },
        Maybe::Unset => html! { span.none { "–" } },
    };
    let count = event.differences.len().clamp(1, DIFFERENCES_MAX);
    html! {
        @for idx in 0..count {
            tr data-base=(place) {
                @if idx == 0 {
                    td { strong { (cell(&event.dataset, 60)) } }
                    td { (digest(event.expected.as_str(), &place.field("expected"))) }
                    td.n { (Figure::field(event.files, Unit::Count, place.field("files")).below(place)) }
                    td.n { (Figure::field(event.differing, Unit::Count, place.field("differing")).below(place)) }
                } @else {
                    td colspan="4" {}
                }
                @match event.differences.get(idx) {
                    Some(it) => {
                        td { strong { (cell(&it.column, 60)) } }
                        td { (change_word(it.kind)) }
                        td { (text(&it.expected)) }
                        td { (text(&it.found)) }
                    }
                    None => { td colspan="4" { span.dim { "all alike" } } }
                }
            }
        }
    }
}
