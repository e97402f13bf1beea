//! What was made of what.

use std::collections::BTreeSet;

use maud::{Markup, Render, html};
use proofmark_artifacts::{LineageEdge, Manifest, Maybe, OutputRecord};

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

/// What each output was made from. Outputs of one name, such as the results of several queries, have edges in their order;
/// where there are not as many edges as outputs, each gets all of them.
fn inputs(outputs: &[OutputRecord], lineage: &[LineageEdge]) -> Vec<String> {
    let of_output = |(idx, output): (usize, &OutputRecord)| {
        let edges: Vec<_> = lineage.iter().filter(|edge| edge.output == output.name).collect();
        let is_same = |other: &&OutputRecord| other.name == output.name;
        let (all, before) =
            (outputs.iter().filter(is_same).count(), outputs[..idx].iter().filter(is_same).count());
        let edges = if edges.len() == all { &edges[before..=before] } else { &edges[..] };
        let inputs: BTreeSet<_> = edges.iter().flat_map(|edge| &edge.inputs).map(String::as_str).collect();
        inputs.into_iter().collect::<Vec<_>>().join(", ")
    };
    outputs.iter().enumerate().map(of_output).collect()
}

impl Render for Provenance<'_> {
    fn render(&self) -> Markup {
        let manifest = Place::of("manifest");
        let outputs = &self.manifest.outputs;
        let inputs = inputs(outputs, &self.manifest.lineage);
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
                            (row(output, &inputs[idx], &manifest.field("outputs").item(idx)))
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

#[cfg(test)]
mod tests {
    use proofmark_artifacts::Codec;

    use super::*;

    fn check(outputs: &[&str], edges: &[(&str, &[&str])], expected: &[&str]) {
        let digest = "0".repeat(64);
        let output = |name: &&str| {
            let json = format!(
                r#"{{"name":"{name}","statement":0,"format":"table","rows":1,"columns":[],"schema_fingerprint":"{digest}"}}"#
            );
            Codec::Json.decode::<OutputRecord>(json.as_bytes()).unwrap()
        };
        let edge = |(output, inputs): &(&str, &[&str])| LineageEdge {
            output: (*output).to_owned(),
            inputs: inputs.iter().map(|input| (*input).to_owned()).collect(),
        };
        let (outputs, edges): (Vec<_>, Vec<_>) =
            (outputs.iter().map(output).collect(), edges.iter().map(edge).collect());
        assert_eq!(inputs(&outputs, &edges), expected);
    }

    #[test]
    fn outputs_of_one_name_have_inputs_of_their_own() {
        check(
            &["result", "t", "result"],
            &[("result", &["a"]), ("result", &["b", "c"]), ("t", &["d"])],
            &["a", "d", "b, c"],
        );
    }

    #[test]
    fn an_edge_that_cannot_be_told_apart_is_everybodys() {
        check(&["t", "t"], &[("t", &["b", "a"])], &["a, b", "a, b"]);
        check(&["t"], &[], &[""]);
    }
}
