//! The statements of a run, from files and from the command line, as one text whose places can be told.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use proofmark_datafusion::Position;

use crate::failure::{Failure, Result};

/// Most bytes of SQL that are read.
const SQL_BYTES_MAX: u64 = 16 << 20;

/// Texts one after the other.
pub(super) struct Script {
    sql: String,
    parts: Vec<Part>,
}

struct Part {
    /// What it is called: a path, `-`, or `--command`.
    name: String,
    /// The line of the whole text at which it begins, from 1.
    first_line: u64,
    is_file: bool,
}

impl Script {
    /// Reads the files, then takes the commands.
    pub(super) fn read(files: &[PathBuf], commands: &[String]) -> Result<Self> {
        let mut script = Self { sql: String::new(), parts: Vec::new() };
        for path in files {
            let text = read(path)?;
            script.push(path.to_string_lossy().into_owned(), true, &text);
        }
        commands.iter().for_each(|command| script.push("--command".to_owned(), false, command));
        Ok(script)
    }

    fn push(&mut self, name: String, is_file: bool, text: &str) {
        if !self.sql.is_empty() {
            // A text need not end its last statement, and may end inside a comment of one line.
            self.sql.push_str("\n;\n");
        }
        let first_line = self.sql.matches('\n').count() as u64 + 1;
        self.parts.push(Part { name, first_line, is_file });
        self.sql.push_str(text);
    }

    /// The whole text.
    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The files by name, for the record.
    pub(super) fn label(&self) -> Option<PathBuf> {
        let names: Vec<_> =
            self.parts.iter().filter(|part| part.is_file).map(|part| part.name.as_str()).collect();
        (!names.is_empty()).then(|| PathBuf::from(names.join(" + ")))
    }

    /// A place in the whole text as a place in its part: `pipeline.sql:3:7`.
    pub(super) fn place(&self, position: Position) -> String {
        let part = self.parts.iter().rev().find(|part| part.first_line <= position.line);
        let Some(part) = part else { return position.to_string() };
        format!("{}:{}:{}", part.name, position.line - part.first_line + 1, position.column)
    }
}

fn read(path: &Path) -> Result<String> {
    let failed = |error: &io::Error| Failure::io("read", path, error);
    let input: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(path).map_err(|error| failed(&error))?)
    };
    let mut text = String::new();
    input.take(SQL_BYTES_MAX + 1).read_to_string(&mut text).map_err(|error| failed(&error))?;
    if text.len() as u64 > SQL_BYTES_MAX {
        let message = format!("`{}` has more than {SQL_BYTES_MAX} bytes of SQL", path.display());
        return Err(Failure::incomplete(message).with_help("split it into several runs"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_in_the_text_it_is_in() {
        let mut script = Script { sql: String::new(), parts: Vec::new() };
        script.push("a.sql".to_owned(), true, "one\ntwo -- no end");
        script.push("b.sql".to_owned(), true, "three\n");
        script.push("--command".to_owned(), false, "four");
        let place = |needle: &str| {
            let at = script.sql().find(needle).unwrap();
            let line = script.sql()[..at].matches('\n').count() as u64 + 1;
            script.place(Position { line, column: 1 })
        };
        assert_eq!(
            ["one", "two", "three", "four"].map(place),
            ["a.sql:1:1", "a.sql:2:1", "b.sql:1:1", "--command:1:1"]
        );
        assert_eq!(script.label(), Some(PathBuf::from("a.sql + b.sql")));
    }
}
