//! One run of the command that is put to the proof.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::{Command, Stdio};

use proofmark_artifacts::proof::Perturbation;
use proofmark_artifacts::{Bundle, RunId, RunStore};

use super::elsewhere::Elsewhere;
use crate::failure::{Failure, Result};
use crate::render::text::{escape, escape_lines};

/// Characters of what a failed command said that are shown.
const SAID_CHARS_MAX: usize = 2_000;

/// The command, and where it leaves its bundles.
pub(super) struct Attempt<'a> {
    program: OsString,
    arguments: &'a [OsString],
    /// Whether it is our own `run`, which takes settings.
    is_ours: bool,
    store: &'a RunStore,
    /// One for all runs: between two runs elsewhere nothing is changed.
    elsewhere: OnceCell<Elsewhere>,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(command: &'a [OsString], store: &'a RunStore) -> Result<Self> {
        let failed =
            |error: &std::io::Error| Failure::incomplete(format!("cannot find this program: {error}"));
        let is_ours = command.first().is_some_and(|first| first == "run");
        if is_ours && command.iter().any(|argument| argument.to_string_lossy().starts_with("--runs")) {
            return Err(Failure::usage("`run` is told by `prove` where to leave its bundles")
                .with_help("say it before the `--`: `proofmark prove --runs DIR -- run ...`"));
        }
        let (program, arguments) = match command {
            [] => return Err(Failure::usage("there is no command to prove")),
            all if is_ours => {
                (std::env::current_exe().map_err(|error| failed(&error))?.into_os_string(), all)
            }
            [program, arguments @ ..] => (program.clone(), arguments),
        };
        Ok(Self { program, arguments, is_ours, store, elsewhere: OnceCell::new() })
    }

    /// Runs it, and answers the bundle that it left.
    pub(super) fn run(&self, perturbation: &Perturbation) -> Result<Bundle> {
        let before: BTreeSet<RunId> = self.store.ids()?.into_iter().collect();
        let elsewhere = match perturbation {
            Perturbation::Directory => Some(self.elsewhere()?),
            _ => None,
        };
        let output =
            self.command(perturbation, elsewhere).output().map_err(|error| self.not_started(&error))?;
        let left = self.store.ids()?.into_iter().find(|id| !before.contains(id));
        let Some(id) = left else {
            return Err(self.left_nothing(perturbation, &String::from_utf8_lossy(&output.stderr)));
        };
        Ok(self.store.bundle(&id)?)
    }

    fn elsewhere(&self) -> Result<&Elsewhere> {
        if let Some(made) = self.elsewhere.get() {
            return Ok(made);
        }
        let made = Elsewhere::new()?;
        Ok(self.elsewhere.get_or_init(|| made))
    }

    fn command(&self, perturbation: &Perturbation, elsewhere: Option<&Elsewhere>) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.arguments).stdin(Stdio::null());
        command.env("PROOFMARK_RUNS", self.store.path());
        if let Some((key, value)) = perturbation.setting() {
            if self.is_ours {
                command.arg("--set").arg(format!("{key}={value}"));
            } else {
                command.env(key.replace('.', "_").to_uppercase(), value);
            }
        }
        if let Some((name, value)) = perturbation.variable() {
            command.env(name, value);
        }
        if let Some(elsewhere) = elsewhere {
            command.current_dir(elsewhere.path());
        }
        command
    }

    fn not_started(&self, error: &std::io::Error) -> Failure {
        Failure::incomplete(format!("cannot start `{}`: {error}", escape(&self.program.to_string_lossy())))
    }

    fn left_nothing(&self, perturbation: &Perturbation, said: &str) -> Failure {
        let said: String = said.trim().chars().take(SAID_CHARS_MAX).collect();
        let message = format!("the run `{}` left no bundle", escape(&perturbation.to_string()));
        let failure = Failure::incomplete(message)
            .with_some_help((!self.is_ours).then(|| {
                "the command is to leave one in the directory that PROOFMARK_RUNS names".to_owned()
            }));
        if said.is_empty() {
            failure
        } else {
            failure.with_note(format!("it said:\n{}", escape_lines(&said)))
        }
    }
}
