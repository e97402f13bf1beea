//! `proofmark pull`: runs, brought from where others left them.

use proofmark_artifacts::{Bundle, BundleIndex, RunId, RunStore};

use super::push::{copied, left};
use crate::args::Runs;
use crate::failure::{Failure, Result, Verdict};
use crate::place::Place;
use crate::render::text::escape;
use crate::screen::Screen;
use crate::store::Remote;

/// Brings runs from an object store
///
/// Each artifact is checked against its digest, and a run is put in place when all of it is there. A run that is here
/// already is left alone.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark pull s3://team/runs                  the latest run
  proofmark pull s3://team/runs latest~1 k3f9 --runs incidents
  proofmark pull file:///mnt/team/runs --all")]
pub(crate) struct Args {
    /// Where from: s3://BUCKET/PREFIX, file:///DIR, or a directory
    #[arg(value_name = "FROM", value_parser = Place::parser())]
    from: Place,
    /// The runs: `latest`, `latest~N`, or the start of an id
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
        let from = Remote::open(&self.from.to_url()?)?;
        let here = RunStore::new(self.runs.place.directory()?);
        for id in self.ids(&from)? {
            let (index, is_brought) = pull(&id, &from, &here)?;
            let line =
                if is_brought { copied(&index, "pulled", "from", &from) } else { left(&index, "here") };
            screen.print(&line)?;
        }
        Ok(Verdict::Clean)
    }

    fn ids(&self, from: &Remote) -> Result<Vec<RunId>> {
        if self.all {
            return Ok(from.ids()?.into_iter().rev().collect());
        }
        self.run.iter().map(|name| Ok(from.resolve(name)?)).collect()
    }
}

/// Brings a run; also whether it had to be: the same one may be here already, and then it has to be whole.
fn pull(id: &RunId, from: &Remote, here: &RunStore) -> Result<(BundleIndex, bool)> {
    let place = here.path().join(id.as_str());
    if !place.exists() {
        from.pull(id, here)?;
        return Ok((here.bundle(id)?.index().clone(), true));
    }
    let name = place.to_string_lossy();
    let bundle = Bundle::open(&place).map_err(|error| Failure::from(error).with_help(instead(&name)))?;
    if *bundle.index() != from.index(id)? {
        let message = format!("`{}` is another run of that id", escape(&name));
        return Err(Failure::incomplete(message).with_help(instead(&name)));
    }
    match bundle.verify().into_iter().next() {
        Some(error) => Err(Failure::from(error).with_help(instead(&name))),
        None => Ok((bundle.index().clone(), false)),
    }
}

fn instead(name: &str) -> String {
    format!("remove `{}`, and it is brought again", escape(name))
}
