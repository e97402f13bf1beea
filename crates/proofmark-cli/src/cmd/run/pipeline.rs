//! A pipeline as a TOML file: steps by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proofmark::{Maybe, Record};
use proofmark_artifacts::options::{Layers, OptionsError};
use proofmark_datafusion::{Error, TableSpec};

use crate::failure::{Failure, Result};
use crate::render::text::{escape, escape_lines};

/// The end of the name of a file that holds a pipeline.
pub(super) const ENDING: &str = ".toml";

/// A pipeline as it is written.
#[derive(Record, Clone, Debug, PartialEq)]
struct File {
    /// Files and directories to read, by the names of their tables.
    #[field(default, max_len = 1_000)]
    tables: BTreeMap<String, String>,
    /// The steps, in order.
    #[field(rename = "step", min_len = 1, max_len = 1_000)]
    steps: Vec<WrittenStep>,
}

/// A step as it is written: a name, and one of the three.
#[derive(Record, Clone, Debug, PartialEq)]
struct WrittenStep {
    #[field(max_len = 100, pattern = r"^\P{Cc}+$")]
    name: String,
    /// Statements.
    sql: Maybe<String>,
    /// A file of statements.
    file: Maybe<String>,
    /// A file with a Substrait plan.
    substrait: Maybe<String>,
}

/// A pipeline, its paths as seen from where the command runs.
#[derive(Debug, PartialEq)]
pub(super) struct Pipeline {
    pub(super) tables: Vec<TableSpec>,
    pub(super) steps: Vec<Step>,
}

/// One step.
#[derive(Debug, PartialEq)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) work: Work,
}

/// What a step does.
#[derive(Debug, PartialEq)]
pub(super) enum Work {
    Sql(String),
    File(PathBuf),
    Substrait(PathBuf),
}

impl Pipeline {
    /// Reads a pipeline; relative paths in it start where it lies.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let file = Self::decode(path).map_err(|error| {
            let (message, place) = (error.to_string(), path.to_string_lossy());
            // What is missing from the file as a whole has no line of it.
            let is_placed = message.contains(&*place);
            Failure::usage(escape_lines(&if is_placed { message } else { format!("{place}: {message}") }))
        })?;
        let home = path.parent().unwrap_or(Path::new(""));
        let refused =
            |message: String| Failure::usage(format!("{}: {message}", escape(&path.to_string_lossy())));
        Self::of(file, home).map_err(refused)
    }

    fn decode(path: &Path) -> Result<File, OptionsError> {
        let mut layers = Layers::new();
        layers.toml_file(path)?;
        layers.decode()
    }

    fn of(file: File, home: &Path) -> Result<Self, String> {
        let mut names = BTreeSet::new();
        if let Some(twice) = file.steps.iter().find(|step| !names.insert(&step.name)) {
            return Err(format!("two steps are called `{}`", escape(&twice.name)));
        }
        let tables = file.tables.iter().map(|(name, path)| table(name, path, home));
        let tables = tables.collect::<Result<_, _>>()?;
        let steps = file.steps.into_iter().map(|step| Step::of(step, home));
        Ok(Self { tables, steps: steps.collect::<Result<_, _>>()? })
    }
}

/// A table as `--table` names it, its path as seen from where the command runs.
fn table(name: &str, path: &str, home: &Path) -> Result<TableSpec, String> {
    // The first `=` would end the name.
    let quoted =
        if name.contains('=') { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.to_owned() };
    let spec: TableSpec = format!("{quoted}={path}")
        .parse()
        .map_err(|error: Error| format!("table `{}`: {}", escape(name), escape(error.message())))?;
    Ok(TableSpec { path: home.join(spec.path), ..spec })
}

