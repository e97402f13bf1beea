//! `proofmark run` in a build without an engine.

use std::ffi::OsString;

use crate::failure::{Failure, Result, Verdict};

/// Runs a pipeline; not in this build
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _ignored: Vec<OsString>,
}

impl Args {
    pub(crate) fn run(self) -> Result<Verdict> {
        let failure = Failure::usage("this build of proofmark has no engine to run a pipeline with");
        Err(failure.with_help("build it with its default features: `cargo install proofmark-cli`"))
    }
}
