//! The findings that are let pass, in `accepted.json` beside the locks.

use std::path::Path;
use std::{fs, io};

use proofmark::{Error, Result, json};

use super::Acceptance;
use crate::file;

/// The file, beside the locks.
pub const FILE: &str = "accepted.json";

/// What is let pass. No file is nothing.
///
/// # Errors
/// Fails when the file cannot be read, or is no ledger; the error names it.
pub fn read(dir: &Path) -> Result<Vec<Acceptance>> {
    let path = dir.join(FILE);
    match fs::read(&path) {
        Ok(text) => json::from_slice(&text).map_err(|error| named(&path, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(named(&path, &error)),
    }
}

/// Lets a finding pass; what was said about it before is replaced.
///
/// # Errors
/// Fails as [`read`], and when the file cannot be written; it is replaced as a whole, or stays as it was.
///
/// # Examples
/// ```
/// use proofmark_contract::compat::{Acceptance, ledger};
///
/// let dir = tempfile::tempdir()?;
/// ledger::add(dir.path(), Acceptance::new("0a1b2c3d", "nobody rolls back", Some("2026-12-01"))?)?;
/// assert_eq!(ledger::read(dir.path())?[0].reason, "nobody rolls back");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add(dir: &Path, acceptance: Acceptance) -> Result<()> {
    let mut all = read(dir)?;
    all.retain(|found| found.fingerprint != acceptance.fingerprint);
    all.push(acceptance);
    all.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
    let mut text = json::to_vec_pretty(&all)?;
    text.push(b'\n');
    let path = dir.join(FILE);
    file::replace(&path, &text).map_err(|error| named(&path, &error))
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::custom(format_args!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acceptance(fingerprint: &str, reason: &str) -> Acceptance {
        Acceptance::new(fingerprint, reason, None).unwrap()
    }

    #[test]
    fn what_was_said_before_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()).unwrap(), []);
        for (fingerprint, reason) in [("bbbbbbbb", "one"), ("aaaaaaaa", "two"), ("bbbbbbbb", "three")] {
            add(dir.path(), acceptance(fingerprint, reason)).unwrap();
        }
        assert_eq!(
            read(dir.path()).unwrap(),
            [acceptance("aaaaaaaa", "two"), acceptance("bbbbbbbb", "three")]
        );
    }

    #[test]
    fn what_is_no_ledger_is_told_and_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        for (text, told) in [
            ("[{}]", "Object missing required field `fingerprint` - at `$[0]`"),
            ("[", "Input data was truncated"),
            (
                r#"[{"fingerprint":"x","reason":"y"}]"#,
                "Expected `str` matching regex '^[0-9a-f]{8}$' - at `$[0].fingerprint`",
            ),
        ] {
            fs::write(&path, text).unwrap();
            let error = add(dir.path(), acceptance("aaaaaaaa", "known")).unwrap_err().to_string();
            assert_eq!(error, format!("{}: {told}", path.display()));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
