//! `run --incremental`: what changed since the last run.

use std::path::Path;

use proofmark_datafusion::Incremental;

use crate::args::Cursors;
use crate::failure::{Failure, Result};

/// Whether and from where changes are read.
#[derive(clap::Args)]
pub(super) struct Changes {
    /// Read `NAME_changes`, the changes of each Delta table NAME since the last such run
    #[arg(long)]
    incremental: bool,
    /// Whose position in the tables it is; the name of the first file, unless given
    #[arg(long, value_name = "NAME", requires = "incremental")]
    consumer: Option<String>,
    #[command(flatten)]
    pub(super) cursors: Cursors,
}

impl Changes {
    pub(super) fn options(&self, pipeline: Option<&Path>) -> Result<Option<Incremental>> {
        if !self.incremental {
            return Ok(None);
        }
        let stem = pipeline.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        let Some(consumer) = self.consumer.clone().or(stem).filter(|name| !name.is_empty()) else {
            return Err(Failure::usage(
                "statements without a file have no name to keep their position under",
            )
            .with_help("name it: --consumer NAME"));
        };
        Ok(Some(Incremental { cursors: self.cursors.open()?.of_runs(), consumer }))
    }
}
