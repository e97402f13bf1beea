//! `proofmark replay`: the work of a run, done once more and compared.

mod recipe;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proofmark::Maybe;
use proofmark_artifacts::compare::{CompareOptions, compare_runs};
use proofmark_artifacts::{Bundle, RunId, RunStore, StoreErrorKind};

use crate::args::Runs;
use crate::cmd::diff;
use crate::failure::{Failure, Result, Verdict};
use crate::place::Place;
use crate::reference::{Opened, bundle, is_archive, unpacked};
use crate::render::text::escape;
use crate::screen::Screen;
use crate::store::{Recording, Store};
use recipe::{Part, Recipe, Work};

/// Does the work of a run once more, and compares the two
///
/// The statements are run again in order, with the profile, the settings and the tables of the run, in the directory in
/// which it was made. The new run leaves a bundle of its own. Ends with 100 when its content differs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark replay latest~1
  proofmark replay incident.zip --directory checkout")]
pub(crate) struct Args {
    /// The run: `latest`, `latest~N`, the start of an id, the directory of a bundle, or an archive of one
    #[arg(value_name = "RUN", default_value = "latest")]
    run: String,
    /// Where relative paths start; else the directory in which the run was made
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Say what would be run, and run nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    runs: Runs,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let place = self.place()?;
        let old = self.bundle(&Store::open(&place)?)?;
        let recipe = Recipe::of(&old, self.directory.as_deref())?;
        if self.dry_run {
            screen.print(&escape_lines(&recipe))?;
            return Ok(Verdict::Clean);
        }
        if cfg!(not(feature = "datafusion")) {
            return Err(Failure::usage("this build of proofmark has no engine to run a pipeline with")
                .with_help("build it with its default features: `cargo install proofmark-cli`"));
        }
        let recording = Recording::begin(&place)?;
        let new = rerun(recording.local(), &old.index().run_id, &recipe, screen)?;
        let diff = compare_runs(&old, &new, &CompareOptions::default());
        diff::print_runs(&diff, screen)?;
        let recorded = recording.finish(new.path(), screen);
        if matches!(place, Place::Url(_)) {
            screen.note(&format!("recorded in {}", escape(&recorded)));
        }
        Ok(if diff.differs() { Verdict::Findings } else { Verdict::Clean })
    }

    /// Where the runs are, by a path that is the same in every directory.
    fn place(&self) -> Result<Place> {
        Ok(match &self.runs.place {
            Place::Directory(path) => {
                let absolute = std::path::absolute(path);
                Place::Directory(absolute.map_err(|error| Failure::io("find", path, &error))?)
            }
            url @ Place::Url(_) => url.clone(),
        })
    }

    /// The run; one in an archive is put into the directory of runs first.
    fn bundle(&self, store: &Store) -> Result<Opened> {
        let path = Path::new(&self.run);
        let store = match store {
            _ if !is_archive(path) => return bundle(store, &self.run),
            Store::There(_) => return unpacked(path),
            Store::Here(store) => store,
        };
        let file = File::open(path).map_err(|error| Failure::io("read", path, &error))?;
        match store.unpack(BufReader::new(file)) {
            Ok(committed) => Ok(store.bundle(&committed.index.run_id)?.into()),
            // It was unpacked before: the path of the error is that of the run.
            Err(error) if error.kind() == StoreErrorKind::Exists => Ok(Bundle::open(error.path())?.into()),
            Err(error) => Err(error.into()),
        }
    }
}

fn escape_lines(recipe: &Recipe) -> String {
    let words: Vec<_> = recipe.arguments.iter().map(|word| escape(word).into_owned()).collect();
    let directory = escape(&recipe.directory.to_string_lossy()).into_owned();
    let parts: Vec<_> = recipe
        .parts
        .iter()
        .map(|part| match &part.work {
            Work::Sql(sql) => crate::render::text::escape_lines(sql).into_owned(),
            Work::Substrait { name, .. } => format!("{}\n", escape(name)),
        })
        .collect();
    format!("in {directory}\nproofmark {}\n{}\n", words.join(" "), parts.concat())
}

/// Writes each part to a file of its own; the files in order.
fn write_parts(recipe: &Recipe, dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let write = |(place, part): (usize, &Part)| {
        let number = if recipe.parts.len() == 1 { String::new() } else { format!("-{}", place + 1) };
        let (kind, ending, bytes) = match &part.work {
            Work::Sql(sql) => ("file", "sql", sql.as_bytes()),
            Work::Substrait { plan, .. } => ("substrait", "substrait", plan.as_slice()),
        };
        let file = format!("replay{number}.{ending}");
        std::fs::write(dir.join(&file), bytes)?;
        let Maybe::Set(step) = &part.step else { return Ok(dir.join(file)) };
        let pipeline = dir.join(format!("replay{number}.toml"));
        std::fs::write(&pipeline, one_step(step, kind, &file)?).map(|()| pipeline)
    };
    recipe.parts.iter().enumerate().map(write).collect()
}

/// A pipeline of one step, whose name holds no control character.
fn one_step(name: &str, kind: &str, file: &str) -> std::io::Result<String> {
    // Without control characters, text is written in TOML as it is in JSON.
    let name = proofmark::json::to_string(name).map_err(std::io::Error::other)?;
    Ok(format!("[[step]]\nname = {name}\n{kind} = \"{file}\"\n"))
}

/// Runs the recipe through our own `run`, and answers the bundle that it left.
fn rerun(store: &RunStore, old: &RunId, recipe: &Recipe, screen: &Screen) -> Result<Bundle> {
    let failed =
        |error: &std::io::Error| Failure::incomplete(format!("cannot run the statements again: {error}"));
    let before: BTreeSet<RunId> = store.ids()?.into_iter().collect();
    let place = tempfile::tempdir().map_err(|error| failed(&error))?;
    let files = write_parts(recipe, place.path()).map_err(|error| failed(&error))?;
    let program = std::env::current_exe().map_err(|error| failed(&error))?;
    let mut command = Command::new(program);
    command.args(&recipe.arguments).arg("--runs").arg(store.path());
    command.args(["--replay-of", old.as_str()]).args(&files);
    command.current_dir(&recipe.directory).stdin(Stdio::null()).stdout(Stdio::null());
    let output = command.output().map_err(|error| failed(&error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let left = store.ids()?.into_iter().find(|id| !before.contains(id));
    let Some(id) = left else {
        let said = crate::render::text::escape_lines(said.trim()).into_owned();
        return Err(Failure::incomplete("the statements left no bundle").with_note(said));
    };
    if !output.status.success() {
        screen.note(&crate::render::text::escape_lines(said.trim()));
    }
    Ok(store.bundle(&id)?)
}
