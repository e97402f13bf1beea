//! What each scan was to read, what it skipped, and what it read.

use maud::{Markup, Render, html};
use proofmark_artifacts::{FileHint, PruneCount, ScanPruning, ScanTelemetry};

use super::{bar, cell, cut_note, maybe_below};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::plan_tree::anchor;
use crate::text::visible;

/// Most scans that are shown.
const SCANS_MAX: usize = 100;
/// Most files of a scan that are listed.
const FILES_MAX: usize = 10;

/// The scans.
pub(crate) struct Scans {
    scans: Vec<Scan>,
    all: Figure,
}

struct Scan {
    place: Place,
    table: String,
    format: String,
    link: (String, String),
    columns: Vec<String>,
    predicate: Option<String>,
    files: Figure,
    bytes_planned: Figure,
    bytes_scanned: Option<Figure>,
    rows: Option<Figure>,
    rows_out: Option<Figure>,
    kept: Option<Figure>,
    levels: Vec<Level>,
    largest: Vec<File>,
}

/// A level at which something can be skipped.
struct Level {
    name: &'static str,
    pruned: Figure,
    all: Figure,
    part: f64,
}

struct File {
    path: String,
    bytes: Figure,
    rows: Option<Figure>,
    row_groups: Option<Figure>,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Scans> {
    let telemetry = facts.run.telemetry.as_ref()?;
    let place = Place::of("telemetry").field("scans");
    let scans: Vec<_> = telemetry
        .scans
        .iter()
        .take(SCANS_MAX)
        .enumerate()
        .map(|(idx, it)| scan(it, place.item(idx)))
        .collect();
    (!scans.is_empty()).then(|| Scans { scans, all: Figure::len(telemetry.scans.len(), &place) })
}

fn scan(scan: &ScanTelemetry, place: Place) -> Scan {
    let figure = |name: &str, unit, value: Option<u64>| Some(Figure::field(value?, unit, place.field(name)));
    let rows = figure("count_rows", Unit::Count, scan.count_rows);
    let rows_out = figure("rows_out", Unit::Count, scan.rows_out);
    Scan {
        table: scan.dataset.clone().unwrap_or_else(|| "a table without a name".to_owned()),
        format: scan.format.clone(),
        link: (
            anchor(scan.statement, scan.operator),
            format!("statement {}, operator {}", scan.statement, scan.operator),
        ),
        columns: scan.columns.clone(),
        predicate: scan.predicate.clone(),
        files: Figure::field(scan.fragment_count, Unit::Count, place.field("fragment_count")),
        bytes_planned: Figure::field(scan.bytes_planned, Unit::Bytes, place.field("bytes_planned")),
        bytes_scanned: figure("bytes_scanned", Unit::Bytes, scan.bytes_scanned),
        kept: rows_out.as_ref().zip(rows.as_ref()).and_then(|(out, all)| out.part_of(all)),
        rows,
        rows_out,
        levels: levels(&scan.pruning, &place.field("pruning")),
        largest: largest(&scan.file_hints, &place.field("file_hints")),
        place,
    }
}

fn levels(pruning: &ScanPruning, place: &Place) -> Vec<Level> {
    let levels = [
        ("files, by statistics", "files", pruning.files),
        ("row groups, by statistics", "row_groups_statistics", pruning.row_groups_statistics),
        ("row groups, by Bloom filter", "row_groups_bloom", pruning.row_groups_bloom),
        ("pages, by index", "pages", pruning.pages),
        ("rows, while decoding", "rows", pruning.rows),
    ];
    levels.into_iter().filter_map(|(name, field, count)| level(name, count, &place.field(field))).collect()
}

/// A level at which nothing was looked at is left out.
fn level(name: &'static str, count: PruneCount, place: &Place) -> Option<Level> {
    let pruned = Figure::field(count.pruned, Unit::Count, place.field("pruned"));
    let all = pruned.plus(&Figure::field(count.matched, Unit::Count, place.field("matched")));
    (all.value() > 0.0).then(|| Level { name, part: pruned.value() / all.value(), pruned, all })
}

fn largest(files: &[FileHint], place: &Place) -> Vec<File> {
    let mut sorted: Vec<_> = files.iter().enumerate().collect();
    sorted.sort_by_key(|(_, file)| std::cmp::Reverse(file.bytes));
    let file = |(idx, file): (usize, &FileHint)| {
        let figure = |name: &str, value: Option<u64>| {
            Some(Figure::field(value?, Unit::Count, place.item(idx).field(name)))
        };
        File {
            path: file.path.clone(),
            bytes: Figure::field(file.bytes, Unit::Bytes, place.item(idx).field("bytes")),
            rows: figure("rows", file.rows),
            row_groups: figure("row_groups", file.row_groups),
        }
    };
    sorted.into_iter().take(FILES_MAX).map(file).collect()
}

impl Render for Scans {
    fn render(&self) -> Markup {
        html! {
            div.cards { @for scan in &self.scans { (scan) } }
            (cut_note(self.scans.len(), &self.all, "scans", &Place::of("telemetry")))
        }
    }
}

impl Render for Scan {
    fn render(&self) -> Markup {
        let base = &self.place;
        html! {
            article.card data-base=(base) {
                h3 {
                    (cell(&self.table, 60)) " " span.tag { (visible(&self.format)) }
                    a.more href=(format!("#{}", self.link.0)) { (self.link.1) }
                }
                dl.pairs {
                    div { dt { "files" } dd { (self.files.below(base)) } }
                    div {
                        dt { "rows kept" }
                        dd {
                            (maybe_below(self.rows_out.as_ref(), base))
                            @if let Some(rows) = &self.rows { " of " (rows.below(base)) }
                            @if let Some(kept) = &self.kept { " (" (kept.below(base)) ")" }
                        }
                    }
                    div {
                        dt { "bytes read" }
                        dd {
                            @match &self.bytes_scanned {
                                Some(scanned) => { (scanned.below(base)) " of " (self.bytes_planned.below(base)) " planned" }
                                None => { "not counted; " (self.bytes_planned.below(base)) " planned" }
                            }
                        }
                    }
                    div {
                        dt { "columns" }
                        dd.words {
                            @if self.columns.is_empty() { span.none { "none" } }
                            (cell(&self.columns.join(", "), 160))
                        }
                    }
                    @if let Some(predicate) = &self.predicate {
                        div { dt { "filter" } dd.words { code { (cell(predicate, 200)) } } }
                    }
                }
                @if !self.levels.is_empty() { (levels_table(&self.levels, base)) }
                @if !self.largest.is_empty() { (files_table(self, base)) }
            }
        }
    }
}

fn levels_table(levels: &[Level], base: &Place) -> Markup {
    html! {
        table.small {
            caption { "Skipped, at each level" }
            thead {
                tr {
                    th scope="col" { "Level" } th.n scope="col" { "Skipped" } th.n scope="col" { "Of" }
                    th scope="col" { "" }
                }
            }
            tbody { @for level in levels { tr {
                td.nowrap { (level.name) } td.n { (level.pruned.below(base)) } td.n { (level.all.below(base)) }
                td.share { (bar(level.part, "good")) }
            } } }
        }
    }
}

fn files_table(scan: &Scan, base: &Place) -> Markup {
    html! {
        details.files {
            summary { "Files, the largest first" }
            div.scroll { table.small {
                caption { "The largest " (scan.largest.len()) " of " (scan.files.below(base)) " files" }
                thead {
                    tr {
                        th scope="col" { "File" } th.n scope="col" { "Size" } th.n scope="col" { "Rows" }
                        th.n scope="col" { "Row groups" }
                    }
                }
                tbody { @for file in &scan.largest { tr {
                    td.words { (cell(&file.path, 120)) } td.n { (file.bytes.below(base)) }
                    td.n { (maybe_below(file.rows.as_ref(), base)) }
                    td.n { (maybe_below(file.row_groups.as_ref(), base)) }
                } } }
            } }
        }
    }
}
