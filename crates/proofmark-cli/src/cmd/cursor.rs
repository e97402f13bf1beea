//! `proofmark cursor`: how far each dataset has been processed.

use anstyle::Style;
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use proofmark::{Encode, Maybe};
use proofmark_artifacts::{CdfCursor, Codec, CursorReset, Position};

use crate::args;
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint;
use crate::render::quantity;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::escape;
use crate::screen::Screen;
use crate::store::Cursors;
use crate::suggest;

/// Shows and moves cursors: how far each dataset has been processed
///
/// A cursor is moved by whoever is first: with --expect only from the version that was looked at, and never under the
/// hands of a run.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark cursor ls
  proofmark cursor show orders --format json
  proofmark cursor set orders 4 --expect 7 --backwards
  proofmark cursor reset orders --expect 4")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Lists the cursors
    Ls(Read),
    /// Shows one cursor
    Show(Show),
    /// Moves a cursor to a version
    Set(Set),
    /// Takes a cursor back: its dataset counts as never processed
    Reset(Reset),
}

#[derive(clap::Args)]
struct Read {
    #[command(flatten)]
    cursors: args::Cursors,
    /// How to say it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

#[derive(clap::Args)]
struct Show {
    /// The dataset
    dataset: String,
    #[command(flatten)]
    read: Read,
}

#[derive(clap::Args)]
struct Set {
    /// The dataset
    dataset: String,
    /// The last version that counts as processed
    version: u64,
    /// Move it only from this version, or from `none`
    #[arg(long, value_name = "VERSION", value_parser = parse_expected)]
    expect: Option<Expected>,
    /// Move it also to an earlier version: its changes will be processed once more
    #[arg(long)]
    backwards: bool,
    #[command(flatten)]
    cursors: args::Cursors,
}

#[derive(clap::Args)]
struct Reset {
    /// The dataset
    dataset: String,
    /// Take it back only from this version
    #[arg(long, value_name = "VERSION", value_parser = parse_expected)]
    expect: Option<Expected>,
    #[command(flatten)]
    cursors: args::Cursors,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// Records
    Json,
}

/// Where a cursor is expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Expected(Option<u64>);

fn parse_expected(text: &str) -> Result<Expected, &'static str> {
    match text {
        "none" => Ok(Expected(None)),
        _ => text.parse().map(|version| Expected(Some(version))).map_err(|_| "expected a version, or `none`"),
    }
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match self.action {
            Action::Ls(args) => args.list(screen),
            Action::Show(args) => args.show(screen),
            Action::Set(args) => args.set(screen),
            Action::Reset(args) => args.reset(screen),
        }
    }
}

impl Read {
    fn list(&self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.cursors.open()?;
        let (mut positions, mut verdict) = (Vec::new(), Verdict::Clean);
        for position in store.read_all()? {
            match position {
                Ok(position) => positions.push(position),
                Err(error) => {
                    verdict = Verdict::Findings;
                    screen.note(&format!("damaged: {}", escape(&error.to_string())));
                }
            }
        }
        positions.sort_by(|a, b| a.cursor().dataset_name.cmp(&b.cursor().dataset_name));
        match self.format {
            Format::Json => {
                let cursors: Vec<_> = positions.iter().map(Position::cursor).collect();
                print_json(&cursors, screen)?;
            }
            Format::Text if positions.is_empty() => {
                screen.note(&format!("no cursors in `{}`", escape(&store.name())));
            }
            Format::Text => screen.print(&table(&positions).print("  ", screen.paint()))?,
        }
        Ok(verdict)
    }
}

impl Show {
    fn show(&self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.read.cursors.open()?;
        let position = store.read(&self.dataset)?.ok_or_else(|| not_found(&store, &self.dataset))?;
        match self.read.format {
            Format::Json => print_json(position.cursor(), screen)?,
            Format::Text => screen.print(&table(&[position]).print("  ", screen.paint()))?,
        }
        Ok(Verdict::Clean)
    }
}

