//! `proofmark cluster`: a Ballista cluster of local processes, to try things out on.

mod part;
mod up;

use clap::Subcommand;

use crate::failure::{Result, Verdict};
use crate::screen::Screen;

/// Starts a cluster of processes on this machine
///
/// For a cluster that others depend on, start Ballista's own scheduler and executors; `run --engine` takes any.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark cluster up --executors 2
  proofmark run report.sql --engine ballista://127.0.0.1:50050")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Up(up::Args),
    #[command(hide = true)]
    Scheduler(part::Scheduler),
    #[command(hide = true)]
    Executor(part::Executor),
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        match self.command {
            Command::Up(args) => args.run(screen),
            Command::Scheduler(args) => args.run(),
            Command::Executor(args) => args.run(),
        }
    }
}
