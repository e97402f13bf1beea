//! Where the run left off in the tables it follows, and which changes it read to get there.

use maud::{Markup, Render, html};
use proofmark_artifacts::diagnostics::IncrementalEvent;
use proofmark_artifacts::{CdfCursor, Codec, DiagnosticEvent, Maybe};

use super::{cell, maybe};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::{Document, DocumentState};

/// Most rows of each table.
const ROWS_MAX: usize = 200;

/// The cursors in the bundle, and the ranges that were read.
pub(crate) struct Incremental {
    cursors: Vec<Cursor>,
    ranges: Vec<Range>,
}

struct Cursor {
    dataset: String,
    version: Figure,
}

/// The versions of one table that were read.
struct Range {
    dataset: String,
    cursor: String,
    before: Option<Figure>,
    first: Option<Figure>,
    last: Figure,
    changes: [(&'static str, Option<Figure>); 3],
    moved: bool,
    /// Whether the first version that was read follows the one that the cursor, or the sink, stood at.
    joins: Option<bool>,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Incremental> {
    let cursors: Vec<_> = facts.run.documents.iter().filter_map(cursor).take(ROWS_MAX).collect();
    let ranges = facts.events().filter_map(|(place, event)| match event {
        DiagnosticEvent::Incremental(event) => Some(range(event, &place)),
        _ => None,
    });
    let ranges: Vec<_> = ranges.take(ROWS_MAX).collect();
    (!cursors.is_empty() || !ranges.is_empty()).then_some(Incremental { cursors, ranges })
}

fn cursor(document: &Document) -> Option<Cursor> {
    let DocumentState::Verified(json) = &document.state else { return None };
    if document.entry.kind != "cdf_cursor" {
        return None;
    }
    let cursor: CdfCursor = Codec::Json.decode(json).ok()?;
    let place = Place::of(&document.entry.name).field("last_version");
    Some(Cursor {
        dataset: cursor.dataset_name,
        version: Figure::field(cursor.last_version, Unit::Count, place),
    })
}

fn range(event: &IncrementalEvent, place: &Place) -> Range {
    let version = |name: &str, version: Maybe<u64>| {
        Some(Figure::field(version.into_option()?, Unit::Count, place.field(name)))
    };
    // Zeros are not written, so that there is no field to point at.
    let rows = |name: &str, rows: u64| {
        (rows > 0).then(|| Figure::field(rows, Unit::Count, place.field("changes").field(name)))
    };
    let stood_at = event.landed.into_option().or(event.before.into_option());
    Range {
        dataset: event.dataset.clone(),
        cursor: event.cursor.clone(),
        before: version("before", event.before),
        first: version("first", event.first),
        last: Figure::field(event.last, Unit::Count, place.field("last")),
        changes: [
            ("inserted", rows("inserted", event.changes.inserted)),
            ("updated", rows("updated", event.changes.updated)),
            ("deleted", rows("deleted", event.changes.deleted)),
        ],
        moved: event.moved,
        joins: stood_at.zip(event.first.into_option()).map(|(at, first)| at.checked_add(1) == Some(first)),
    }
}

impl Render for Incremental {
    fn render(&self) -> Markup {
        html! {
            @if !self.ranges.is_empty() { (ranges_table(&self.ranges)) }
            @if !self.cursors.is_empty() {
                div.scroll {
                    table {
                        caption { "The last version that was processed" }
                        thead { tr { th scope="col" { "Table" } th.n scope="col" { "Version" } } }
                        tbody {
                            @for cursor in &self.cursors { tr { td { (cell(&cursor.dataset, 120)) } td.n { (cursor.version) } } }
                        }
                    }
                }
            }
        }
    }
}

fn ranges_table(ranges: &[Range]) -> Markup {
    html! {
        div.scroll {
            table {
                caption { "Changes that were read, from the cursor on" }
                thead {
                    tr {
                        th scope="col" { "Table" }
                        th scope="col" { "Cursor" }
                        th.n scope="col" { "Stood at" }
                        th.n scope="col" { "Read from" }
                        th.n scope="col" { "To" }
                        th scope="col" { "Rows" }
                        th scope="col" { "No gap, no overlap" }
                        th scope="col" { "Cursor now" }
                    }
                }
                tbody { @for range in ranges { (range) } }
            }
        }
    }
}

impl Render for Range {
    fn render(&self) -> Markup {
        let joins = match self.joins {
            Some(true) => html! { span.badge.ok { "✓ joins" } },
            Some(false) => html! { span.badge.failed { "✕ does not join" } },
            None => html! { span.none { "–" } },
        };
        let changes = self.changes.iter().filter_map(|(name, rows)| Some((name, rows.as_ref()?)));
        html! {
            tr.bad[self.joins == Some(false)] {
                td { strong { (cell(&self.dataset, 80)) } }
                td { (cell(&self.cursor, 80)) }
                td.n { (maybe(self.before.as_ref())) }
                td.n { (maybe(self.first.as_ref())) }
                td.n { (self.last) }
                td { @for (name, rows) in changes { span.field { (rows) " " (name) } " " } }
                td { (joins) }
                td { @if self.moved { "moved" } @else { span.badge.incomplete { "◐ not moved" } } }
            }
        }
    }
}
