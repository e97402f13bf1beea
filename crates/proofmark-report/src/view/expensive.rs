//! Where the processor time went: few operators take most of it.

use maud::{Markup, Render, html};

use super::{cell, percent};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::plan_tree::{Operator, PlanTree};
use crate::text::visible;

/// How many operators are listed.
const OPERATORS_MAX: usize = 12;

/// The operators that took longest.
pub(crate) struct Expensive {
    rows: Vec<Row>,
    all: Figure,
    compute: Figure,
}

struct Row {
    anchor: String,
    place: Place,
    statement: u32,
    name: String,
    detail: String,
    time: Figure,
    with_inputs: Figure,
    share: Figure,
    /// The share of this operator and all before it.
    cumulative: f64,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Expensive> {
    let plans = Place::of("plan").field("statements").each().field("physical");
    let all: Vec<_> =
        facts.trees.iter().flat_map(|tree| tree.operators.iter().map(move |it| (tree, it))).collect();
    let times = |(_, it): &(&PlanTree<'_>, &Operator<'_>)| {
        it.node.metrics.as_ref().into_option()?.elapsed_compute_ns.into_option()
    };
    let compute =
        Figure::sum(all.iter().filter_map(times), Unit::Nanoseconds, &plans.anywhere("elapsed_compute_ns"));
    let mut timed: Vec<_> = all.iter().filter_map(|(tree, it)| Some((*tree, *it, it.compute()?))).collect();
    timed.sort_by(|a, b| b.2.value().total_cmp(&a.2.value()));
    let mut cumulative = 0.0;
    let rows = timed.into_iter().take(OPERATORS_MAX).filter_map(|(tree, operator, time)| {
        let share = time.part_of(&compute)?;
        cumulative += share.value();
        Some(row(tree, operator, time, share, cumulative))
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| Expensive {
        rows,
        all: Figure::len(all.len(), &plans.anywhere("index")),
        compute,
    })
}

fn row(tree: &PlanTree<'_>, operator: &Operator<'_>, time: Figure, share: Figure, cumulative: f64) -> Row {
    let below = below(tree, operator)
        .filter_map(|it| it.node.metrics.as_ref().into_option()?.elapsed_compute_ns.into_option());
    Row {
        anchor: tree.anchor(operator),
        place: operator.place.clone(),
        statement: tree.statement,
        name: operator.node.name.clone(),
        detail: operator.node.detail.clone(),
        with_inputs: Figure::sum(below, Unit::Nanoseconds, &operator.place.anywhere("elapsed_compute_ns")),
        time,
        share,
        cumulative,
    }
}

/// The operator and everything it reads from: what follows it in the list and is deeper.
fn below<'t, 'a>(
    tree: &'t PlanTree<'a>,
    operator: &'t Operator<'a>,
) -> impl Iterator<Item = &'t Operator<'a>> {
    let inputs = tree.operators[operator.idx + 1..].iter().take_while(|it| it.depth > operator.depth);
    std::iter::once(operator).chain(inputs)
}

impl Render for Expensive {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                "Of " (self.all) " operators that computed for " (self.compute)
                " in all partitions together, these took longest. The pale bar adds up all rows so far."
            }
            div.scroll {
                table {
                    caption { "Operators by their own processor time" }
                    thead {
                        tr {
                            th scope="col" { "Operator" } th.n scope="col" { "Own time" }
                            th.n scope="col" { "Of the run" } th scope="col" { "" }
                            th.n scope="col" { "With its inputs" } th.n scope="col" { "Statement" }
                        }
                    }
                    tbody { @for row in &self.rows { (row) } }
                }
            }
        }
    }
}

impl Render for Row {
    fn render(&self) -> Markup {
        html! {
            tr data-base=(self.place) {
                td {
                    a href=(format!("#{}", self.anchor)) { (visible(&self.name)) }
                    span.detail { (cell(&self.detail, 90)) }
                }
                td.n { (self.time.below(&self.place)) }
                td.n { (self.share.below(&self.place)) }
                td.pareto { span.bar aria-hidden="true" {
                    span.pale style=(format!("width:{}", percent(self.cumulative))) {}
                    span.heat style=(format!("width:{}", percent(self.share.value()))) {}
                } }
                td.n { (self.with_inputs.below(&self.place)) }
                td.n { (self.statement) }
            }
        }
    }
}
