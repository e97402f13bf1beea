//! Where the run left off in the tables it follows.

use maud::{Markup, Render, html};
use proofmark_artifacts::{CdfCursor, Codec};

use super::cell;
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::recorded::DocumentState;

/// The cursors in the bundle.
pub(crate) struct Incremental(Vec<Cursor>);

struct Cursor {
    dataset: String,
    version: Figure,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Incremental> {
    let cursors = facts.run.documents.iter().filter(|it| it.entry.kind == "cdf_cursor");
    let cursors = cursors.filter_map(|document| {
        let DocumentState::Verified(json) = &document.state else { return None };
        let cursor: CdfCursor = Codec::Json.decode(json).ok()?;
        let place = Place::of(&document.entry.name).field("last_version");
        Some(Cursor {
            dataset: cursor.dataset_name,
            version: Figure::field(cursor.last_version, Unit::Count, place),
        })
    });
    let cursors = cursors.collect::<Vec<_>>();
    (!cursors.is_empty()).then_some(Incremental(cursors))
}

impl Render for Incremental {
    fn render(&self) -> Markup {
        html! {
            div.scroll { table {
                caption { "The last version that was processed" }
                thead { tr { th scope="col" { "Table" } th.n scope="col" { "Version" } } }
                tbody {
                    @for cursor in &self.0 {
                        tr { td { (cell(&cursor.dataset, 120)) } td.n { (cursor.version) } }
                    }
                }
            } }
        }
    }
}
