//! A plan as a drawing: operators as boxes, rows as edges.

use maud::{Markup, PreEscaped, Render, html};

use crate::figure::Figure;
use crate::plan_tree::{Operator, PlanTree};
use crate::text::clipped;

/// Larger plans are shown as a table only: nobody would find anything.
const NODES_MAX: usize = 150;

const WIDTH: f64 = 222.0;
const HEIGHT: f64 = 34.0;
const GAP_X: f64 = 18.0;
const GAP_Y: f64 = 26.0;
const BORDER: f64 = 8.0;
const EDGE_MAX: f64 = 9.0;

/// The drawing.
pub(super) struct Map {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    width: f64,
    height: f64,
    title: String,
}

struct Node {
    anchor: String,
    name: String,
    x: f64,
    y: f64,
    figures: [Option<Figure>; 4],
    /// The shares that colour it: of time, rows, bytes, spill.
    shares: [f64; 4],
    is_estimate_off: bool,
}

struct Edge {
    from: (f64, f64),
    to: (f64, f64),
    stroke: f64,
    rows: Option<Figure>,
}

pub(super) fn map(tree: &PlanTree<'_>) -> Option<Map> {
    if tree.operators.len() > NODES_MAX {
        return None;
    }
    let (columns, lanes) = columns(tree);
    let largest = largest(tree);
    let nodes: Vec<_> = tree.operators.iter().map(|it| node(tree, it, columns[it.idx], &largest)).collect();
    let edges =
        tree.operators.iter().filter_map(|it| Some(edge(it, &nodes[it.idx], &nodes[it.parent?], largest[1])));
    let depth = tree.operators.iter().map(|it| it.depth + 1).max().unwrap_or(1) as f64;
    Some(Map {
        edges: edges.collect(),
        width: lanes * (WIDTH + GAP_X) - GAP_X + 2.0 * BORDER,
        height: depth * (HEIGHT + GAP_Y) - GAP_Y + 2.0 * BORDER,
        title: format!("Operators of statement {}", tree.statement),
        nodes,
    })
}

/// Where a subtree begins and ends at each of its levels, in columns.
type Outline = Vec<(f64, f64)>;

/// A column for each operator, and how many there are: inputs as close to each other as their subtrees allow, what reads
/// from them in the middle above.
fn columns(tree: &PlanTree<'_>) -> (Vec<f64>, f64) {
    let count = tree.operators.len();
    let (mut columns, mut outlines) = (vec![0.0; count], vec![Outline::new(); count]);
    // Inputs come after what reads from them. Columns are relative to the subtree until all subtrees are placed.
    for operator in tree.operators.iter().rev() {
        let (outline, shifts) = beside(&operator.children, &mut outlines);
        let placed = |idx: usize| Some(columns[*operator.children.get(idx)?] + shifts[idx]);
        let ends = placed(0).zip(placed(operator.children.len().wrapping_sub(1)));
        let middle = ends.map_or(0.0, |(first, last)| f64::midpoint(first, last));
        columns[operator.idx] = middle;
        outlines[operator.idx] = std::iter::once((middle, middle)).chain(outline).collect();
        for (child, shift) in operator.children.iter().zip(shifts) {
            shift_subtree(tree, *child, shift, &mut columns);
        }
    }
    let left = columns.iter().copied().fold(f64::INFINITY, f64::min);
    columns.iter_mut().for_each(|column| *column -= left);
    let lanes = columns.iter().copied().fold(0.0, f64::max) + 1.0;
    (columns, lanes)
}

/// Puts subtrees side by side: the outline of all of them, and how far each is shifted.
fn beside(children: &[usize], outlines: &mut [Outline]) -> (Outline, Vec<f64>) {
    let mut all = Outline::new();
    let mut shifts = Vec::new();
    for child in children {
        let outline = std::mem::take(&mut outlines[*child]);
        let needed = all.iter().zip(&outline).map(|((_, end), (start, _))| end + 1.0 - start);
        let shift = if all.is_empty() { 0.0 } else { needed.fold(f64::NEG_INFINITY, f64::max) };
        for (level, (start, end)) in outline.into_iter().enumerate() {
            match all.get_mut(level) {
                Some(span) => span.1 = end + shift,
                None => all.push((start + shift, end + shift)),
            }
        }
        shifts.push(shift);
    }
    (all, shifts)
}

/// What an operator reads from follows it in the list and is deeper.
fn shift_subtree(tree: &PlanTree<'_>, root: usize, shift: f64, columns: &mut [f64]) {
    let depth = tree.operators[root].depth;
    columns[root] += shift;
    let below = tree.operators[root + 1..].iter().take_while(|it| it.depth > depth);
    below.for_each(|it| columns[it.idx] += shift);
}