impl Set {
    fn set(&self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.cursors.open()?;
        let from = store.read(&self.dataset)?;
        check_expected(self.expect, &self.dataset, from.as_ref())?;
        let next = match &from {
            Some(from) => CdfCursor {
                last_version: self.version,
                // What is known of the table at another version is not known of it at this one.
                schema_fingerprint: Maybe::Unset,
                run_id: Maybe::Unset,
                updated_at: Maybe::Set(Timestamp::now()),
                ..from.cursor().clone()
            },
            None => CdfCursor {
                updated_at: Maybe::Set(Timestamp::now()),
                ..CdfCursor::new(self.dataset.as_str(), self.version)
            },
        };
        let moved = if self.backwards {
            store.place(from.as_ref(), &next)
        } else {
            store.advance(from.as_ref(), &next)
        }?;
        let (name, at) = (escape(&self.dataset), at(from.as_ref()));
        screen.print(&format!("{name}: {at} -> version {}\n", moved.cursor().last_version))?;
        Ok(Verdict::Clean)
    }
}

impl Reset {
    fn reset(&self, screen: &mut Screen) -> Result<Verdict> {
        let store = self.cursors.open()?;
        let from = store.read(&self.dataset)?;
        check_expected(self.expect, &self.dataset, from.as_ref())?;
        let from = from.ok_or_else(|| not_found(&store, &self.dataset))?;
        let reset = CursorReset {
            last_version: Maybe::Set(from.cursor().last_version),
            updated_at: Maybe::Set(Timestamp::now()),
            ..CursorReset::new(self.dataset.as_str())
        };
        store.reset(&from, &reset)?;
        screen.print(&format!("{}: {} -> nowhere\n", escape(&self.dataset), at(Some(&from))))?;
        Ok(Verdict::Clean)
    }
}

fn check_expected(expected: Option<Expected>, dataset: &str, found: Option<&Position>) -> Result<()> {
    let version = found.map(|position| position.cursor().last_version);
    match expected {
        Some(Expected(wanted)) if wanted != version => {
            let message =
                format!("the cursor of `{}` is at {}, not where it was expected", escape(dataset), at(found));
            Err(Failure::incomplete(message)
                .with_help("`proofmark cursor show` shows it; somebody may have moved it"))
        }
        _ => Ok(()),
    }
}

fn at(position: Option<&Position>) -> String {
    position.map_or("nowhere".to_owned(), |position| format!("version {}", position.cursor().last_version))
}

fn not_found(store: &Cursors, dataset: &str) -> Failure {
    let positions: Vec<_> = store.read_all().unwrap_or_default().into_iter().flatten().collect();
    let names = || positions.iter().map(|position| position.cursor().dataset_name.as_str());
    let failure = Failure::incomplete(format!("`{}` has no cursor", escape(dataset)));
    match positions.is_empty() {
        true => failure.with_help(format!("there are none in `{}`", escape(&store.name()))),
        false => failure.with_help(suggest::among(dataset, names())),
    }
}

fn table(positions: &[Position]) -> Table {
    let mut table = Table::new(["DATASET", ">VERSION", ">MOVES", "MOVED", "BY", "TABLE"]);
    let text = |text: &Maybe<String>| match text {
        Maybe::Set(text) => Line::of(Style::new(), escape(text)),
        Maybe::Unset => Line::of(paint::DIM, "-"),
    };
    for position in positions {
        let cursor = position.cursor();
        let moved = cursor.updated_at.into_option().map_or("-".to_owned(), quantity::minute);
        table.push(vec![
            Line::of(paint::TITLE, escape(&cursor.dataset_name)),
            Line::of(paint::NUMBER, cursor.last_version.to_string()),
            Line::of(Style::new(), position.sequence().to_string()),
            Line::of(Style::new(), moved),
            text(&cursor.run_id),
            text(&cursor.table_id),
        ]);
    }
    table
}

fn print_json<T: Encode + ?Sized>(value: &T, screen: &mut Screen) -> Result<()> {
    let json = Codec::Json.encode(value).map_err(|error| Failure::incomplete(error.to_string()))?;
    screen.print_json(&json)
}
