//! `proofmark schema`: the record types, and the JSON Schema or a description of one.

mod inspect;

use anstyle::Style;
use proofmark::Shape;
use proofmark::json::Indent;
use proofmark_artifacts::{Codec, RECORDS, RecordType};

use crate::document::{layout, row_of};
use crate::failure::{Failure, Result, Verdict};
use crate::render::paint;
use crate::render::span::Line;
use crate::render::table::Table;
use crate::screen::Screen;

/// Lists the record types, or prints the JSON Schema or a description of one
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The type: `manifest`, or with its version `manifest.v1`
    #[arg(value_name = "TYPE")]
    name: Option<String>,

    /// Describe the type: fields, types, presence, constraints, defaults
    #[arg(long, requires = "name")]
    inspect: bool,

    /// The description as JSON
    #[arg(long, requires = "inspect")]
    json: bool,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match &self.name {
            None => list(screen)?,
            Some(name) if self.inspect => inspect::print(row_of(name)?, self.json, screen)?,
            Some(name) => print(row_of(name)?, screen)?,
        }
        Ok(Verdict::Clean)
    }
}

fn list(screen: &mut Screen) -> Result<()> {
    let mut table = Table::new(["TYPE", "FORMAT", "DESCRIPTION"]);
    for row in RECORDS {
        let format = match row.codec {
            Codec::Json => "json",
            Codec::MessagePack => "msgpack",
        };
        let cell = |text: &str| Line::of(Style::new(), text);
        table.push(vec![Line::of(paint::TITLE, row.tag()), cell(format), cell(description(row))]);
    }
    screen.print(&table.print("  ", screen.paint()))
}

/// The first sentence of the type's documentation, as far as it says what it is.
fn description(row: &RecordType) -> &'static str {
    let Shape::Record(record) = (row.shape)() else { return "" };
    let first = record.doc.lines().next().unwrap_or_default();
    let end = first.find(". ").into_iter().chain(first.find(": ")).min();
    first[..end.unwrap_or(first.len())].trim_end_matches('.')
}

fn print(row: &RecordType, screen: &mut Screen) -> Result<()> {
    let failed = |error: proofmark::Error| Failure::incomplete(error.to_string());
    let schema = proofmark::schema::json_schema_of((row.shape)()).map_err(failed)?;
    screen.print_json(&layout(schema.as_bytes(), Indent::Spaces(2))?)?;
    screen.print("\n")
}
