//! Directories of lock files: one file per record, `cdf_cursor.lock.json`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use proofmark::{Error, Result};

use super::{LOCK_BYTES_MAX, Lock, from_slice, to_vec};
use crate::file;

/// How the names of lock files end.
const ENDING: &str = ".lock.json";

/// What has to be done to a directory so that it holds the locks of the code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stale {
    /// Locks of the code that have no file, or another one.
    pub written: Vec<Lock>,
    /// Files of records that are gone.
    pub removed: Vec<PathBuf>,
}

impl Stale {
    /// Whether nothing has to be done.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// The file of a record's lock.
pub fn file_name(record: &str) -> String {
    format!("{record}{ENDING}")
}

/// The locks of a directory, by the names of their records. No directory is no locks.
///
/// # Errors
/// Fails when a file cannot be read, or is not a lock; the error names it.
pub fn read_dir(dir: &Path) -> Result<Vec<Lock>> {
    files(dir)?.iter().map(|path| read(path)).collect()
}

/// Compares the locks of the code with a directory.
///
/// A test of three lines keeps them together:
///
/// ```no_run
/// # fn catalogue() -> proofmark_contract::Registry { proofmark_contract::Registry::new() }
/// use std::path::Path;
/// let stale = proofmark_contract::lock::stale(&catalogue().locks()?, Path::new("contracts"))?;
/// assert!(stale.is_empty(), "{stale:?}: run `update_dir`, and look at what changed");
/// # Ok::<(), proofmark::Error>(())
/// ```
///
/// # Errors
/// As [`read_dir`].
pub fn stale(locks: &[Lock], dir: &Path) -> Result<Stale> {
    let kept = read_dir(dir)?;
    let written = locks.iter().filter(|lock| !kept.contains(lock)).cloned().collect();
    let is_gone = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !locks.iter().any(|lock| file_name(&lock.record) == name)
    };
    Ok(Stale { written, removed: files(dir)?.into_iter().filter(is_gone).collect() })
}

/// Makes a directory hold the locks of the code, and no others.
///
/// Each file is replaced as a whole. What is not a lock of this or an older form is not overwritten.
///
/// # Errors
/// Fails as [`read_dir`], before anything is changed; and when a file cannot be written.
pub fn update_dir(locks: &[Lock], dir: &Path) -> Result<Stale> {
    let stale = stale(locks, dir)?;
    fs::create_dir_all(dir).map_err(|error| named(dir, &error))?;
    for lock in &stale.written {
        update(lock, dir)?;
    }
    for path in &stale.removed {
        fs::remove_file(path).map_err(|error| named(path, &error))?;
    }
    Ok(stale)
}

/// Replaces the lock of one record.
///
/// # Errors
/// Fails when the file cannot be written.
pub fn update(lock: &Lock, dir: &Path) -> Result<()> {
    let path = dir.join(file_name(&lock.record));
    file::replace(&path, &to_vec(lock)?).map_err(|error| named(&path, &error))
}

fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| named(dir, &error))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| named(dir, &error))?.path();
        let is_lock =
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(ENDING));
        files.extend(is_lock.then_some(path));
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Lock> {
    use std::io::Read as _;
    let mut text = Vec::new();
    let file = fs::File::open(path).map_err(|error| named(path, &error))?;
    file.take(LOCK_BYTES_MAX as u64 + 1).read_to_end(&mut text).map_err(|error| named(path, &error))?;
    let lock = from_slice(&text).map_err(|error| named(path, &error))?;
    let name = file_name(&lock.record);
    if !path.ends_with(&name) {
        return Err(named(path, &format_args!("it is the lock of `{}`, whose file is {name}", lock.record)));
    }
    Ok(lock)
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::custom(format_args!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::{FORMAT, Type};
    use crate::{Codec, Use};

    fn lock(record: &str, root: Type) -> Lock {
        Lock {
            proofmark_lock: FORMAT,
            record: record.to_owned(),
            version: 1,
            codecs: Codec::ALL.to_vec(),
            used_as: Use::Manifest,
            root,
            types: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn a_directory_holds_the_locks_of_the_code_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let dir = &dir.path().join("contracts");
        let (a, b) = (lock("a", Type::Str), lock("b", Type::Bool));
        assert_eq!(read_dir(dir).unwrap(), []);
        update_dir(&[a.clone(), b.clone()], dir).unwrap();
        assert_eq!(read_dir(dir).unwrap(), [a.clone(), b]);
        let changed = lock("a", Type::Date);
        let todo = stale(std::slice::from_ref(&changed), dir).unwrap();
        assert_eq!(todo, Stale { written: vec![changed.clone()], removed: vec![dir.join("b.lock.json")] });
        update_dir(std::slice::from_ref(&changed), dir).unwrap();
        assert_eq!(read_dir(dir).unwrap(), [changed]);
    }

    #[test]
    fn what_is_no_lock_is_told_and_not_overwritten() {
        for (text, told) in [
            ("{", "Input data was truncated"),
            ("{}", "Object missing required field `proofmark_lock`"),
            (r#"{"proofmark_lock":2,"new":1}"#, "this lock has form 2; this version reads forms up to 1"),
            (
                r##"{"proofmark_lock":1,"record":"a","version":1,"codecs":[],"used_as":"cache","root":"#A","types":{}}"##,
                "the lock of `a` has no type `#A`",
            ),
            (
                r##"{"proofmark_lock":1,"record":"a","version":1,"codecs":[],"used_as":"cache","root":"#A","types":{"A":{"is":"newtype","of":"option<#B>"},"B":{"is":"union","members":[{"name":"A","type":"#A"}]}}}"##,
                "the type `#A` is nothing but itself",
            ),
            (
                r##"{"proofmark_lock":1,"record":"a","version":1,"codecs":[],"used_as":"cache","root":"#A","types":{"A":{"is":"record","fields":[{"name":"x","type":"str"},{"name":"y","type":"str","aliases":["x"]}]}}}"##,
                "the record `#A` has two fields `x`",
            ),
            (
                r#"{"proofmark_lock":1,"record":"b","version":1,"codecs":[],"used_as":"cache","root":"str","types":{}}"#,
                "it is the lock of `b`, whose file is b.lock.json",
            ),
            (
                r#"{"proofmark_lock":1,"record":"a","version":1,"codecs":[],"used_as":"cache","root":"text","types":{}}"#,
                "type `text`: there is no type `text` - at `$.root`",
            ),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("a.lock.json");
            fs::write(&path, text).unwrap();
            let error = update_dir(&[lock("a", Type::Str)], dir.path()).unwrap_err().to_string();
            assert_eq!(error, format!("{}: {told}", path.display()));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
