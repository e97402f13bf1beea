//! `proofmark push`: runs, sent to where others find them.

use proofmark_artifacts::{BundleIndex, StoreErrorKind};

use crate::args::Runs;
use crate::failure::{Result, Verdict};
use crate::place::Place;
use crate::reference::{Opened, bundle};
use crate::render::quantity;
use crate::render::text::{escape, plural};
use crate::screen::Screen;
use crate::store::{Remote, Store};

/// Sends runs to an object store
///
/// Each artifact is checked against its digest before it is sent, and the index goes last: nobody sees half a run. A run
/// that is there already is left alone, and a push that was cut off goes on where it was when it is tried again.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark push s3://team/runs                  the latest run
  proofmark push s3://team/runs latest~1 k3f9
  proofmark push file:///mnt/team/runs --all")]
pub(crate) struct Args {
    /// Where to: s3://BUCKET/PREFIX, file:///DIR, or a directory
    #[arg(value_name = "TO", value_parser = Place::parser())]
    to: Place,
    /// The runs: `latest`, `latest~N`, the start of an id, the directory of a bundle, or an archive of one
    #[arg(value_name = "RUN", default_value = "latest", conflicts_with = "all")]
    run: Vec<String>,
    /// All runs, the oldest first
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    runs: Runs,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let to = Remote::open(&self.to.to_url()?)?;
        let from = self.runs.open()?;
        for name in self.names(&from)? {
            let run = bundle(&from, &name)?;
            let is_sent = push(&run, &to)?;
            let line =
                if is_sent { copied(run.index(), "pushed", "to", &to) } else { left(run.index(), "there") };
            screen.print(&line)?;
        }
        Ok(Verdict::Clean)
    }

    fn names(&self, from: &Store) -> Result<Vec<String>> {
        if !self.all {
            return Ok(self.run.clone());
        }
        // Who looks meanwhile sees no later run without the earlier ones.
        Ok(from.ids()?.iter().rev().map(ToString::to_string).collect())
    }
}

/// Sends a run; `false` when the same run is there already.
fn push(run: &Opened, to: &Remote) -> Result<bool> {
    match to.index(&run.index().run_id) {
        Ok(index) if index == *run.index() => return Ok(false),
        // Another run of that id is found by the push itself, which says so.
        Ok(_) => {}
        Err(error) if matches!(error.kind(), StoreErrorKind::NotFound | StoreErrorKind::Damaged) => {}
        Err(error) => return Err(error.into()),
    }
    to.push(run).map_err(|failure| failure.told_of(run))?;
    Ok(true)
}

/// A run that was copied.
pub(super) fn copied(index: &BundleIndex, done: &str, way: &str, place: &Remote) -> String {
    let (run, size) = (index.run_id.short(), size(index));
    format!("{done} run {run}, {size}, {way} {}\n", escape(&place.name()))
}

/// A run that had not to be.
pub(super) fn left(index: &BundleIndex, place: &str) -> String {
    format!("run {} is {place} already, {}\n", index.run_id.short(), size(index))
}

fn size(index: &BundleIndex) -> String {
    let count = plural(index.artifacts.len(), "artifact", "artifacts");
    format!("{count}, {}", quantity::bytes(index.bytes()))
}