fn figures(operator: &Operator<'_>) -> [Option<Figure>; 4] {
    [operator.compute(), operator.rows_out(), operator.bytes_out(), operator.spilled()]
}

fn largest(tree: &PlanTree<'_>) -> [f64; 4] {
    let mut largest = [0.0_f64; 4];
    for operator in &tree.operators {
        for (largest, figure) in largest.iter_mut().zip(figures(operator)) {
            *largest = largest.max(figure.map_or(0.0, |figure| figure.value()));
        }
    }
    largest
}

fn node(tree: &PlanTree<'_>, operator: &Operator<'_>, column: f64, largest: &[f64; 4]) -> Node {
    let figures = figures(operator);
    let share = |idx: usize| figures[idx].as_ref().map_or(0.0, |it| it.value()) / largest[idx].max(1.0);
    Node {
        anchor: tree.anchor(operator),
        // All names end alike; the table has them whole.
        name: clipped(operator.node.name.trim_end_matches("Exec"), 20),
        x: BORDER + column * (WIDTH + GAP_X),
        y: BORDER + operator.depth as f64 * (HEIGHT + GAP_Y),
        shares: [share(0), share(1), share(2), share(3)],
        figures,
        is_estimate_off: super::plan_table::is_off(tree, operator),
    }
}

/// The wider, the more rows; by their logarithm, or one table would make all other edges hairs.
fn edge(operator: &Operator<'_>, from: &Node, to: &Node, rows_max: f64) -> Edge {
    let rows = operator.rows_out();
    let part = rows.as_ref().map_or(0.0, |rows| (rows.value() + 1.0).ln() / (rows_max + 2.0).ln());
    Edge {
        from: (from.x + WIDTH / 2.0, from.y),
        to: (to.x + WIDTH / 2.0, to.y + HEIGHT),
        stroke: 1.0 + (EDGE_MAX - 1.0) * part,
        rows,
    }
}

impl Render for Map {
    fn render(&self) -> Markup {
        let size = format!("0 0 {:.0} {:.0}", self.width, self.height);
        html! {
            svg.map role="img" viewBox=(size) width=(format!("{:.0}", self.width)) height=(format!("{:.0}", self.height)) {
                title { (self.title) }
                @for edge in &self.edges { (edge) }
                @for node in &self.nodes { (node) }
            }
        }
    }
}

impl Render for Edge {
    fn render(&self) -> Markup {
        let ((x1, y1), (x2, y2)) = (self.from, self.to);
        let middle = f64::midpoint(y1, y2);
        let path = format!("M{x1:.1} {y1:.1}C{x1:.1} {middle:.1} {x2:.1} {middle:.1} {x2:.1} {y2:.1}");
        html! {
            path.edge d=(path) stroke-width=(format!("{:.1}", self.stroke)) {}
            @if let Some(rows) = &self.rows {
                // On the side that the edge does not turn to.
                @let (x, anchor) = if x1 < x2 { (x1 - 9.0, "end") } else { (x1 + 9.0, "start") };
                text.edge-rows x=(format!("{x:.1}")) y=(format!("{:.1}", y1 - 7.0)) text-anchor=(anchor) {
                    (rows.text()) " rows"
                }
            }
        }
    }
}

impl Render for Node {
    fn render(&self) -> Markup {
        let [t, r, b, s] = self.shares.map(|share| format!("{:.3}", share.clamp(0.0, 1.0)));
        let place = format!("translate({:.1} {:.1})", self.x, self.y);
        let text = |figure: &Option<Figure>| figure.as_ref().map_or("–".to_owned(), Figure::text);
        html! {
            a.node href=(format!("#{}", self.anchor)) transform=(place) style=(format!("--t:{t};--r:{r};--b:{b};--s:{s}")) {
                title {
                    (self.name) ": " (text(&self.figures[0])) ", " (text(&self.figures[1])) " rows, "
                    (text(&self.figures[2]))
                    @if self.is_estimate_off { "; estimate off" }
                }
                rect width=(WIDTH) height=(HEIGHT) rx="6" {}
                text.name x="10" y="21.5" { (self.name) }
                @if self.is_estimate_off {
                    (PreEscaped(format!("<circle class=\"off\" cx=\"{}\" cy=\"0\" r=\"4.5\"/>", WIDTH - 12.0)))
                }
                @for (class, figure) in ["v time", "v rows", "v bytes", "v spill"].into_iter().zip(&self.figures) {
                    text class=(class) x=(WIDTH - 10.0) y="21.5" text-anchor="end" { (text(figure)) }
                }
            }
        }
    }
}
