//! `proofmark completions`: what a shell needs to complete our command line.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::failure::{Result, Verdict};
use crate::screen::Screen;

/// Prints completions for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark completions bash > ~/.local/share/bash-completion/completions/proofmark
  proofmark completions fish > ~/.config/fish/completions/proofmark.fish")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "proofmark", &mut script);
        screen.print_data(&script)?;
        Ok(Verdict::Clean)
    }
}
