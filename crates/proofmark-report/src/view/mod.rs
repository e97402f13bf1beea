//! The views of a report. Each is a module: a model made from the facts, and how it is written as HTML.

pub(crate) mod against;
pub(crate) mod compare;
mod consumers;
pub(crate) mod contract;
mod differences;
mod drift;
pub(crate) mod environment;
pub(crate) mod events;
pub(crate) mod expensive;
pub(crate) mod findings;
mod functions;
pub(crate) mod incremental;
pub(crate) mod memory;
mod merged_plan;
pub(crate) mod operators;
pub(crate) mod plan_changes;
mod plan_diff;
mod plan_map;
mod plan_table;
pub(crate) mod provenance;
mod run_changes;
mod run_figures;
pub(crate) mod scans;
pub(crate) mod sql;
pub(crate) mod tables;
mod text_change;
pub(crate) mod timeline;
pub(crate) mod verdict;

use maud::{Markup, Render, html};

use crate::figure::Figure;
use crate::finding::Facts;
use crate::place::Place;
use crate::text::{cut, visible};

/// The names of the views, in the order of the page: each is the id of its element.
pub const VIEWS: [&str; 17] = [
    "verdict",
    "findings",
    "operators",
    "expensive",
    "timeline",
    "memory",
    "scans",
    "tables",
    "plans",
    "sql",
    "against",
    "compare",
    "environment",
    "incremental",
    "events",
    "provenance",
    "contract",
];

/// A part of the page with a heading.
pub(crate) struct Section {
    /// Its name in links.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// What is to be seen, or why there is nothing.
    pub(crate) content: Result<Markup, &'static str>,
}

impl Section {
    fn new<M: Render>(id: &'static str, title: &'static str, model: Option<M>, absent: &'static str) -> Self {
        Self { id, title, content: model.map(|model| model.render()).ok_or(absent) }
    }
}

/// All sections, in the order of the page.
pub(crate) fn sections(facts: &Facts<'_>) -> Vec<Section> {
    vec![
        Section::new("findings", "Findings", Some(findings::model(facts)), ""),
        Section::new(
            "operators",
            "Operators",
            operators::model(facts),
            "No statement of this run has a recorded plan that ran.",
        ),
        Section::new(
            "expensive",
            "Most expensive operators",
            expensive::model(facts),
            "No operator of this run recorded how long it computed.",
        ),
        Section::new(
            "timeline",
            "Timeline",
            timeline::model(facts),
            "No events of statements were recorded.",
        ),
        Section::new(
            "memory",
            "Memory and spill",
            memory::model(facts),
            "No statement of this run recorded what memory it took.",
        ),
        Section::new("scans", "Scans", scans::model(facts), "This run recorded no scan of files."),
        Section::new("tables", "Tables and their columns", tables::model(facts), "This run knew no tables."),
        Section::new(
            "plans",
            "What the optimizer changed",
            plan_changes::model(facts),
            "No statement of this run has a logical and an optimised plan.",
        ),
        Section::new("sql", "Statements", sql::model(facts), "This run recorded no statement."),
        Section::new(
            "against",
            "Against another run",
            against::model(facts),
            "There is no other run to set this one against.",
        ),
        Section::new(
            "compare",
            "Compared with earlier runs",
            compare::model(facts),
            "There is no earlier run of this pipeline beside it.",
        ),
        Section::new(
            "environment",
            "Environment and reproducibility",
            environment::model(facts),
            "Neither settings nor surroundings were recorded.",
        ),
        Section::new(
            "incremental",
            "Incremental state",
            incremental::model(facts),
            "This run moved no cursor.",
        ),
        Section::new("events", "Events", events::model(facts), "No events were recorded."),
        Section::new("provenance", "Provenance", provenance::model(facts), "This run recorded no output."),
        Section::new("contract", "Artifacts", Some(contract::model(facts)), ""),
    ]
}

/// A number if there is one.
fn maybe(figure: Option<&Figure>) -> Markup {
    html! { @if let Some(figure) = figure { (figure) } @else { span.none { "–" } } }
}

/// A number if there is one, in a row that says which place it is about.
fn maybe_below(figure: Option<&Figure>, base: &Place) -> Markup {
    html! { @if let Some(figure) = figure { (figure.below(base)) } @else { span.none { "–" } } }
}

/// A bar that fills a part of its box.
fn bar(part: f64, kind: &'static str) -> Markup {
    html! { span.bar aria-hidden="true" { span class=(kind) style=(format!("width:{}", percent(part))) {} } }
}

/// A length for a style: two digits behind the point, so that pages do not grow with digits nobody sees.
fn percent(part: f64) -> String {
    format!("{:.2}%", part.clamp(0.0, 1.0) * 100.0)
}

/// A digest, cut to what an eye can compare.
fn digest(digits: &str, place: &Place) -> Markup {
    let (start, _) = cut(digits, 12);
    html! { code.digest title=(visible(digits)) data-path=(place) { (visible(start)) "…" } }
}

/// A text in a cell: what does not fit is in its title, and how much that is is said.
fn cell(text: &str, chars_max: usize) -> Markup {
    let (kept, rest) = cut(text, chars_max);
    if rest == 0 {
        return html! { (visible(kept)) };
    }
    let (title, beyond) = cut(text, crate::text::TEXT_CHARS_MAX);
    html! {
        (visible(kept))
        span.cut title=(format!("{}{}", visible(title), if beyond > 0 { " …" } else { "" })) {
            "… +" (crate::quantity::grouped(rest as u64)) " characters"
        }
    }
}

/// What is said where a list was cut.
fn cut_note(shown: usize, all: &Figure, what: &str, place: &Place) -> Markup {
    html! {
        @if (shown as f64) < all.value() {
            p.cut-note {
                "Shown here: " (shown) " of " (all) " " (what) ". All of them are in "
                code { (visible(&place.to_string())) } "."
            }
        }
    }
}
