//! The plans that ran, with what each operator did.

use maud::{Markup, Render, html};

use super::{maybe, plan_map, plan_table};
use crate::figure::{Figure, Unit};
use crate::finding::Facts;
use crate::place::Place;
use crate::plan_tree::PlanTree;
use crate::text::clipped;

/// Most operators of all statements that are shown.
const OPERATORS_MAX: usize = 3_000;

/// The plans of all statements.
pub(crate) struct Operators {
    plans: Vec<Plan>,
    /// Statements whose operators are not shown any more.
    left_out: usize,
}

/// The plan of one statement.
struct Plan {
    statement: u32,
    sql: String,
    rows: Option<Figure>,
    elapsed: Option<Figure>,
    compute: Figure,
    is_open: bool,
    map: Option<plan_map::Map>,
    table: plan_table::Table,
}

pub(crate) fn model(facts: &Facts<'_>) -> Option<Operators> {
    let heaviest = facts.trees.iter().map(|tree| tree.compute().value()).fold(0.0, f64::max);
    let mut room = OPERATORS_MAX;
    let mut plans = Vec::new();
    for tree in &facts.trees {
        if room == 0 {
            break;
        }
        room -= tree.operators.len().min(room);
        let is_open = tree.compute().value() == heaviest;
        plans.push(plan(facts, tree, is_open && !plans.iter().any(|plan: &Plan| plan.is_open)));
    }
    let left_out = facts.trees.len() - plans.len();
    (!plans.is_empty()).then_some(Operators { plans, left_out })
}

fn plan(facts: &Facts<'_>, tree: &PlanTree<'_>, is_open: bool) -> Plan {
    let found = facts.run.statement(tree.statement);
    let field = |name: &str, unit, value: Option<u64>| {
        let place = Place::of("manifest").field("statements").item(found?.0).field(name);
        Some(Figure::field(value?, unit, place))
    };
    Plan {
        statement: tree.statement,
        sql: found.map_or_else(String::new, |(_, statement)| clipped(&statement.sql, 110)),
        rows: field("rows", Unit::Count, found.and_then(|(_, it)| it.rows.into_option())),
        elapsed: field(
            "elapsed_ns",
            Unit::Nanoseconds,
            found.and_then(|(_, it)| it.elapsed_ns.into_option()),
        ),
        compute: tree.compute(),
        is_open,
        map: plan_map::map(tree),
        table: plan_table::table(tree),
    }
}

impl Render for Operators {
    fn render(&self) -> Markup {
        html! {
            p.lead {
                "Rows flow upwards. An edge is as wide as its rows are many; a node is as dark as its share of what you choose. A dot marks an estimate that was off by ten times or more."
            }
            (toggles())
            @for plan in &self.plans { (plan) }
            @if self.left_out > 0 {
                p.cut-note {
                    "The operators of " (self.left_out)
                    " more statements are not shown; all of them are in " code { ":plan" } "."
                }
            }
        }
    }
}

/// What nodes are coloured by. Works without script.
fn toggles() -> Markup {
    html! {
        fieldset.toggles {
            legend { "Colour by" }
            @for (idx, name) in ["time", "rows", "bytes", "spill"].into_iter().enumerate() {
                label { input type="radio" name="metric" value=(name) checked[idx == 0]; span { (name) } }
            }
        }
    }
}

impl Render for Plan {
    fn render(&self) -> Markup {
        html! {
            details.plan open[self.is_open] #(format!("s{}", self.statement)) {
                summary {
                    span.number { (self.statement) }
                    code.sql-line { (self.sql) }
                    span.figures {
                        span { (maybe(self.rows.as_ref())) " rows" }
                        span { (maybe(self.elapsed.as_ref())) " wall" } span { (self.compute) " computed" }
                    }
                }
                @if let Some(map) = &self.map {
                    div.map-box tabindex="0" role="group" aria-label=(format!("Map of the operators of statement {}", self.statement)) {
                        (map)
                    }
                }
                (self.table)
            }
        }
    }
}
