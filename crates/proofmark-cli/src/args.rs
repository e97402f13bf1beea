//! Arguments that several commands share.

use std::path::PathBuf;

use clap::ValueEnum;
use proofmark_artifacts::Codec;
use proofmark_contract::lock::{self, Lock};

use crate::catalogue::catalogue;
use crate::cmd::lock::contract;
use crate::failure::{Failure, Result};
use crate::place::Place;
use crate::store::{self, Store};

/// Where the runs are.
#[derive(clap::Args)]
pub(crate) struct Runs {
    /// The directory of the runs, or the URL of their place in an object store: s3://BUCKET/PREFIX, file:///DIR
    #[arg(
        id = "runs",
        long,
        value_name = "DIR|URL",
        env = "PROOFMARK_RUNS",
        default_value = "runs",
        hide_env = true,
        value_parser = Place::parser()
    )]
    pub(crate) place: Place,
}

impl Runs {
    /// The runs there.
    pub(crate) fn open(&self) -> Result<Store> {
        Store::open(&self.place)
    }
}

/// Where the cursors are.
#[derive(clap::Args)]
pub(crate) struct Cursors {
    /// The directory or the URL of the cursors [default: `cursors` beside the runs]
    #[arg(
        long,
        value_name = "DIR|URL",
        env = "PROOFMARK_CURSORS",
        hide_env = true,
        value_parser = Place::parser()
    )]
    cursors: Option<Place>,
    #[command(flatten)]
    pub(crate) runs: Runs,
}

impl Cursors {
    /// The cursors there.
    pub(crate) fn open(&self) -> Result<store::Cursors> {
        match &self.cursors {
            Some(place) => store::Cursors::open(place),
            None => store::Cursors::beside(&self.runs.place),
        }
    }
}

/// A format of stored records, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON.
    Json,
    /// MessagePack.
    Msgpack,
}

impl From<Format> for Codec {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Msgpack => Self::MessagePack,
        }
    }
}

/// How a command says what it found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    #[default]
    Text,
    /// A record
    Json,
}

/// Where the locks are.
#[derive(clap::Args)]
pub(crate) struct Locks {
    /// The directory of the lock files
    #[arg(
        id = "locks",
        long,
        value_name = "DIR",
        env = "PROOFMARK_LOCKS",
        default_value = "contracts",
        hide_env = true
    )]
    pub(crate) dir: PathBuf,
}

/// Whose records are looked at.
#[derive(clap::Args)]
pub(crate) struct Now {
    /// Look at the locks of a directory, rather than at the records of this command
    #[arg(long, value_name = "DIR")]
    now: Option<PathBuf>,
}

impl Now {
    /// Whether they are the records of this command.
    pub(crate) fn is_ours(&self) -> bool {
        self.now.is_none()
    }

    /// The locks, in the order of the catalogue or of their names.
    pub(crate) fn locks(&self) -> Result<Vec<Lock>> {
        let locks = match &self.now {
            Some(dir) => lock::read_dir(dir),
            None => catalogue().locks(),
        };
        let locks = locks.map_err(contract)?;
        match &self.now {
            Some(dir) if locks.is_empty() => {
                Err(Failure::incomplete(format!("there are no locks in `{}`", dir.display())))
            }
            _ => Ok(locks),
        }
    }
}
