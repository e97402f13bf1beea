//! A record type, described field by field.

use anstyle::Style;
use proofmark::json;
use proofmark::{Maybe, Value};
use proofmark_contract::Entry;
use proofmark_contract::inspect::{Inspection, Words};
use proofmark_contract::lock::{Definition, FieldLock, RecordLock, TagText};

use crate::cmd::lock::contract;
use crate::failure::Result;
use crate::render::paint::{DIM, KEY, TITLE};
use crate::render::span::Line;
use crate::render::table::Table;
use crate::render::text::escape;
use crate::screen::Screen;

pub(super) fn print(entry: &Entry, as_json: bool, screen: &mut Screen) -> Result<()> {
    let described = entry.inspect().map_err(contract)?;
    if as_json {
        let text = json::to_vec_pretty(&described).map_err(contract)?;
        screen.print_json(&text)?;
        return screen.print("\n");
    }
    for (name, definition) in &described.lock.types {
        print_definition(name, definition, &described, screen)?;
    }
    Ok(())
}

fn print_definition(
    name: &str,
    definition: &Definition,
    described: &Inspection,
    screen: &mut Screen,
) -> Result<()> {
    let silent = Words::default();
    let words = described.words.get(name).unwrap_or(&silent);
    let mut head = Line::of(TITLE, name);
    head.push(DIM, format!("  {}", kind(definition)));
    head.push(Style::new(), format!("  {}", escape(first_line(&words.about))));
    let (width, paint) = (screen.width(), screen.paint());
    screen.print(&format!("{}\n", head.clip(width).paint(paint)))?;
    let table = match definition {
        Definition::Record(record) => fields(record, words),
        Definition::Enum(choices) => {
            let mut table = Table::new(["VALUE", "NAME", "ABOUT"]);
            for variant in &choices.variants {
                let about = words.parts.get(&variant.name).map_or("", |about| first_line(about));
                table.push(cells([&value(&variant.value), &variant.name, about]));
            }
            table
        }
        Definition::Union(union) => {
            let mut table = Table::new(["MEMBER", "TYPE"]);
            for member in &union.members {
                table.push(cells([&member.name, &member.ty.to_string()]));
            }
            table
        }
        Definition::Newtype(newtype) => {
            let mut table = Table::new(["TYPE", "BOUNDS"]);
            table.push(cells([&newtype.of.to_string(), &bounds(&newtype.bounds)]));
            table
        }
    };
    screen.print(&format!("{}\n", table.print("  ", paint)))
}

fn fields(record: &RecordLock, words: &Words) -> Table {
    let mut table = Table::new(["FIELD", "TYPE", "ABSENT", "NULL", "BOUNDS", "VOLATILE", "ABOUT"]);
    for field in &record.fields {
        let about = words.parts.get(&field.name).map_or("", |about| first_line(about));
        let volatile = text(&field.volatile);
        let row = [
            &*field.ty.to_string(),
            &absent(field),
            text(&field.null),
            &bounds(&field.bounds),
            volatile,
            about,
        ];
        let mut cells = cells(row);
        cells.insert(0, Line::of(KEY, escape(&field.name)));
        table.push(cells);
    }
    table
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<Line> {
    texts.iter().map(|text| Line::of(Style::new(), escape(text))).collect()
}

/// What absence means.
fn absent(field: &FieldLock) -> String {
    match &field.default {
        Maybe::Set(default) => default.to_string(),
        Maybe::Unset if field.is_required() => "refused".to_owned(),
        Maybe::Unset => text(&field.absent).to_owned(),
    }
}

fn kind(definition: &Definition) -> String {
    match definition {
        Definition::Record(record) => {
            let form = if record.positional { "array" } else { "record" };
            match &record.tag {
                Maybe::Set(tag) => format!("{form}, {} = {}", tag.field, value(&tag.value)),
                Maybe::Unset => form.to_owned(),
            }
        }
        Definition::Enum(choices) if choices.open => "open enum".to_owned(),
        Definition::Enum(_) => "enum".to_owned(),
        Definition::Union(_) => "union".to_owned(),
        Definition::Newtype(_) => "newtype".to_owned(),
    }
}

fn value(value: &TagText) -> String {
    match value {
        TagText::Str(text) => text.clone(),
        TagText::Int(number) => number.to_string(),
    }
}

fn text(text: &Maybe<String>) -> &str {
    text.as_ref().into_option().map_or("", String::as_str)
}

/// Constraints as they are declared: `min_len = 1, max_len = 1024`.
fn bounds(bounds: &proofmark_contract::lock::Bounds) -> String {
    let Ok(Value::Map(map)) = proofmark::to_value(bounds) else { return String::new() };
    let told = map.iter().map(|(name, value)| format!("{} = {value}", name.as_str().unwrap_or_default()));
    told.collect::<Vec<_>>().join(", ")
}

fn first_line(about: &str) -> &str {
    about.lines().next().unwrap_or_default()
}
