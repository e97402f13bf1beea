//! `proofmark schema`: the record types, and the JSON Schema or a description of one.

mod inspect;

use anstyle::Style;
use clap::ValueEnum;
use proofmark::Shape;
use proofmark::json::Indent;
use proofmark::schema::{annotated_json_schema_of, json_schema_of};
use proofmark_artifacts::{Codec, record_type};
use proofmark_contract::{Entry, export};

use super::lock::contract;
use crate::args::Now;
use crate::catalogue::{self, catalogue};
use crate::document::layout;
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::screen::Screen;

/// Lists the record types, prints the JSON Schema or a description of one, or exports them to other languages
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The type: `manifest`, or with its version `manifest.v1`
    #[arg(value_name = "TYPE", conflicts_with = "now")]
    name: Option<String>,

    /// Describe the type: fields, types, presence, constraints, defaults
    #[arg(long, requires = "name")]
    inspect: bool,

    /// The description as JSON
    #[arg(long, requires = "inspect")]
    json: bool,

    /// Print it, or all record types, in another form
    #[arg(long, value_enum, value_name = "FORM", conflicts_with = "inspect")]
    export: Option<Form>,

    #[command(flatten)]
    now: Now,
}

/// What a record type is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A Python module of `msgspec.Struct` classes
    Python,
    /// TypeScript types
    Typescript,
    /// JSON Schema with `x-` keys for what it has no word for
    Annotated,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match &self.name {
            name if self.export.is_some_and(|form| form != Form::Annotated) => {
                self.export_locks(name.as_deref(), screen)?;
            }
            None if self.export.is_some() => {
                return Err(Failure::usage("a JSON Schema is of one type")
                    .with_help("`proofmark schema` lists the types"));
            }
            None => list(screen)?,
            Some(name) if self.inspect => inspect::print(&catalogue::named(name)?, self.json, screen)?,
            Some(name) => print(&catalogue::named(name)?, self.export.is_some(), screen)?,
        }
        Ok(Verdict::Clean)
    }

    fn export_locks(&self, name: Option<&str>, screen: &mut Screen) -> Result<()> {
        let locks = match name {
            Some(name) => vec![catalogue::named(name)?.lock().map_err(contract)?],
            None => self.now.locks()?,
        };
        let text = match self.export {
            Some(Form::Python) => export::python(&locks),
            _ => export::typescript(&locks),
        };
        screen.print_data(text.as_bytes())
    }
}

fn list(screen: &mut Screen) -> Result<()> {
    let mut table = Table::new(["TYPE", "FORMAT", "DESCRIPTION"]);
    for entry in catalogue().entries() {
        let cell = |text: &str| Line::of(Style::new(), text);
        let tag = catalogue::tag(entry);
        table.push(vec![Line::of(paint::TITLE, tag), cell(stored_as(entry)), cell(description(entry))]);
    }
    screen.print(&table.print("  ", screen.paint()))
}

/// The format in which a record is stored, or printed.
fn stored_as(entry: &Entry) -> &'static str {
    match record_type(entry.name).map(|row| row.codec) {
        Some(Codec::MessagePack) => "msgpack",
        Some(Codec::Json) | None => "json",
    }
}

/// The first sentence of the type's documentation, as far as it says what it is.
fn description(entry: &Entry) -> &'static str {
    let Shape::Record(record) = (entry.shape)() else { return "" };
    let first = record.doc.lines().next().unwrap_or_default();
    let end = first.find(". ").into_iter().chain(first.find(": ")).min();
    first[..end.unwrap_or(first.len())].trim_end_matches('.')
}

fn print(entry: &Entry, annotated: bool, screen: &mut Screen) -> Result<()> {
    let failed = |error: proofmark::Error| Failure::incomplete(error.to_string());
    let schema_of = if annotated { annotated_json_schema_of } else { json_schema_of };
    let schema = schema_of((entry.shape)()).map_err(failed)?;
    screen.print_json(&layout(schema.as_bytes(), Indent::Spaces(2))?)?;
    screen.print("\n")
}
