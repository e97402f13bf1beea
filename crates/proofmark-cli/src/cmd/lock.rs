//! `proofmark lock`: the contracts of all records, kept in files.

use std::path::PathBuf;

use proofmark_contract::lock::{self, Stale};

use crate::args::Locks;
use crate::catalogue::catalogue;
use crate::failure::{Failure, Result, Verdict};
use crate::screen::Screen;

/// Writes the lock files of all record types, or checks them
///
/// A lock holds all that readers and writers go by: names, positions, types, presence and its meaning, frozen defaults,
/// constraints, tags, volatility. `proofmark compat` tells what a change of it does.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    locks: Locks,

    /// Change nothing; end with 100 where files and code differ
    #[arg(long)]
    check: bool,

    /// Keep the present locks as those of a release, for verdicts on every later change
    #[arg(long, value_name = "RELEASE", conflicts_with = "check")]
    release: Option<String>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let locks = catalogue().locks().map_err(contract)?;
        if self.check {
            let stale = lock::stale(&locks, &self.locks.dir).map_err(contract)?;
            return report(&stale, screen);
        }
        let mut stale = lock::update_dir(&locks, &self.locks.dir).map_err(contract)?;
        if let Some(release) = &self.release {
            let dir = self.locks.release(release)?;
            if dir.exists() {
                return Err(Failure::incomplete(format!("the release `{release}` has its locks already"))
                    .with_help("a release does not change; give another name"));
            }
            stale = lock::update_dir(&locks, &dir).map_err(contract)?;
        }
        for lock in &stale.written {
            screen.print(&format!("wrote {}\n", lock::file_name(&lock.record)))?;
        }
        for path in &stale.removed {
            screen.print(&format!("removed {}\n", file_name(path)))?;
        }
        screen.print(&format!("{} records are locked in {}\n", locks.len(), self.locks.dir.display()))?;
        Ok(Verdict::Clean)
    }
}

fn report(stale: &Stale, screen: &mut Screen) -> Result<Verdict> {
    for lock in &stale.written {
        screen.print(&format!("{} is stale\n", lock::file_name(&lock.record)))?;
    }
    for path in &stale.removed {
        screen.print(&format!("{} is the lock of a record that is gone\n", file_name(path)))?;
    }
    if stale.is_empty() {
        return Ok(Verdict::Clean);
    }
    screen.note("run `proofmark compat` to see what changed, and `proofmark lock` to accept it");
    Ok(Verdict::Findings)
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A contract that could not be read or written.
pub(crate) fn contract(error: proofmark::Error) -> Failure {
    Failure::incomplete(crate::render::text::escape(&error.to_string()))
}

impl Locks {
    /// The directory of a release's locks.
    pub(crate) fn release(&self, release: &str) -> Result<PathBuf> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        if release.is_empty() || release.starts_with('.') || !release.chars().all(is_plain) {
            return Err(Failure::usage(format!("`{release}` is no name of a release"))
                .with_help("letters, digits, `.`, `-`, `_` and `+`, as in `0.9.0`"));
        }
        Ok(self.dir.join(RELEASED).join(release))
    }
}

/// Where the locks of releases are, below those of today.
pub(crate) const RELEASED: &str = "released";
