//! What differs between two runs beside their plans: statements, data, schemas, settings, outputs, figures.

use maud::{Markup, Render, html};
use proofmark_artifacts::compare::{
    Cause, Figure as Measure, MeasuredDiff, RunDiff, SettingDiff, StatementChange, StatementDiff,
};
use proofmark_artifacts::{Digest, Maybe};

use super::merged_plan::{arrows, cause_tag};
use super::text_change::text_change;
use super::{cell, run_figures};
use crate::against::Against;
use crate::recorded::Recorded;
use crate::text::cut;

/// Most rows of one table.
const ROWS_MAX: usize = 120;
/// Most causes of one row.
const CAUSES_MAX: usize = 3;
/// Most characters of a value.
const VALUE_CHARS_MAX: usize = 120;

/// The tables.
pub(super) struct RunChanges {
    parts: Vec<Part>,
}

struct Part {
    title: &'static str,
    rows: Vec<Row>,
    left_out: usize,
}

struct Row {
    what: String,
    /// What it is of, where that is not its name.
    of: String,
    change: Markup,
    causes: Vec<Cause>,
    /// Whether two runs of the same work may differ so.
    is_volatile: bool,
}

pub(super) fn model(run: &Recorded, other: &Against) -> RunChanges {
    let diff = &other.diff;
    let data =
        diff.data.iter().map(|it| row(&it.dataset, &it.fact.to_string(), values(&it.old, &it.new), &[]));
    let outputs = diff
        .outputs
        .iter()
        .map(|it| row(&it.output, &it.fact.to_string(), values(&it.old, &it.new), &it.causes));
    let parts = [
        ("Statements", diff.statements.iter().map(statement).collect()),
        ("Data", data.collect()),
        ("Columns", columns(diff)),
        ("Outputs", outputs.collect()),
        ("Settings, versions, machine", diff.settings.iter().map(setting).collect()),
        ("Figures that differ much", measured(run, other)),
    ];
    let parts = parts.into_iter().filter(|(_, rows)| !rows.is_empty());
    RunChanges { parts: parts.map(|(title, rows)| Part::new(title, rows)).collect() }
}

impl Part {
    fn new(title: &'static str, mut rows: Vec<Row>) -> Self {
        // What explains a difference first, what the machine brings last.
        rows.sort_by_key(|row| row.is_volatile);
        let left_out = rows.len().saturating_sub(ROWS_MAX);
        rows.truncate(ROWS_MAX);
        Self { title, rows, left_out }
    }
}

fn row(what: &str, of: &str, change: Markup, causes: &[Cause]) -> Row {
    Row { what: what.to_owned(), of: of.to_owned(), change, causes: causes.to_vec(), is_volatile: false }
}

fn statement(diff: &StatementDiff) -> Row {
    let index = diff.statement.into_option().or(diff.old_statement.into_option());
    let name = index.map_or_else(String::new, |index| format!("statement {index}"));
    let change = match &diff.change {
        StatementChange::Sql { old, new } => text_change(old, new),
        change => html! { (cell(&arrows(&change.to_string()), 2 * VALUE_CHARS_MAX)) },
    };
    row(&name, "", change, &diff.causes)
}

fn columns(diff: &RunDiff) -> Vec<Row> {
    let changes = diff.schemas.iter().flat_map(|it| it.columns.iter().map(|column| (&it.of, column)));
    let words = |text: String| html! { (cell(&arrows(&text).replace('`', ""), 2 * VALUE_CHARS_MAX)) };
    changes.map(|(of, column)| row(of, "", words(column.to_string()), &[])).collect()
}

fn setting(diff: &SettingDiff) -> Row {
    let is_volatile = !diff.area.is_content();
    Row { is_volatile, ..row(&diff.key, &diff.area.to_string(), values(&diff.old, &diff.new), &diff.causes) }
}

fn measured(run: &Recorded, other: &Against) -> Vec<Row> {
    let old = run_figures::Side {
        name: other.index.run_id.short(),
        index: &other.index,
        manifest: other.manifest.as_ref(),
        plan: other.plan.as_ref(),
    };
    let (manifest, plan) = (run.manifest.as_ref(), run.plan.as_ref());
    let new = run_figures::Side { name: "", index: &run.index, manifest, plan };
    let figures =
        other.diff.measured.iter().filter_map(|it| Some((it, run_figures::change(&old, &new, it)?)));
    figures.map(|(it, change)| figure(it, change)).collect()
}

fn figure(it: &MeasuredDiff, change: Markup) -> Row {
    let name = match (it.statement, &it.operator) {
        (Maybe::Unset, _) => "the run".to_owned(),
        (Maybe::Set(statement), Maybe::Unset) => format!("statement {statement}"),
        (Maybe::Set(statement), Maybe::Set(operator)) => format!("{operator} of statement {statement}"),
    };
    let what = match it.figure {
        Measure::BytesOut => "bytes put out".to_owned(),
        Measure::RowsOut => "rows put out".to_owned(),
        other => other.to_string(),
    };
    row(&name, &what, change, &[])
}

/// What it was and what it is.
fn values(old: &Maybe<String>, new: &Maybe<String>) -> Markup {
    let value = |text: &Maybe<String>| match text {
        Maybe::Unset => html! { span.none { "–" } },
        Maybe::Set(text) if Digest::parse(text).is_some() => {
            html! { code title=(text) { (cut(text, 12).0) "…" } }
        }
        Maybe::Set(text) => html! { code { (cell(text, VALUE_CHARS_MAX)) } },
    };
    html! { (value(old)) " → " (value(new)) }
}

impl Render for RunChanges {
    fn render(&self) -> Markup {
        html! { @for part in &self.parts { (part) } }
    }
}

impl Render for Part {
    fn render(&self) -> Markup {
        let has_causes = self.rows.iter().any(|row| !row.causes.is_empty());
        html! {
            div.scroll { table.changes {
                caption { (self.title) }
                thead { tr {
                    th scope="col" { "What" } th scope="col" { "Before → now" }
                    @if has_causes { th scope="col" { "Why" } }
                } }
                tbody { @for row in &self.rows { (row.html(has_causes)) } }
            } }
            @if self.left_out > 0 {
                p.cut-note { (self.left_out) " more; " code { "proofmark diff --format json" } " has all of them." }
            }
        }
    }
}

impl Row {
    fn html(&self, has_causes: bool) -> Markup {
        html! {
            tr.volatile[self.is_volatile] {
                th scope="row" {
                    (cell(&self.what, 80))
                    @if !self.of.is_empty() { " " small { (self.of) } }
                }
                td.words { (self.change) }
                @if has_causes {
                    td {
                        @for cause in self.causes.iter().take(CAUSES_MAX) { (cause_tag(cause)) " " }
                        @if self.causes.len() > CAUSES_MAX { span.dim { "and " (self.causes.len() - CAUSES_MAX) " more" } }
                    }
                }
            }
        }
    }
}
