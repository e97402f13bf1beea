//! Two runs, for people.

use anstyle::Style;
use proofmark::Maybe;
use proofmark_artifacts::compare::{
    ArtifactDiff, ArtifactState, Figure, MeasuredDiff, PlanEdit, PlanStep, RunDiff, SettingDiff,
    StatementChange, StatementDiff,
};

use super::place;
use super::record::hidden;
use super::section::{Section, Sections};
use crate::failure::Result;
use crate::render::paint::{self, Paint};
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::{clip, escape, plural};
use crate::screen::Screen;

/// Differences of one part beyond this many are counted.
const ROWS_SHOWN: usize = 40;
/// Places of an artifact that are shown below it.
const CHANGES_SHOWN: usize = 3;
/// Widest cell.
const CELL_WIDTH_MAX: usize = 72;
/// Artifacts whose differences are told part by part.
const TOLD_IN_PARTS: [&str; 4] = ["manifest", "plan", "profile", "repro"];

/// Prints the parts that were asked for, those that are empty left out.
pub(super) fn print(diff: &RunDiff, sections: &Sections<'_>, screen: &mut Screen) -> Result<()> {
    let paint = screen.paint();
    screen.print(&head(diff, paint))?;
    if sections.has(Section::Artifacts) {
        screen.print(&artifacts(&diff.artifacts, paint))?;
    }
    let parts = [
        ("statements", statements(diff)),
        ("plan", diff.plans.iter().flat_map(plan_rows).collect()),
        ("schema", schemas(diff)),
        ("settings", diff.settings.iter().map(setting).collect()),
        ("data", data(diff)),
        ("outputs", outputs(diff)),
        ("measured", diff.measured.iter().map(measured).collect()),
    ];
    for (title, rows) in parts {
        screen.print(&part(title, rows, paint))?;
    }
    hint(diff, screen)
}

fn head(diff: &RunDiff, paint: Paint) -> String {
    let mut line = Line::of(paint::TITLE, diff.old.run_id.short());
    line.push(paint::DIM, " -> ");
    line.push(paint::TITLE, diff.new.run_id.short());
    let is_read = |artifact: &ArtifactDiff| artifact.state != ArtifactState::Unreadable;
    if !diff.artifacts.iter().all(is_read) {
        line.push(paint::BAD, "  NOT ALL CAN BE READ");
    } else if diff.same_content {
        line.push(paint::GOOD, "  same content");
    } else {
        line.push(paint::DOUBTFUL, "  CONTENT DIFFERS");
    }
    if diff.old.engine != diff.new.engine {
        let engines = format!("  {} -> {}", escape(&diff.old.engine), escape(&diff.new.engine));
        line.push(Style::new(), engines);
    }
    format!("{}\n", line.paint(paint))
}

fn artifacts(artifacts: &[ArtifactDiff], paint: Paint) -> String {
    let mut table = Table::new(["", "", ""]);
    for artifact in artifacts {
        table.push(artifact_row(artifact));
        if !TOLD_IN_PARTS.contains(&artifact.name.as_str()) {
            for change in artifact.changes.iter().take(CHANGES_SHOWN) {
                let [place, what] = <[Line; 2]>::try_from(place::change(change)).unwrap_or_default();
                let mut place_below = Line::of(Style::new(), "  ");
                place_below.extend(place);
                table.push(vec![
                    place_below.clip(CELL_WIDTH_MAX),
                    Line::default(),
                    what.clip(CELL_WIDTH_MAX),
                ]);
            }
        }
    }
    titled("artifacts", &table, paint)
}

/// A table below its title.
fn titled(title: &str, table: &Table, paint: Paint) -> String {
    format!("{}\n{}", paint.in_style(paint::DIM, title), table.print("  ", paint))
}

fn artifact_row(artifact: &ArtifactDiff) -> Vec<Line> {
    let style = match artifact.state {
        ArtifactState::Same => paint::GOOD,
        ArtifactState::Changed | ArtifactState::Added => paint::DOUBTFUL,
        ArtifactState::Removed | ArtifactState::Unreadable => paint::BAD,
    };
    let count = artifact.changes.len() + usize::try_from(artifact.omitted).unwrap_or(usize::MAX);
    let mut note = Line::default();
    if count > 0 {
        note.push(Style::new(), plural(count, "place", "places"));
    }
    note.push(paint::DIM, hidden(artifact.hidden));
    if let Maybe::Set(reason) = &artifact.reason {
        note.push(paint::BAD, escape(reason));
    }
    vec![
        Line::of(paint::TITLE, escape(&artifact.name)),
        Line::of(style, artifact.state.to_string()),
        trimmed(note),
    ]
}

/// A cell does not begin with blanks.
fn trimmed(line: Line) -> Line {
    let text = line.paint(Paint::new(false));
    if text.starts_with(' ') { Line::of(paint::DIM, text.trim_start()) } else { line }
}

fn part(title: &str, rows: Vec<Vec<Line>>, paint: Paint) -> String {
    let Some(columns) = rows.iter().map(Vec::len).max() else { return String::new() };
    let mut table = Table::new(std::iter::repeat_n("", columns));
    let more = rows.len().saturating_sub(ROWS_SHOWN);
    rows.into_iter().take(ROWS_SHOWN).for_each(|row| table.push(row));
    let mut out = titled(title, &table, paint);
    if more > 0 {
        out.push_str(&format!("  … {more} more\n"));
    }
    out
}

fn cell(style: Style, text: &str) -> Line {
    // A line's end in a text from data is shown as such; layout of SQL is not.
    let indent = text.len() - text.trim_start().len();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Line::of(style, clip(&escape(&format!("{}{words}", " ".repeat(indent))), CELL_WIDTH_MAX))
}

