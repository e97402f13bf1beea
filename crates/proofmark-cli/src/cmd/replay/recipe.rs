//! What is to be run to do the work of a run once more, as its records tell it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proofmark::Maybe;
use proofmark_artifacts::{
    Artifact as _, AstArtifact, Bundle, Manifest, RuntimeProfileSnapshot, StatementAst, StatementRecord,
};

use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// The arguments of `proofmark`, the statements, and where relative paths start.
#[derive(Debug, PartialEq)]
pub(super) struct Recipe {
    pub(super) arguments: Vec<String>,
    pub(super) parts: Vec<Part>,
    pub(super) directory: PathBuf,
}

/// What becomes one file of statements.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    /// The step they belong to.
    pub(super) step: Maybe<String>,
    pub(super) work: Work,
}

/// The statements of a part.
#[derive(Debug, PartialEq)]
pub(super) enum Work {
    Sql(String),
    Substrait { name: String, plan: Vec<u8> },
}

impl Recipe {
    /// The recipe of a run.
    pub(super) fn of(bundle: &Bundle, directory: Option<&Path>) -> Result<Self> {
        let manifest: Manifest = bundle.read("manifest")?.decode()?;
        let profile =
            bundle.read("profile").ok().and_then(|stored| stored.decode::<RuntimeProfileSnapshot>().ok());
        if let Some(note) = manifest.notes.iter().find(|note| note.starts_with("redacted:")) {
            return Err(Failure::incomplete(format!("the run cannot be done again: {}", escape(note)))
                .with_help("replay it from an archive from which nothing was taken out"));
        }
        let parts = parts(&manifest.statements, &mut plans(bundle))?;
        Self::new(&manifest, profile.as_ref(), parts, directory)
    }

    fn new(
        manifest: &Manifest,
        profile: Option<&RuntimeProfileSnapshot>,
        parts: Vec<Part>,
        directory: Option<&Path>,
    ) -> Result<Self> {
        if manifest.statements.is_empty() {
            return Err(Failure::incomplete("the run has no statements to do again"));
        }
        let mut arguments = vec!["run".to_owned()];
        if let Some(profile) = profile {
            arguments.extend(["--profile".to_owned(), profile.name.clone()]);
        }
        for entry in &manifest.repro.config {
            // What a statement has set, it will set again.
            if let (Some(value), false) = (&entry.value, entry.origin == "statement") {
                arguments.extend(["--set".to_owned(), format!("{}={value}", entry.key)]);
            }
        }
        for (name, path) in &manifest.repro.tables {
            arguments.extend(["--table".to_owned(), table(name, path)]);
        }
        // How results are printed is part of what a run leaves.
        if let Some(format) = format(&manifest.repro.command) {
            arguments.extend(["--format".to_owned(), format.to_owned()]);
        }
        let directory = directory.map_or_else(|| recorded_directory(manifest), |dir| Ok(dir.to_owned()))?;
        Ok(Self { arguments, parts, directory })
    }
}

/// The statements in order, those of SQL that follow each other in one step in one part.
fn parts(statements: &[StatementRecord], plans: &mut BTreeMap<u32, Vec<u8>>) -> Result<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for statement in statements {
        let (name, step) = (statement.sql.clone(), statement.step.clone());
        let last = parts.last_mut().filter(|part| part.step == step).map(|part| &mut part.work);
        let work = match (&statement.substrait, last) {
            (Maybe::Set(_), _) => {
                let plan = plans.remove(&statement.index).ok_or_else(|| no_plan(&name))?;
                Work::Substrait { name, plan }
            }
            (Maybe::Unset, Some(Work::Sql(sql))) => {
                sql.push_str(&format!("{name}\n;\n"));
                continue;
            }
            (Maybe::Unset, _) => Work::Sql(format!("{name}\n;\n")),
        };
        parts.push(Part { step, work });
    }
    Ok(parts)
}

/// The plans that were given in place of SQL, by statement.
fn plans(bundle: &Bundle) -> BTreeMap<u32, Vec<u8>> {
    let Ok(stored) = bundle.read(AstArtifact::NAME) else { return BTreeMap::new() };
    let Ok(ast) = stored.decode::<AstArtifact<'_>>() else { return BTreeMap::new() };
    let plan = |statement: StatementAst<'_>| Some((statement.statement, statement.substrait.into_option()?));
    ast.statements.into_iter().filter_map(plan).collect()
}

fn no_plan(name: &str) -> Failure {
    Failure::incomplete(format!("the bundle does not hold the plan `{}`", escape(name)))
}

/// A table as `--table` takes it: quoted, a name means itself.
fn table(name: &str, path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    match name.starts_with(|c: char| !c.is_ascii_digit()) && name.chars().all(is_plain) {
        true => format!("{name}={path}"),
        false => format!("\"{}\"={path}", name.replace('"', "\"\"")),
    }
}

/// The format of a command line of `run`, where it names one.
fn format(command: &[String]) -> Option<&str> {
    let apart = command.windows(2).rfind(|pair| pair[0] == "--format").map(|pair| pair[1].as_str());
    apart.or_else(|| command.iter().rev().find_map(|word| word.strip_prefix("--format=")))
}

/// The directory in which the run was made, where that is still one.
fn recorded_directory(manifest: &Manifest) -> Result<PathBuf> {
    let Maybe::Set(directory) = &manifest.repro.working_directory else { return Ok(PathBuf::from(".")) };
    let path = PathBuf::from(directory);
    if path.is_dir() {
        return Ok(path);
    }
    let message = format!("the run was made in `{}`, which is not here", escape(directory));
    Err(Failure::incomplete(message).with_help("say where relative paths start: --directory DIR"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tables_mean_themselves() {
        let names = ["flights", "Flights", "a=b", "2024", "say \"x\""].map(|name| table(name, "p"));
        assert_eq!(names, ["flights=p", r#""Flights"=p"#, r#""a=b"=p"#, r#""2024"=p"#, r#""say ""x"""=p"#]);
    }

    #[test]
    fn the_format_is_found_however_it_was_given() {
        let found = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            format(&words).map(str::to_owned)
        };
        assert_eq!(found(&["proofmark", "run", "--format", "csv", "a.sql"]).as_deref(), Some("csv"));
        assert_eq!(found(&["proofmark", "run", "--format=json"]).as_deref(), Some("json"));
        assert_eq!(found(&["proofmark", "run", "--formats", "x", "--format"]), None);
    }
}
