//! What was made of what.

use maud::{Markup, Render, html};
use proofmark_artifacts::{Manifest, Maybe, OutputRecord};

use super::{cell, cut_note, digest, maybe_below};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::text::{TEXT_CHARS_MAX, shown, visible};

/// Most rows of each list.
const ROWS_MAX: usize = 200;

/// Outputs, with what they were made from.
pub(crate) struct Provenance<'a> {
    manifest: &'a Manifest,
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Option<Provenance<'a>> {
    let manifest = facts.run.manifest.as_ref()?;
    let has_something =
        !manifest.outputs.is_empty() || !manifest.lineage.is_empty() || !manifest.notes.is_empty();
    has_something.then_some(Provenance { manifest })
}

impl Provenance<'_> {
    /// The tables an output was made from, where the manifest says.
    fn inputs(&self, output: &str) -> String {
        let edge = self.manifest.lineage.iter().find(|edge| edge.output == output);
        edge.map_or_else(String::new, |edge| edge.inputs.join(", "))
    }
}

impl Render for Provenance<'_> {
    fn render(&self) -> Markup {
        let manifest = Place::of("manifest");
        let outputs = &self.manifest.outputs;
        html! {
            @if !outputs.is_empty() {
                div.scroll { table {
                    caption { "What the run made, and from what" }
                    thead {
                        tr {
                            th scope="col" { "Output" } th scope="col" { "Made from" }
                            th.n scope="col" { "Statement" } th scope="col" { "Format" }
                            th.n scope="col" { "Rows" } th.n scope="col" { "Size" }
                            th scope="col" { "Schema" } th scope="col" { "Content" }
                            th scope="col" { "Written to" }
                        }
                    }
                    tbody {
                        @for (idx, output) in outputs.iter().enumerate().take(ROWS_MAX) {
                            (row(output, &self.inputs(&output.name), &manifest.field("outputs").item(idx)))
                        }
                    }
                } }
                (cut_note(outputs.len().min(ROWS_MAX), &Figure::len(outputs.len(), &manifest.field("outputs")), "outputs", &manifest.field("outputs")))
            }
            @if !self.manifest.params.is_empty() {
                h3 { "Parameters" }
                dl.pairs {
                    @for (name, value) in self.manifest.params.iter().take(ROWS_MAX) {
                        div { dt { (cell(name, 60)) } dd.words { (cell(value, 240)) } }
                    }
                }
            }
            @if !self.manifest.notes.is_empty() {
                h3 { "Notes" }
                ul.notes {
                    @for (idx, note) in self.manifest.notes.iter().enumerate().take(ROWS_MAX) {
                        li { (shown(note, TEXT_CHARS_MAX, &manifest.field("notes").item(idx))) }
                    }
                }
            }
        }
    }
}

fn row(output: &OutputRecord, inputs: &str, base: &Place) -> Markup {
    let rows = Figure::field(output.rows, Unit::Count, base.field("rows"));
    let bytes = output.bytes.map(|it| Figure::field(it, Unit::Bytes, base.field("bytes"))).into_option();
    html! {
        tr data-base=(base) {
            td { strong { (cell(&output.name, 60)) } }
            td.words { (cell(inputs, 160)) }
            td.n { (output.statement) }
            td { (visible(&output.format)) }
            td.n { (rows.below(base)) }
            td.n { (maybe_below(bytes.as_ref(), base)) }
            td { (digest(output.schema_fingerprint.as_str(), &base.field("schema_fingerprint"))) }
            td {
                @match &output.content_sha256 {
                    Maybe::Set(it) => (digest(it.as_str(), &base.field("content_sha256"))), Maybe::Unset => span.none {
                        "–"
                    }
                }
            }
            td.words {
                @match &output.path {
                    Maybe::Set(path) => (cell(path, 90)), Maybe::Unset => span.dim { "shown" }
                }
            }
        }
    }
}
