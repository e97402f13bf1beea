//! Another viewer: both sides as JSON files, given to a program.

use std::fs;
use std::path::Path;
use std::process::Command;

use proofmark::json::Indent;
use proofmark_artifacts::compare::{VolatileFields, content_value};
use proofmark_artifacts::{Bundle, path_part};

use crate::document::{self, Document, to_json};
use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// Shows two runs as two directories with a file per artifact.
pub(super) fn show_runs(command: &str, old: &Bundle, new: &Bundle, fields: VolatileFields) -> Result<()> {
    let dir = temporary()?;
    for (side, bundle) in [("old", old), ("new", new)] {
        let place = dir.path().join(side);
        fs::create_dir(&place).map_err(|error| Failure::io("make", &place, &error))?;
        for entry in &bundle.index().artifacts {
            let document = Document::of_bundle(bundle, &entry.name)?;
            write(&place.join(format!("{}.json", path_part(&entry.name))), &document, fields)?;
        }
    }
    start(command, dir.path(), "old", "new")
}

/// Shows two records as two files.
pub(super) fn show_records(
    command: &str,
    old: &Document,
    new: &Document,
    fields: VolatileFields,
) -> Result<()> {
    let dir = temporary()?;
    write(&dir.path().join("old.json"), old, fields)?;
    write(&dir.path().join("new.json"), new, fields)?;
    start(command, dir.path(), "old.json", "new.json")
}

fn temporary() -> Result<tempfile::TempDir> {
    tempfile::tempdir().map_err(|error| Failure::incomplete(format!("cannot make a directory: {error}")))
}

fn write(path: &Path, document: &Document, fields: VolatileFields) -> Result<()> {
    let value = match document.row {
        Some(row) => content_value(row, (&document.bytes, document.codec), fields)
            .map_err(|error| Failure::incomplete(escape(&error.to_string())))?,
        None => document.json_value()?,
    };
    let mut json = document::layout(&to_json(&value)?, Indent::Spaces(2))?;
    json.push(b'\n');
    fs::write(path, json).map_err(|error| Failure::io("write", path, &error))
}

/// Runs the viewer in the directory, with the names of both sides after its own arguments. How it ends says nothing:
/// viewers end with other codes where their inputs differ.
fn start(command: &str, dir: &Path, old: &str, new: &str) -> Result<()> {
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).args([old, new]).current_dir(dir).status();
    status.map(drop).map_err(|error| {
        let message = format!("cannot start `{}`: {error}", escape(program));
        Failure::incomplete(message)
            .with_help("PROOFMARK_DIFF_TOOL and --tool name a program and its arguments")
    })
}
