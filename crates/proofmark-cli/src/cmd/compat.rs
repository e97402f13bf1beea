//! `proofmark compat`: what changed since some time before, and for whom that breaks.

pub(super) mod baseline;
mod corpus;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;
use proofmark_contract::class::Level;
use proofmark_contract::compat::{FailOn, Gate, Outcome};
use proofmark_contract::report;

use super::lock::contract;
use super::review::ledger;
use crate::args::{Locks, Now};
use crate::failure::{Result, Verdict};
use crate::screen::Screen;

/// Judges every change of the records: what it breaks, in which format, in which direction, shown by bytes
///
/// Each change is made alone to the locks of then, and both releases are replayed: values are written by one and read by
/// the other. A change that is accepted and means something else is `silent`, which is worse than `breaking`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    locks: Locks,

    /// What to compare with: a directory of locks or a git revision; else the present locks and all releases
    #[arg(long, value_name = "DIR|REV")]
    against: Vec<String>,

    #[command(flatten)]
    now: Now,

    /// Runs whose records are read with each change made, to see how many it hits
    #[arg(long, value_name = "RUNS")]
    corpus: Option<PathBuf>,

    /// How many of them, the latest first
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "corpus")]
    sample: usize,

    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// End with 100 on this level and worse; else on what the use of a record forbids
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Severity>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A record
    Json,
    /// For the security views of code hosts
    Sarif,
    /// For build servers
    Junit,
    /// For workflows of GitHub
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Severity {
    Representation,
    BackwardOnly,
    ForwardOnly,
    Breaking,
    Silent,
}

impl Severity {
    const fn level(self) -> Level {
        match self {
            Self::Representation => Level::Representation,
            Self::BackwardOnly => Level::BackwardOnly,
            Self::ForwardOnly => Level::ForwardOnly,
            Self::Breaking => Level::Breaking,
            Self::Silent => Level::Silent,
        }
    }
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let now = self.now.locks()?;
        let baselines = if self.against.is_empty() {
            baseline::kept(&self.locks)?
        } else {
            let named = self.against.iter().map(|name| baseline::named(name, &self.locks));
            named.collect::<Result<_>>()?
        };
        let gate = Gate {
            fail_on: self.fail_on.map_or(FailOn::Policy, |severity| FailOn::Level(severity.level())),
            accepted: ledger::read(&self.locks.dir)?,
            corpus: self
                .corpus
                .as_deref()
                .map_or_else(|| Ok(Vec::new()), |runs| corpus::read(runs, self.sample))?,
            today: jiff::Zoned::now().date().to_string(),
        };
        let outcome = gate.compare(&now, &baselines);
        self.print(&outcome, screen)?;
        Ok(if outcome.fails() { Verdict::Findings } else { Verdict::Clean })
    }

    fn print(&self, outcome: &Outcome, screen: &mut Screen) -> Result<()> {
        match self.format {
            Format::Text => text::print(outcome, screen),
            Format::Json => screen.print_json(report::json(outcome).map_err(contract)?.as_bytes()),
            Format::Sarif => screen.print_json(report::sarif(outcome).map_err(contract)?.as_bytes()),
            Format::Junit => screen.print_data(report::junit(outcome).as_bytes()),
            Format::Github => screen.print_data(report::github(outcome).as_bytes()),
        }
    }
}
