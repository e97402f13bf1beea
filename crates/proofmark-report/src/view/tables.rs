//! The tables the run knew, with their columns and the digests of their schemas.

use maud::{Markup, Render, html};
use proofmark_artifacts::{ColumnRecord, DatasetKind, DatasetRecord, Maybe};

use super::{cell, cut_note, differences, digest, maybe_below};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::text::visible;

/// Most tables that are listed, and most columns of each.
const TABLES_MAX: usize = 200;
const COLUMNS_MAX: usize = 300;

/// The tables.
pub(crate) struct Tables<'a> {
    rows: Vec<Row<'a>>,
    differences: Option<differences::Differences<'a>>,
    all: Figure,
}

struct Row<'a> {
    place: Place,
    dataset: &'a DatasetRecord,
    rows: Option<Figure>,
    files: Option<Figure>,
    bytes: Option<Figure>,
    columns: Figure,
}

pub(crate) fn model<'a>(facts: &Facts<'a>) -> Option<Tables<'a>> {
    let datasets = &facts.run.manifest.as_ref()?.datasets;
    let place = Place::of("manifest").field("datasets");
    let rows: Vec<_> =
        datasets.iter().take(TABLES_MAX).enumerate().map(|(idx, it)| row(it, place.item(idx))).collect();
    (!rows.is_empty()).then(|| Tables {
        rows,
        differences: differences::model(facts),
        all: Figure::len(datasets.len(), &place),
    })
}

fn row(dataset: &DatasetRecord, place: Place) -> Row<'_> {
    let figure = |name: &str, unit, value: Maybe<u64>| {
        Some(Figure::field(value.into_option()?, unit, place.field(name)))
    };
    Row {
        rows: figure("rows", Unit::Count, dataset.rows),
        files: figure("files", Unit::Count, dataset.files),
        bytes: figure("bytes", Unit::Bytes, dataset.bytes),
        columns: Figure::len(dataset.columns.len(), &place.field("columns")),
        place,
        dataset,
    }
}

fn kind_word(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::External => "files",
        DatasetKind::Memory => "in memory",
        DatasetKind::View => "view",
        DatasetKind::Function => "function",
    }
}

impl Render for Tables<'_> {
    fn render(&self) -> Markup {
        html! {
            div.scroll {
                table {
                    caption { "Tables that the statements could read" }
                    thead {
                        tr {
                            th scope="col" { "Table" } th scope="col" { "Kind" } th.n scope="col" { "Rows" }
                            th.n scope="col" { "Files" } th.n scope="col" { "Size" }
                            th.n scope="col" { "Columns" } th scope="col" { "Schema" }
                            th scope="col" { "Lies in" }
                        }
                    }
                    tbody { @for row in &self.rows { (row) } }
                }
            }
            (cut_note(self.rows.len(), &self.all, "tables", &Place::of("manifest").field("datasets")))
            @if let Some(differences) = &self.differences { (differences) }
            @for row in &self.rows { (columns(row)) }
        }
    }
}

impl Render for Row<'_> {
    fn render(&self) -> Markup {
        let (dataset, base) = (self.dataset, &self.place);
        html! {
            tr data-base=(base) {
                td {
                    strong { (cell(&dataset.name, 60)) }
                    @if let Maybe::Set(delta) = &dataset.delta {
                        " "
                        span.tag {
                            "Delta version "
                            (Figure::field(delta.version, Unit::Count, base.at("delta.version")).below(base))
                        }
                    }
                }
                td {
                    (kind_word(dataset.kind))
                    @if let Maybe::Set(format) = &dataset.format { " " span.tag { (visible(format)) } }
                }
                td.n { (maybe_below(self.rows.as_ref(), base)) }
                td.n { (maybe_below(self.files.as_ref(), base)) }
                td.n { (maybe_below(self.bytes.as_ref(), base)) }
                td.n { (self.columns.below(base)) }
                td { (digest(dataset.schema_fingerprint.as_str(), &base.field("schema_fingerprint"))) }
                td.words { @if let Maybe::Set(path) = &dataset.path { (cell(path, 90)) } }
            }
        }
    }
}

fn columns(row: &Row<'_>) -> Markup {
    let columns = &row.dataset.columns;
    html! {
        details.columns {
            summary {
                "Columns of " strong { (cell(&row.dataset.name, 60)) }
                @if !row.dataset.ordering.is_empty() {
                    " – ordered by " code { (cell(&row.dataset.ordering.join(", "), 120)) }
                }
            }
            ul.columns { @for column in columns.iter().take(COLUMNS_MAX) { (column_item(column)) } }
            (cut_note(columns.len().min(COLUMNS_MAX), &row.columns, "columns", &row.place.field("columns")))
        }
    }
}

fn column_item(column: &ColumnRecord) -> Markup {
    html! {
        li {
            strong { (cell(&column.name, 60)) } " " code { (cell(&column.data_type, 60)) }
            @if column.nullable { " " span.dim { "or null" } }
        }
    }
}
