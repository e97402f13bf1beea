//! Two records of one type.

use proofmark::Maybe;
use proofmark_artifacts::compare::{
    ArtifactDiff, ArtifactState, PatchStep, ValueDiff, VolatileFields, compare_records, compare_values,
    patch_records, patch_values,
};

use super::place;
use crate::document::Document;
use crate::failure::{Failure, Result};
use crate::render::paint;
use crate::render::span::Line;
use crate::render::text::{escape, plural};
use crate::screen::Screen;

/// Compares two documents place by place: by their type where they share one, else by names alone.
pub(super) fn compare(old: &Document, new: &Document, fields: VolatileFields) -> Result<ArtifactDiff> {
    let ValueDiff { changes, hidden, omitted } = match shared_row(old, new)? {
        Some(row) => compare_records(row, (&old.bytes, old.codec), (&new.bytes, new.codec), fields)
            .map_err(|error| undecodable(old, new, &error))?,
        None => compare_values(&old.json_value()?, &new.json_value()?, proofmark::Shape::Any, fields),
    };
    Ok(ArtifactDiff {
        name: name(new),
        kind: new.row.map_or_else(|| "untyped".to_owned(), |row| row.tag()),
        state: if changes.is_empty() { ArtifactState::Same } else { ArtifactState::Changed },
        reason: Maybe::Unset,
        hidden,
        changes,
        omitted,
    })
}

/// The steps that make the older one into the newer one.
pub(super) fn patch(old: &Document, new: &Document, fields: VolatileFields) -> Result<Vec<PatchStep>> {
    match shared_row(old, new)? {
        Some(row) => patch_records(row, (&old.bytes, old.codec), (&new.bytes, new.codec), fields)
            .map_err(|error| undecodable(old, new, &error)),
        None => Ok(patch_values(&old.json_value()?, &new.json_value()?, proofmark::Shape::Any, fields)),
    }
}

fn shared_row(old: &Document, new: &Document) -> Result<Option<&'static proofmark_artifacts::RecordType>> {
    match (old.row, new.row) {
        (Some(old), Some(new)) if old.tag() == new.tag() => Ok(Some(new)),
        (Some(a), Some(b)) => {
            let message = format!("a `{}` cannot be compared with a `{}`", a.tag(), b.tag());
            Err(Failure::usage(message).with_help("compare two records of one type, or two runs"))
        }
        _ => Ok(None),
    }
}

/// The last part of a document's name.
fn name(document: &Document) -> String {
    document.name.rsplit(['/', '\\']).next().unwrap_or(&document.name).to_owned()
}

/// Decoding each by itself says which of them is at fault.
fn undecodable(old: &Document, new: &Document, error: &proofmark::Error) -> Failure {
    [old, new]
        .into_iter()
        .find_map(|document| document.fingerprint().err())
        .unwrap_or_else(|| Failure::incomplete(escape(&error.to_string())))
}

/// Prints the places that differ.
pub(super) fn print(diff: &ArtifactDiff, screen: &mut Screen) -> Result<()> {
    let paint = screen.paint();
    let mut head = Line::of(paint::TITLE, escape(&diff.name));
    head.push(paint::DIM, format!("  {}", escape(&diff.kind)));
    match diff.state {
        ArtifactState::Same => head.push(paint::GOOD, "  same content"),
        _ => head.push(paint::DOUBTFUL, format!("  {}", diff.state)),
    }
    head.push(paint::DIM, hidden(diff.hidden));
    screen.print(&format!("{}\n", head.paint(paint)))?;
    let rows: Vec<_> = diff.changes.iter().map(place::change).collect();
    let width = rows.iter().map(|row| row[0].width()).max().unwrap_or(0).min(PLACE_WIDTH_MAX);
    for row in rows {
        let [mut place, what] = <[Line; 2]>::try_from(row).unwrap_or_default();
        place.pad(width);
        place.push(paint::DIM, "  ");
        place.extend(what);
        screen.print(&format!("  {}\n", place.clip(screen.width() - 2).paint(paint)))?;
    }
    if diff.omitted > 0 {
        screen.print(&format!("  … {} more\n", diff.omitted))?;
    }
    Ok(())
}

/// Places are aligned up to this many columns.
const PLACE_WIDTH_MAX: usize = 48;

/// How many fields were not looked into.
pub(super) fn hidden(count: u64) -> String {
    match usize::try_from(count).unwrap_or(usize::MAX) {
        0 => String::new(),
        count => {
            format!(
                "  ({} hidden; --volatile shows them)",
                plural(count, "volatile field", "volatile fields")
            )
        }
    }
}
