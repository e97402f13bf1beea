//! Whether a run's content depends on what it should not depend on.
//!
//! The same work is done again with one thing changed that must not matter. A field whose content moves with it is a
//! leak: it belongs to the place where the work was done, and its type should say so.

mod leaks;

use std::fmt;

use proofmark::{Maybe, Record};

use crate::compare::ShownValue;
use crate::{Digest, RunId, RunStatus};
pub use leaks::prove;

/// What came of doing the same work under changed circumstances.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "proof_report.v1")]
pub struct ProofReport {
    /// The runs, the unchanged one first.
    pub runs: Vec<ProofRun>,
    /// Fields that moved, sorted by artifact and place.
    #[field(default)]
    pub leaks: Vec<Leak>,
}

/// One of the runs.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ProofRun {
    /// What was changed.
    pub perturbation: Perturbation,
    /// Its id. Volatile: run ids are drawn at random.
    #[field(volatile = "random")]
    pub run_id: RunId,
    /// How it ended.
    pub status: RunStatus,
    /// Digest of its content without volatile fields.
    pub fingerprint: Digest,
    /// Whether its content is that of the unchanged run, apart from what was changed on purpose.
    pub same_content: bool,
}

/// What is changed for one of the runs.
#[derive(Record, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum Perturbation {
    /// Nothing: all others are compared with it.
    Baseline,
    /// Nothing, once more.
    Again,
    /// The number of threads and partitions.
    Threads {
        /// How many.
        count: u32,
    },
    /// The number of rows in a batch.
    BatchSize {
        /// How many.
        rows: u32,
    },
    /// The time zone.
    TimeZone {
        /// Its name.
        zone: String,
    },
    /// The directory the command is run in.
    Directory,
    /// The language and its rules.
    Locale {
        /// Its name.
        name: String,
    },
}

/// A field that moved.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct Leak {
    /// The artifact.
    #[field(min_len = 1)]
    pub artifact: String,
    /// The field, `[*]` for any item of a list, and `[**]` for any depth of a tree.
    #[field(min_len = 1)]
    pub path: String,
    /// What moved it.
    pub moved_by: Vec<Perturbation>,
    /// Whether only the order of a list moved.
    #[field(default)]
    pub order: bool,
    /// Its value in the unchanged run, at the first place that moved.
    #[field(absent = "it was not there")]
    pub old: Maybe<ShownValue>,
    /// Its value in the run that moved it first.
    #[field(absent = "it was not there")]
    pub new: Maybe<ShownValue>,
    /// The volatility class that fits what moved it: `time`, `host`, `path`, `random`, `race`, `measured`.
    #[field(min_len = 1)]
    pub volatility: String,
    /// What can be done, in a few words.
    pub advice: String,
}

impl ProofReport {
    /// What moved something and is to be tried once more: nobody knows yet whether it was the change or chance.
    pub fn doubtful(&self) -> Vec<Perturbation> {
        let is_tried = |it: &Perturbation| self.runs.iter().filter(|run| run.perturbation == *it).count() > 1;
        let by_itself = |leak: &&Leak| leak.moved_by.contains(&Perturbation::Again);
        let open = self.leaks.iter().filter(|leak| !by_itself(leak)).flat_map(|leak| &leak.moved_by);
        let mut found: Vec<_> = open.filter(|it| !is_tried(it)).cloned().collect();
        found.sort();
        found.dedup();
        found
    }
}

impl Perturbation {
    /// The engine's setting that it changes, and the value.
    pub fn setting(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Threads { count } => Some(("datafusion.execution.target_partitions", count.to_string())),
            Self::BatchSize { rows } => Some(("datafusion.execution.batch_size", rows.to_string())),
            _ => None,
        }
    }

    /// The environment variable that it changes, and the value.
    pub fn variable(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::TimeZone { zone } => Some(("TZ", zone)),
            Self::Locale { name } => Some(("LC_ALL", name)),
            _ => None,
        }
    }

    /// Whether a place holds what is changed on purpose: the setting, and what is derived from it.
    fn explains(&self, artifact: &str, path: &str) -> bool {
        let Some((key, _)) = self.setting() else { return false };
        let is_config = |path: &str| path == ".config" || path.starts_with(".config[");
        match artifact {
            "manifest" => path.strip_prefix(".repro").is_some_and(is_config),
            "repro" => is_config(path),
            "profile" => {
                path == format!(".settings[\"{key}\"]")
                    || path.starts_with(".scan.")
                    || path == ".profile_sha256"
            }
            _ => false,
        }
    }
}

impl fmt::Display for Perturbation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Baseline => f.write_str("baseline"),
            Self::Again => f.write_str("again"),
            Self::Threads { count } => write!(f, "threads={count}"),
            Self::BatchSize { rows } => write!(f, "batch_size={rows}"),
            Self::TimeZone { zone } => write!(f, "TZ={zone}"),
            Self::Directory => f.write_str("cwd moved"),
            Self::Locale { name } => write!(f, "LC_ALL={name}"),
        }
    }
}
