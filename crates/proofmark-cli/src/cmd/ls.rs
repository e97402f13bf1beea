//! `proofmark ls`: the runs of a store.

use anstyle::Style;
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proofmark::{Maybe, Record};
use proofmark_artifacts::{BundleIndex, RunId, RunListing, RunStatus, StoreError};

use crate::args::Runs;
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint;
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text;
use crate::screen::Screen;
use crate::store::Store;

/// Fewest letters of a run's name: shorter ones are unique today and not tomorrow.
const NAME_LEN_MIN: usize = 4;
/// Widest note.
const NOTE_WIDTH_MAX: usize = 60;

/// Lists the runs, the latest first
///
/// A run is named by the start of its random part, as long as it takes to be the only one. A run whose index is
/// damaged is listed as such.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    runs: Runs,
    /// List so many runs at most; 0 lists all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print text for people, or JSON for programs
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// One run, as `proofmark ls --format json` prints it.
#[derive(Record)]
struct Row {
    /// The whole id.
    run: String,
    /// The start of its random part that no other run has.
    name: String,
    /// When it started.
    started_at: Maybe<Timestamp>,
    /// The engine and its version.
    engine: Maybe<String>,
    /// How it ended: `ok`, `failed`, `cancelled`, `incomplete`, or `damaged`.
    status: String,
    /// Wall time.
    elapsed_ns: Maybe<u64>,
    /// How many artifacts it left.
    artifacts: Maybe<u64>,
    /// Their size.
    bytes: Maybe<u64>,
    /// What was run.
    title: Maybe<String>,
    /// Digest of the content without volatile fields.
    fingerprint: Maybe<String>,
    /// The run whose work it did again.
    replay_of: Maybe<String>,
    /// What is wrong with its index.
    error: Maybe<String>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.runs.open()?;
        let ids = store.ids()?;
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let rows = rows(&store, &ids, limit);
        match self.format {
            Format::Json => print_json(&rows, screen)?,
            Format::Text if rows.is_empty() => {
                screen.note(&format!(
                    "no runs in `{}`; `proofmark run FILE.sql` makes one",
                    text::escape(&store.name())
                ));
            }
            Format::Text => print_text(&rows, ids.len(), screen)?,
        }
        Ok(Verdict::Clean)
    }
}

fn rows(store: &Store, ids: &[RunId], limit: usize) -> Vec<Row> {
    let names = Names::new(ids);
    let row = |RunListing { id, index }: RunListing| {
        let name = names.of(&id).to_owned();
        match index {
            Ok(index) => of_index(name, &index),
            Err(error) => damaged(name, &id, &error),
        }
    };
    let shown = &ids[..limit.min(ids.len())];
    store.listings(shown).into_iter().map(row).collect()
}

fn of_index(name: String, index: &BundleIndex) -> Row {
    let summary = &index.summary;
    Row {
        run: index.run_id.to_string(),
        name,
        started_at: Maybe::Set(summary.started_at),
        engine: some_text(&summary.engine),
        status: status_word(summary.status).to_owned(),
        elapsed_ns: summary.elapsed_ns,
        artifacts: Maybe::Set(index.artifacts.len() as u64),
        bytes: Maybe::Set(index.bytes()),
        title: some_text(&summary.title),
        fingerprint: Maybe::Set(index.fingerprint.to_string()),
        replay_of: summary.replay_of.as_ref().map(ToString::to_string),
        error: Maybe::Unset,
    }
}

fn damaged(name: String, id: &RunId, error: &StoreError) -> Row {
    Row {
        run: id.to_string(),
        name,
        started_at: started_at(id).into(),
        engine: Maybe::Unset,
        status: "damaged".to_owned(),
        elapsed_ns: Maybe::Unset,
        artifacts: Maybe::Unset,
        bytes: Maybe::Unset,
        title: Maybe::Unset,
        fingerprint: Maybe::Unset,
        replay_of: Maybe::Unset,
        error: Maybe::Set(error.to_string()),
    }
}

/// The instant in an id, to the second.
fn started_at(id: &RunId) -> Option<Timestamp> {
    let at = jiff::fmt::strtime::parse("%Y%m%d-%H%M%S", id.as_str().get(..15)?).ok()?;
    at.to_datetime().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

fn some_text(text: &str) -> Maybe<String> {
    if text.is_empty() { Maybe::Unset } else { Maybe::Set(text.to_owned()) }
}

/// The word for a status, as records have it.
pub(crate) fn status_word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Ok => "ok",
        RunStatus::Failed => "failed",
        RunStatus::Cancelled => "cancelled",
        RunStatus::Incomplete => "incomplete",
    }
}

