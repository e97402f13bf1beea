//! `proofmark compat`: what changed since some time before, and for whom that breaks.

pub(super) mod baseline;
pub(super) mod bundle;
mod corpus;
mod text;

use std::path::Path;

use clap::ValueEnum;
use proofmark_contract::Registry;
use proofmark_contract::class::Level;
use proofmark_contract::compat::{Baseline, Bump, FailOn, Gate, ledger};
use proofmark_contract::report::{self, CompatReport};
use proofmark_contract::verdict::Stored;

use super::lock::contract;
use crate::args::{Locks, Now, Runs};
use crate::catalogue::catalogue;
use crate::failure::{Result, Verdict};
use crate::place::Place;
use crate::reference::Opened;
use crate::screen::Screen;

/// Judges every change of the records, and shows by bytes what it breaks
///
/// Verdicts are per format and direction. Each change is made alone to the locks of then, and both releases are replayed: values are written by one and read by
/// the other. A change that is accepted and means something else is `silent`, which is worse than `breaking`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    locks: Locks,

    /// What to compare with, instead of the present locks and all releases
    ///
    /// A directory of locks, a release, a git revision, or a run. Of a run (`latest`, the start of its id, or its directory), the records in it are judged against the locks of the
    /// release that wrote it, and each of them is read.
    #[arg(long, value_name = "DIR|RELEASE|REV|RUN")]
    against: Vec<String>,

    #[command(flatten)]
    runs: Runs,

    #[command(flatten)]
    now: Now,

    /// Runs of which to count the records that each change hits
    #[arg(long, value_name = "RUNS", value_parser = Place::parser())]
    corpus: Option<Place>,

    /// How many of them, the latest first
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "corpus")]
    sample: usize,

    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// End with 100 on this level and worse
    ///
    /// Without it, on what the use of a record forbids, and on every silent change.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Severity>,

    /// End with 100 on what needs a greater step of the version
    ///
    /// What the use of a record forbids needs a major one, what a reader could tell otherwise a minor one. Silent changes
    /// end with 100 under any.
    #[arg(long, value_enum, value_name = "STEP", conflicts_with = "fail_on")]
    release_type: Option<ReleaseType>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A record, `compat_report`
    Json,
    /// For the security views of code hosts
    Sarif,
    /// For build servers
    Junit,
    /// For workflows of GitHub
    Github,
    /// For the code quality report of GitLab
    Gitlab,
    /// For a comment on a change
    Markdown,
}

/// A step of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReleaseType {
    Patch,
    Minor,
    Major,
}

impl ReleaseType {
    const fn bump(self) -> Bump {
        match self {
            Self::Patch => Bump::Patch,
            Self::Minor => Bump::Minor,
            Self::Major => Bump::Major,
        }
    }
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

/// Each run of an object store would be downloaded again with each check.
fn corpus_dir(runs: &Place) -> Result<&Path> {
    let help = "`proofmark pull URL --all` brings them into a directory";
    runs.directory().map_err(|failure| failure.with_help(help))
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let now = self.now.locks()?;
        let (baselines, corpus) = self.before()?;
        let gate = Gate {
            fail_on: self.fails_on(),
            accepted: ledger::read(&self.locks.dir).map_err(contract)?,
            corpus,
            // The locks of others come without their code.
            code: if self.now.is_ours() { catalogue() } else { Registry::new() },
            today: jiff::Zoned::now().date().to_string(),
        };
        let dir = self.locks.dir.to_string_lossy();
        let report = CompatReport::of(&gate.compare(&now, &baselines), dir.trim_end_matches('/'));
        self.print(&report, screen)?;
        Ok(if report.fails { Verdict::Findings } else { Verdict::Clean })
    }

    fn fails_on(&self) -> FailOn {
        match (self.fail_on, self.release_type) {
            (Some(severity), _) => FailOn::Level(severity.level()),
            (None, Some(step)) => FailOn::Needs(step.bump()),
            (None, None) => FailOn::Policy,
        }
    }

    /// What to compare with, and the stored records to look at.
    fn before(&self) -> Result<(Vec<Baseline>, Vec<Stored>)> {
        let mut baselines = Vec::new();
        let mut stored = match &self.corpus {
            Some(runs) => corpus::read(corpus_dir(runs)?, self.sample)?,
            None => Vec::new(),
        };
        if self.against.is_empty() {
            baselines = baseline::kept(&self.locks)?;
        }
        for name in &self.against {
            let Some(run) = self.run_of(name)? else {
                baselines.push(baseline::named(name, &self.locks)?);
                continue;
            };
            let (baseline, records) = bundle::read(&run, &self.locks)?;
            baselines.push(baseline);
            stored.extend(records);
        }
        Ok((baselines, stored))
    }

    /// The run, unless something else has that name.
    fn run_of(&self, name: &str) -> Result<Option<Opened>> {
        let is_release = self.locks.release(name).is_ok_and(|dir| dir.is_dir());
        if is_release { Ok(None) } else { bundle::find(name, &self.runs.open()?) }
    }

    fn print(&self, report: &CompatReport, screen: &mut Screen) -> Result<()> {
        match self.format {
            Format::Text => text::print(report, screen),
            Format::Json => screen.print_record(report),
            Format::Sarif => screen.print_json(report::sarif(report).map_err(contract)?.as_bytes()),
            Format::Junit => screen.print_data(report::junit(report).as_bytes()),
            Format::Github => screen.print_data(report::github(report).as_bytes()),
            Format::Gitlab => screen.print_json(report::gitlab(report).map_err(contract)?.as_bytes()),
            Format::Markdown => screen.print_data(report::markdown(report).as_bytes()),
        }
    }
}
