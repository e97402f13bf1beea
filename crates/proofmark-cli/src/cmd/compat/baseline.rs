//! Locks of before: a directory, the releases, or a revision of git.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use proofmark_contract::compat::Baseline;
use proofmark_contract::lock::{self, Lock};

use crate::args::Locks;
use crate::cmd::lock::{RELEASED, contract};
use crate::failure::{Failure, Result};

/// The present locks, and those of all releases, the newest first.
pub(crate) fn kept(locks: &Locks) -> Result<Vec<Baseline>> {
    let mut baselines = vec![directory(&locks.dir)?];
    let mut releases = releases(&locks.dir.join(RELEASED))?;
    releases.sort_by_cached_key(|name| std::cmp::Reverse(order(name)));
    for release in releases {
        let locks = lock::read_dir(&locks.release(&release)?).map_err(contract)?;
        baselines.push(Baseline { name: release, locks, whole: true });
    }
    Ok(baselines)
}

/// What `--against` names, unless it is a run.
pub(super) fn named(name: &str, locks: &Locks) -> Result<Baseline> {
    if Path::new(name).is_dir() {
        return directory(Path::new(name));
    }
    if let Ok(dir) = locks.release(name)
        && dir.is_dir()
    {
        let locks = lock::read_dir(&dir).map_err(contract)?;
        return Ok(Baseline { name: name.to_owned(), locks, whole: true });
    }
    revision(name, &locks.dir)
}

fn directory(dir: &Path) -> Result<Baseline> {
    let locks = lock::read_dir(dir).map_err(contract)?;
    if locks.is_empty() {
        return Err(Failure::incomplete(format!("there are no locks in `{}`", dir.display()))
            .with_help("`proofmark lock` writes them; `--locks DIR` tells where they are"));
    }
    Ok(Baseline { name: dir.display().to_string(), locks, whole: true })
}

fn releases(dir: &Path) -> Result<Vec<String>> {
    let entries = match std::fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Failure::io("list", dir, &error))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Failure::io("list", dir, &error))?;
        names.extend(entry.file_name().into_string().ok().filter(|_| entry.path().is_dir()));
    }
    Ok(names)
}

/// Releases in the order of their numbers: `0.10.0` is after `0.9.0`.
fn order(release: &str) -> Vec<(u64, String)> {
    let part = |part: &str| (part.parse().unwrap_or(0), part.to_owned());
    release.split(['.', '-', '+']).map(part).collect()
}

/// The locks of a revision, as git has them.
fn revision(name: &str, dir: &Path) -> Result<Baseline> {
    let unknown = |told: &str| {
        Failure::incomplete(format!(
            "`{}` is no directory of locks, no release, no run and no revision of git{told}",
            crate::render::text::escape(name)
        ))
    };
    if name.starts_with('-') {
        return Err(unknown(""));
    }
    let tree = format!("{name}:./");
    let listed = git(dir, ["ls-tree", "--name-only", "-z", &tree]).map_err(|told| unknown(&told))?;
    let mut locks: Vec<Lock> = Vec::new();
    for file in String::from_utf8_lossy(&listed).split('\0').filter(|file| file.ends_with(".lock.json")) {
        let text = git(dir, ["show", &format!("{name}:./{file}")]).map_err(|told| unknown(&told))?;
        let read = lock::from_slice(&text);
        locks.push(read.map_err(|error| Failure::incomplete(format!("{name}:{file}: {error}")))?);
    }
    if locks.is_empty() {
        return Err(Failure::incomplete(format!("`{name}` has no locks in `{}`", dir.display())));
    }
    Ok(Baseline { name: name.to_owned(), locks, whole: true })
}

/// What git prints, or what it says against it.
fn git<const N: usize>(dir: &Path, args: [&str; N]) -> std::result::Result<Vec<u8>, String> {
    let output = Command::new(OsStr::new("git")).arg("-C").arg(dir).args(args).output();
    match output {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            let line = told.lines().next().unwrap_or_default();
            Err(format!(": {}", crate::render::text::escape(line)))
        }
        Err(error) => Err(format!(" (git cannot be run: {error})")),
    }
}