fn plain(text: &str) -> Line {
    cell(Style::new(), text)
}

fn statements(diff: &RunDiff) -> Vec<Vec<Line>> {
    diff.statements.iter().flat_map(statement_rows).collect()
}

fn statement_rows(diff: &StatementDiff) -> Vec<Vec<Line>> {
    let index = diff.statement.into_option().or(diff.old_statement.into_option());
    let place = Line::of(paint::KEY, index.map_or(String::new(), |index| format!("[{index}]")));
    match &diff.change {
        // One below the other, texts are compared by eye.
        StatementChange::Sql { old, new } => vec![
            vec![place, cell(paint::BAD, &format!("SQL was {old}")), place::causes(&diff.causes)],
            vec![Line::default(), cell(paint::GOOD, &format!("     is {new}"))],
        ],
        change => vec![vec![place, plain(&change.to_string()), place::causes(&diff.causes)]],
    }
}

fn plan_rows(step: &PlanStep) -> Vec<Vec<Line>> {
    let row = |edit: &PlanEdit| {
        let mut place = Line::of(paint::KEY, format!("[{}] {}", step.statement, step.stage));
        if let Maybe::Set(rule) = &step.rule {
            place.push(paint::DIM, format!(" {}", escape(rule)));
        }
        let path = edit.new_path.as_ref().into_option().or(edit.old_path.as_ref().into_option());
        let mut node = cell(paint::TITLE, &edit.node);
        node.push(paint::DIM, format!(" {}", short_path(path.map_or("", String::as_str))));
        let style = if edit.is_volatile() { paint::DIM } else { Style::new() };
        let mut what = cell(style, &edit.change.to_string());
        if edit.is_volatile() {
            what.push(paint::DIM, "  ~host");
        }
        vec![place, node, what, place::causes(&edit.causes)]
    };
    step.edits.iter().map(row).collect()
}

/// `.children[0].children[1]` as `0.1`.
fn short_path(path: &str) -> String {
    escape(&path.replace("].children[", ".").replace(".children[", "").replace(']', "")).into_owned()
}

fn schemas(diff: &RunDiff) -> Vec<Vec<Line>> {
    let rows = diff.schemas.iter().flat_map(|schema| {
        schema.columns.iter().map(|column| vec![cell(paint::KEY, &schema.of), plain(&column.to_string())])
    });
    rows.collect()
}

fn setting(diff: &SettingDiff) -> Vec<Line> {
    let area = Line::of(paint::KEY, diff.area.to_string());
    let is_content = diff.area.is_content();
    let mut change =
        cell(if is_content { Style::new() } else { paint::DIM }, &old_to_new(&diff.old, &diff.new));
    if !is_content {
        change.push(paint::DIM, "  ~host");
    }
    vec![area, cell(paint::TITLE, &diff.key), change, place::causes(&diff.causes)]
}

fn old_to_new(old: &Maybe<String>, new: &Maybe<String>) -> String {
    let text = |text: &Maybe<String>| match text {
        Maybe::Set(text) if proofmark_artifacts::Digest::parse(text).is_some() => format!("{}…", &text[..12]),
        Maybe::Set(text) => text.clone(),
        Maybe::Unset => "-".to_owned(),
    };
    format!("{} -> {}", text(old), text(new))
}

fn data(diff: &RunDiff) -> Vec<Vec<Line>> {
    let row = |data: &proofmark_artifacts::compare::DataDiff| {
        let change = format!("{} {}", data.fact, old_to_new(&data.old, &data.new));
        vec![cell(paint::KEY, &data.dataset), plain(&change)]
    };
    diff.data.iter().map(row).collect()
}

fn outputs(diff: &RunDiff) -> Vec<Vec<Line>> {
    let row = |output: &proofmark_artifacts::compare::OutputDiff| {
        let change = format!("{} {}", output.fact, old_to_new(&output.old, &output.new));
        vec![cell(paint::KEY, &output.output), plain(&change), place::causes(&output.causes)]
    };
    diff.outputs.iter().map(row).collect()
}

fn measured(diff: &MeasuredDiff) -> Vec<Line> {
    let place = diff.statement.into_option().map_or("run".to_owned(), |statement| format!("[{statement}]"));
    let mut operator = cell(paint::TITLE, diff.operator.as_ref().into_option().map_or("", String::as_str));
    if let Maybe::Set(path) = &diff.path {
        operator.push(paint::DIM, format!(" {}", short_path(path)));
    }
    let shown = |number: u64| match diff.figure {
        Figure::WallNs | Figure::ComputeNs => quantity::duration(number),
        Figure::RowsOut => number.to_string(),
        Figure::BytesOut | Figure::SpilledBytes | Figure::MemoryBytesMax => quantity::bytes(number),
    };
    let percent = match (i128::from(diff.new) - i128::from(diff.old)) * 100 {
        _ if diff.old == 0 => String::new(),
        hundredfold => format!("  {:+}%", hundredfold / i128::from(diff.old)),
    };
    let change = format!("{} {} -> {}{percent}", diff.figure, shown(diff.old), shown(diff.new));
    vec![Line::of(paint::KEY, place), operator, Line::of(paint::DIM, change)]
}

/// How to see the rest of what differs.
fn hint(diff: &RunDiff, screen: &Screen) -> Result<()> {
    let changed = diff.artifacts.iter().find(|artifact| artifact.state == ArtifactState::Changed);
    if let Some(artifact) = changed {
        let (old, new) = (diff.old.run_id.short(), diff.new.run_id.short());
        let name = escape(&artifact.name);
        screen.note(&format!("`proofmark diff {old}:{name} {new}` shows each place"));
    }
    Ok(())
}
