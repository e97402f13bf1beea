//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cmd;
use crate::failure::{Result, Verdict};
use crate::screen::{Color, Screen};

const EXIT_CODES: &str = "\
Exit codes:
    0  done
    2  the command line makes no sense
  100  done, and something is wrong with what was looked at
  101  could not be done: a query failed, or a file is missing, damaged or not what it should be

Environment:
  PROOFMARK_RUNS            where runs are kept, unless --runs says so
  PROOFMARK_CURSORS         where cursors are kept; else in `cursors` beside the runs
  PROOFMARK_LOCKS           where the locks are, unless --locks says so
  PROOFMARK_PROFILES        the file of profiles, unless --profiles says so
  PROOFMARK_DIFF_TOOL       what `diff` shows two runs or records in, such as `difft`
  CHROMIUM                  the browser that draws `report --png`; else it is looked for on the path
  NO_COLOR, CLICOLOR_FORCE  no colours, colours also into pipes";

/// Records what a data engine did, and shows the records.
#[derive(Parser)]
#[command(name = "proofmark", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[cfg(feature = "datafusion")]
    Run(cmd::run::Args),
    #[cfg(not(feature = "datafusion"))]
    #[command(hide = true)]
    Run(cmd::no_engine::Args),
    #[cfg(feature = "ballista")]
    Cluster(cmd::cluster::Args),
    Ls(cmd::ls::Args),
    Show(cmd::show::Args),
    Report(cmd::report::Args),
    Diff(cmd::diff::Args),
    Verify(cmd::verify::Args),
    Prove(cmd::prove::Args),
    Bundle(cmd::bundle::Args),
    Replay(cmd::replay::Args),
    Cursor(cmd::cursor::Args),
    Prune(cmd::prune::Args),
    Push(cmd::push::Args),
    Pull(cmd::pull::Args),
    #[cfg(feature = "tables")]
    Tables(cmd::tables::Args),
    Ingest(cmd::ingest::Args),
    Convert(cmd::convert::Args),
    Schema(cmd::schema::Args),
    Lock(cmd::lock::Args),
    Compat(cmd::compat::Args),
    Explain(cmd::explain::Args),
    Gate(cmd::gate::Args),
    Lint(cmd::lint::Args),
    Review(cmd::review::Args),
    GitDriver(cmd::git_driver::Args),
    Completions(cmd::completions::Args),
}

impl Cli {
    /// Does what the command line says; the exit code.
    pub(crate) fn run(self) -> ExitCode {
        let mut screen = Screen::new(self.color);
        let ended = self.command.run(&mut screen);
        let ended = ended.and_then(|verdict| screen.flush().map(|()| verdict));
        match ended {
            Ok(verdict) => verdict.into(),
            Err(failure) => {
                // What was shown before the failure comes first; that it cannot be shown is no second failure.
                let _ = screen.flush();
                screen.fail(&failure);
                failure.exit_code()
            }
        }
    }
}

impl Command {
    fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match self {
            #[cfg(feature = "datafusion")]
            Self::Run(args) => args.run(screen),
            #[cfg(not(feature = "datafusion"))]
            Self::Run(args) => args.run(),
            #[cfg(feature = "ballista")]
            Self::Cluster(args) => args.run(screen),
            Self::Ls(args) => args.run(screen),
            Self::Show(args) => args.run(screen),
            Self::Report(args) => args.run(screen),
            Self::Diff(args) => args.run(screen),
            Self::Verify(args) => args.run(screen),
            Self::Prove(args) => args.run(screen),
            Self::Bundle(args) => args.run(screen),
            Self::Replay(args) => args.run(screen),
            Self::Cursor(args) => args.run(screen),
            Self::Prune(args) => args.run(screen),
            Self::Push(args) => args.run(screen),
            Self::Pull(args) => args.run(screen),
            #[cfg(feature = "tables")]
            Self::Tables(args) => args.run(screen),
            Self::Ingest(args) => args.run(screen),
            Self::Convert(args) => args.run(screen),
            Self::Schema(args) => args.run(screen),
            Self::Lock(args) => args.run(screen),
            Self::Compat(args) => args.run(screen),
            Self::Explain(args) => args.run(screen),
            Self::Gate(args) => args.run(screen),
            Self::Lint(args) => args.run(screen),
            Self::Review(args) => args.run(screen),
            Self::GitDriver(args) => args.run(screen),
            Self::Completions(args) => args.run(screen),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
