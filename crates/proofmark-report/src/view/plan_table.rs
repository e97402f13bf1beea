//! A plan as a table: one row per operator, indented as in an EXPLAIN.

use maud::{Markup, Render, html};

use super::{bar, cell, cut_note, maybe_below};
use crate::figure::{Figure, Unit};
use crate::place::Place;
use crate::plan_tree::{Operator, PlanTree};
use crate::text::visible;

/// Most rows of one table.
const ROWS_MAX: usize = 400;
/// Most characters of what an operator says it does.
const DETAIL_CHARS_MAX: usize = 120;
/// Deeper operators are not indented any further.
const INDENT_MAX: usize = 16;
/// How far off an estimate is pointed at.
const OFF_FACTOR: f64 = 10.0;
/// Where neither side has so many rows, no other plan would have been better.
const OFF_ROWS_MIN: f64 = 1_000.0;

/// The table.
pub(super) struct Table {
    statement: u32,
    rows: Vec<Row>,
    /// Whether there is anything to show in that column.
    has_spills: bool,
    all: Figure,
    place: Place,
}

struct Row {
    anchor: String,
    place: Place,
    index: u32,
    depth: usize,
    name: String,
    detail: String,
    compute: Option<Figure>,
    share: f64,
    rows_out: Option<Figure>,
    rows_estimated: Option<Figure>,
    is_off: bool,
    bytes_out: Option<Figure>,
    spilled: Option<Figure>,
    /// Smallest, middle and largest partition.
    partitions: Option<[Figure; 3]>,
}

/// Whether an estimate is so far off that it is pointed at. Of a statement that was stopped nobody knows what it would have
/// put out.
pub(super) fn is_off(tree: &PlanTree<'_>, operator: &Operator<'_>) -> bool {
    let Some((expected, actual)) = operator.rows_estimated().zip(operator.rows_out()) else { return false };
    let factor = actual.value().max(1.0) / expected.value().max(1.0);
    let is_few = tree.is_whole && factor <= 1.0 / OFF_FACTOR;
    actual.value().max(expected.value()) >= OFF_ROWS_MIN && (is_few || factor >= OFF_FACTOR)
}

pub(super) fn table(tree: &PlanTree<'_>) -> Table {
    let all = tree.compute().value().max(1.0);
    let rows: Vec<_> = tree.operators.iter().take(ROWS_MAX).map(|it| row(tree, it, all)).collect();
    Table {
        statement: tree.statement,
        has_spills: rows.iter().any(|row| row.spilled.is_some()),
        rows,
        all: Figure::len(tree.operators.len(), &tree.root.anywhere("index")),
        place: tree.root.clone(),
    }
}

fn row(tree: &PlanTree<'_>, operator: &Operator<'_>, all: f64) -> Row {
    let (compute, rows_out, rows_estimated) =
        (operator.compute(), operator.rows_out(), operator.rows_estimated());
    Row {
        anchor: tree.anchor(operator),
        place: operator.place.clone(),
        index: operator.node.index,
        depth: operator.depth.min(INDENT_MAX),
        name: operator.node.name.clone(),
        detail: operator.node.detail.clone(),
        share: compute.as_ref().map_or(0.0, |it| it.value() / all),
        is_off: is_off(tree, operator),
        compute,
        rows_out,
        rows_estimated,
        bytes_out: operator.bytes_out(),
        spilled: operator.spilled().filter(|it| it.value() > 0.0),
        partitions: partitions(operator),
    }
}

fn partitions(operator: &Operator<'_>) -> Option<[Figure; 3]> {
    let rows = operator.rows_per_partition();
    let each = operator.rows_per_partition_place().each();
    (rows.len() > 1).then(|| {
        let all = || rows.iter().copied();
        [
            Figure::min(all(), Unit::Count, &each),
            Figure::median(rows, Unit::Count, &each),
            Figure::max(all(), Unit::Count, &each),
        ]
    })
}

impl Render for Table {
    fn render(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="group" aria-label=(format!("Operators of statement {}", self.statement)) {
                table.operators {
                    caption { "Operators of statement " (self.statement) ", from the root down" }
                    thead { tr {
                        th.n scope="col" { "#" } th scope="col" { "Operator" } th.n scope="col" { "Time" }
                        th.n scope="col" { "Rows" } th.n scope="col" { "Expected" }
                        th.n scope="col" { "Bytes" }
                        @if self.has_spills { th.n scope="col" { "Spilled" } }
                        th.n scope="col" { "Rows per partition" br; small { "least · middle · most" } }
                    } }
                    tbody { @for row in &self.rows { (row.html(self.has_spills)) } }
                }
            }
            (cut_note(self.rows.len(), &self.all, "operators", &self.place))
        }
    }
}

impl Row {
    fn html(&self, has_spills: bool) -> Markup {
        let below = |figure: &Option<Figure>| maybe_below(figure.as_ref(), &self.place);
        html! {
            tr #(self.anchor) data-base=(self.place) {
                td.n.dim { (self.index) }
                td.operator style=(format!("--depth:{}", self.depth)) {
                    strong { (visible(&self.name)) }
                    @if !self.detail.is_empty() { span.detail { (cell(&self.detail, DETAIL_CHARS_MAX)) } }
                }
                td.n.timed { (below(&self.compute)) (bar(self.share, "heat")) }
                td.n { (below(&self.rows_out)) }
                td.n.off[self.is_off] {
                    (below(&self.rows_estimated))
                    @if self.is_off { span.sign title="off by ten times or more" { " ⚠" } }
                }
                td.n { (below(&self.bytes_out)) }
                @if has_spills { td.n { (below(&self.spilled)) } }
                td.n.partitions {
                    @if let Some([min, middle, max]) = &self.partitions {
                        (min.below(&self.place)) " · " (middle.below(&self.place)) " · "
                        (max.below(&self.place))
                    } @else { span.none { "–" } }
                }
            }
        }
    }
}