impl Step {
    fn of(step: WrittenStep, home: &Path) -> Result<Self, String> {
        let work = match (step.sql, step.file, step.substrait) {
            (Maybe::Set(sql), Maybe::Unset, Maybe::Unset) => Work::Sql(sql),
            (Maybe::Unset, Maybe::Set(file), Maybe::Unset) => Work::File(home.join(file)),
            (Maybe::Unset, Maybe::Unset, Maybe::Set(plan)) => Work::Substrait(home.join(plan)),
            (Maybe::Unset, Maybe::Unset, Maybe::Unset) => {
                return Err(Self::refused(&step.name, "none of them"));
            }
            _ => return Err(Self::refused(&step.name, "more than one")),
        };
        Ok(Self { name: step.name, work })
    }

    fn refused(name: &str, found: &str) -> String {
        format!("step `{}`: expected one of `sql`, `file` and `substrait`, found {found}", escape(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Pipeline, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p.toml");
        std::fs::write(&path, text).unwrap();
        let place = dir.path().to_string_lossy().into_owned();
        Pipeline::read(&path).map_err(|failure| failure.to_string().replace(&place, "DIR"))
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        assert_eq!(read(text).unwrap_err(), expected);
    }

    #[test]
    fn steps_are_in_order_and_paths_start_where_the_pipeline_lies() {
        let text = "
            step = [
                { name = 'a', sql = 'select 1' },
                { name = 'b', file = 'b.sql' },
                { name = 'c', substrait = '/plans/c.substrait' },
            ]";
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p.toml");
        std::fs::write(&path, text).unwrap();
        let pipeline = Pipeline::read(&path).unwrap();
        let works: Vec<_> = pipeline.steps.into_iter().map(|step| (step.name, step.work)).collect();
        let expected = [
            ("a".to_owned(), Work::Sql("select 1".to_owned())),
            ("b".to_owned(), Work::File(dir.path().join("b.sql"))),
            ("c".to_owned(), Work::Substrait("/plans/c.substrait".into())),
        ];
        assert_eq!(works, expected);
    }

    #[test]
    fn tables_are_named_as_the_command_line_names_them() {
        let text = "
            step = [{ name = 'a', sql = 'select 1' }]
            [tables]
            Flights = 'data/flights.parquet'
            'a=b' = '/data'";
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("p.toml");
        std::fs::write(&path, text).unwrap();
        let tables: Vec<_> = Pipeline::read(&path).unwrap().tables;
        let expected = [
            TableSpec { name: "flights".to_owned(), path: dir.path().join("data/flights.parquet") },
            TableSpec { name: "a=b".to_owned(), path: "/data".into() },
        ];
        assert_eq!(tables, expected);
    }

    #[test]
    fn what_is_no_pipeline_is_refused_with_its_place() {
        check_refused("", "DIR/p.toml: $ (default): expected a key `step`, found none");
        check_refused("step = []", "$.step (DIR/p.toml:1): expected `array` of length >= 1, found []");
        check_refused(
            "[[step]]\nname = 'a'\nsqll = 'x'",
            "$.step[0].sqll (DIR/p.toml:3): expected `name`, `sql`, `file` or `substrait`, found an unknown key; \
             did you mean `sql`?",
        );
        check_refused(
            "[[step]]\nname = 'a'",
            "DIR/p.toml: step `a`: expected one of `sql`, `file` and `substrait`, found none of them",
        );
        check_refused(
            "[[step]]\nname = 'a'\nsql = 'x'\nfile = 'y'",
            "DIR/p.toml: step `a`: expected one of `sql`, `file` and `substrait`, found more than one",
        );
        check_refused(
            "[[step]]\nname = 'a'\nsql = 'x'\n[[step]]\nname = 'a'\nsql = 'y'",
            "DIR/p.toml: two steps are called `a`",
        );
        let tables = |line: &str| format!("step = [{{ name = 'a', sql = 'x' }}]\n[tables]\n{line}");
        check_refused(&tables("t = ''"), "DIR/p.toml: table `t`: table `t` has an empty path");
        check_refused(&tables("t = 1"), "$.tables.t (DIR/p.toml:3): expected `str`, found 1");
    }
}
