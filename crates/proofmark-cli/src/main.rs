//! The command `proofmark`: runs pipelines, and reads the records that runs leave.

mod args;
mod catalogue;
mod cli;
mod cmd;
mod document;
mod failure;
mod node;
mod path;
mod place;
mod reference;
mod render;
mod screen;
mod store;
mod suggest;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::Cli::parse().run()
}
