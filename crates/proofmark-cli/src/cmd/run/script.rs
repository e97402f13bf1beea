//! The statements of a run, from files and from the command line, whose places can be told.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use proofmark_datafusion::{Position, Program, SUBSTRAIT_BYTES_MAX, SubstraitPlan, TableSpec};

use super::pipeline::{self, Pipeline, Step, Work};
use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// Most bytes of SQL that are read.
const SQL_BYTES_MAX: u64 = 16 << 20;

/// The ends of the names of files that hold a Substrait plan.
const PLAN_ENDINGS: [&str; 3] = [".substrait", ".substrait.json", ".pb"];

/// Texts and plans one after the other.
#[derive(Default)]
pub(super) struct Script {
    program: Program,
    tables: Vec<TableSpec>,
    parts: Vec<Part>,
    files: Vec<String>,
}

struct Part {
    /// What it is called: a path, `-`, a step, or `--command`.
    name: String,
    /// The line of the whole text at which it begins, from 1.
    first_line: u64,
}

impl Script {
    /// Reads the files, then takes the commands.
    pub(super) fn read(files: &[PathBuf], commands: &[String]) -> Result<Self> {
        let mut script = Self::default();
        for path in files {
            let name = path.to_string_lossy().into_owned();
            match name.as_str() {
                name if name.ends_with(pipeline::ENDING) => script.push_pipeline(path)?,
                name if PLAN_ENDINGS.iter().any(|ending| name.ends_with(ending)) => script.push_plan(path)?,
                _ => script.push_file(path)?,
            }
            script.files.push(name);
        }
        commands.iter().for_each(|command| script.push_sql("--command".to_owned(), command));
        Ok(script)
    }

    fn push_pipeline(&mut self, path: &Path) -> Result<()> {
        let pipeline = Pipeline::read(path)?;
        self.tables.extend(pipeline.tables);
        for Step { name, work } in pipeline.steps {
            self.program.begin_step(Some(&name));
            match work {
                Work::Sql(sql) => self.push_sql(format!("{}, step {name}", path.display()), &sql),
                Work::File(file) => self.push_file(&file)?,
                Work::Substrait(file) => self.push_plan(&file)?,
            }
        }
        self.program.begin_step(None);
        Ok(())
    }

    fn push_file(&mut self, path: &Path) -> Result<()> {
        self.push_sql(path.to_string_lossy().into_owned(), &read_sql(path)?);
        Ok(())
    }

    fn push_plan(&mut self, path: &Path) -> Result<()> {
        let first_line = self.program.push_plan(read_plan(path)?);
        self.parts.push(Part { name: path.to_string_lossy().into_owned(), first_line });
        Ok(())
    }

    fn push_sql(&mut self, name: String, sql: &str) {
        let first_line = self.program.push_sql(sql);
        self.parts.push(Part { name, first_line });
    }

    /// What is to be run.
    pub(super) fn program(&self) -> &Program {
        &self.program
    }

    /// The tables that pipelines name.
    pub(super) fn tables(&self) -> &[TableSpec] {
        &self.tables
    }

    /// The files by name, for the record.
    pub(super) fn label(&self) -> Option<PathBuf> {
        (!self.files.is_empty()).then(|| PathBuf::from(self.files.join(" + ")))
    }

    /// A place in the whole text as a place in its part: `pipeline.sql:3:7`.
    pub(super) fn place(&self, position: Position) -> String {
        let part = self.parts.iter().rev().find(|part| part.first_line <= position.line);
        let Some(part) = part else { return position.to_string() };
        format!("{}:{}:{}", part.name, position.line - part.first_line + 1, position.column)
    }
}

fn read_sql(path: &Path) -> Result<String> {
    let bytes = read(path, SQL_BYTES_MAX, "SQL")?;
    String::from_utf8(bytes).map_err(|error| {
        let message = format!(
            "`{}` is not text: byte {} is not UTF-8",
            path.display(),
            error.utf8_error().valid_up_to()
        );
        Failure::incomplete(message).with_help("a Substrait plan is known by its name: FILE.substrait")
    })
}

fn read_plan(path: &Path) -> Result<SubstraitPlan> {
    let bytes = read(path, SUBSTRAIT_BYTES_MAX as u64, "plan")?;
    SubstraitPlan::read(&bytes).map_err(|error| {
        let message = format!("{}: {}", path.display(), escape(error.message()));
        Failure::incomplete(message).with_some_help(error.help().map(str::to_owned))
    })
}

fn read(path: &Path, bytes_max: u64, what: &str) -> Result<Vec<u8>> {
    let failed = |error: &io::Error| Failure::io("read", path, error);
    let input: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(path).map_err(|error| failed(&error))?)
    };
    let mut bytes = Vec::new();
    input.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > bytes_max {
        let message = format!("`{}` has more than {bytes_max} bytes of {what}", path.display());
        return Err(Failure::incomplete(message).with_help("split it into several runs"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_in_the_text_it_is_in() {
        let mut script = Script::default();
        for (name, sql) in [("a.sql", "one\ntwo -- no end"), ("b.sql", "three\n")] {
            script.push_sql(name.to_owned(), sql);
        }
        script.push_sql("--command".to_owned(), "four");
        let place = |needle: &str| {
            let sql = script.program().sql();
            let at = sql.find(needle).unwrap();
            let line = sql[..at].matches('\n').count() as u64 + 1;
            script.place(Position { line, column: 1 })
        };
        assert_eq!(
            ["one", "two", "three", "four"].map(place),
            ["a.sql:1:1", "a.sql:2:1", "b.sql:1:1", "--command:1:1"]
        );
    }
}