/// The colour of a status.
pub(crate) fn status_style(status: RunStatus) -> Style {
    word_style(status_word(status))
}

/// The random parts of all ids, sorted: those most alike are neighbours.
struct Names<'i>(Vec<&'i str>);

impl<'i> Names<'i> {
    fn new(ids: &'i [RunId]) -> Self {
        let mut shorts: Vec<_> = ids.iter().map(RunId::short).collect();
        shorts.sort_unstable();
        Self(shorts)
    }

    /// The shortest start of the id's random part that no other run has.
    fn of<'r>(&self, id: &'r RunId) -> &'r str {
        let short = id.short();
        let idx = self.0.partition_point(|other| *other < short);
        let neighbours = [idx.checked_sub(1), Some(idx + 1)].into_iter().flatten();
        let alike = neighbours.filter_map(|idx| self.0.get(idx)).map(|other| common_len(short, other));
        let len = alike.max().map_or(0, |len| len + 1).clamp(NAME_LEN_MIN, short.len());
        &short[..len]
    }
}

/// How long a start two texts share; ids are ASCII.
fn common_len(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

fn print_json(rows: &[Row], screen: &mut Screen) -> Result<()> {
    let failed = |error: proofmark::Error| Failure::incomplete(error.to_string());
    screen.print_json(&proofmark::json::to_vec_pretty(rows).map_err(failed)?)?;
    screen.print("\n")
}

fn print_text(rows: &[Row], count: usize, screen: &mut Screen) -> Result<()> {
    let mut table = Table::new(["RUN", "STARTED", "ENGINE", "STATUS", ">ARTIFACTS", ">SIZE", "NOTE"]);
    for (idx, row) in rows.iter().enumerate() {
        table.push(cells(row, idx == 0));
    }
    screen.print(&table.print("  ", screen.paint()))?;
    let footer = match (rows.len(), count) {
        (1, 1) => "1 run".to_owned(),
        (shown, count) if shown == count => format!("{count} runs"),
        (shown, count) => format!("{shown} of {count} runs; --limit 0 lists all"),
    };
    let footer = screen.paint().in_style(paint::DIM, &footer);
    screen.print(&format!("  {footer}\n"))
}

fn cells(row: &Row, is_latest: bool) -> Vec<Line> {
    let plain = |text: &str| Line::of(Style::new(), text::escape(text));
    let or_nothing =
        |shown: Option<String>| shown.map_or_else(|| Line::of(paint::DIM, "-"), |shown| plain(&shown));
    vec![
        Line::of(paint::TITLE, row.name.as_str()),
        or_nothing(row.started_at.as_ref().into_option().map(|at| quantity::minute(*at))),
        or_nothing(row.engine.as_ref().into_option().cloned()),
        Line::of(word_style(&row.status), row.status.as_str()),
        or_nothing(row.artifacts.into_option().map(|count| count.to_string())),
        or_nothing(row.bytes.into_option().map(quantity::bytes)),
        Line::of(paint::DIM, text::clip(&text::escape(&note(row, is_latest)), NOTE_WIDTH_MAX)),
    ]
}

fn note(row: &Row, is_latest: bool) -> String {
    let mut parts = Vec::new();
    if is_latest {
        parts.push("latest".to_owned());
    }
    parts.extend(row.replay_of.as_ref().into_option().map(|id| format!("replay of {}", short(id))));
    parts.extend(row.title.as_ref().into_option().cloned());
    parts.extend(row.elapsed_ns.into_option().map(quantity::duration));
    if let Maybe::Set(error) = &row.error {
        // The path before it says no more than the first column.
        parts.push(error.split_once("bundle.json: ").map_or(error.as_str(), |(_, what)| what).to_owned());
    }
    parts.join(", ")
}

/// The random part of an id, which is enough to name a run.
fn short(id: &str) -> &str {
    id.rsplit('-').next().unwrap_or(id)
}

fn word_style(status: &str) -> Style {
    match status {
        "ok" => paint::GOOD,
        "incomplete" | "cancelled" => paint::DOUBTFUL,
        _ => paint::BAD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_long_as_it_takes_to_be_the_only_one() {
        let id = |short: &str| RunId::parse(&format!("20261122-134501123-{short}")).unwrap();
        let ids = ["k3f9q2xd", "k3f9q2xe", "k3f9zzzz", "a7b2c9de"].map(id);
        let names = Names::new(&ids);
        assert_eq!(ids.each_ref().map(|id| names.of(id)), ["k3f9q2xd", "k3f9q2xe", "k3f9z", "a7b2"]);
    }
}
