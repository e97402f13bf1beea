//! The findings that are let pass, in `accepted.json` beside the locks.

use std::path::Path;

use proofmark::json;
use proofmark_contract::compat::Acceptance;
use proofmark_contract::file;

use crate::failure::{Failure, Result};

/// The file, beside the locks.
const FILE: &str = "accepted.json";

/// What is let pass.
pub(crate) fn read(dir: &Path) -> Result<Vec<Acceptance>> {
    let path = dir.join(FILE);
    match std::fs::read(&path) {
        Ok(text) => json::from_slice(&text)
            .map_err(|error| Failure::incomplete(format!("{}: {error}", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::io("read", &path, &error)),
    }
}

/// Lets a finding pass, for a reason and until a day.
pub(super) fn accept(dir: &Path, fingerprint: &str, reason: Option<&str>, until: Option<&str>) -> Result<()> {
    let Some(reason) = reason.filter(|reason| !reason.is_empty()) else {
        return Err(
            Failure::usage("a finding is let pass for a reason").with_help("`--reason \"…\"` says it")
        );
    };
    let mut all = read(dir)?;
    all.retain(|found| found.fingerprint != fingerprint);
    all.push(Acceptance {
        fingerprint: fingerprint.to_owned(),
        reason: reason.to_owned(),
        until: until.map(str::to_owned).into(),
    });
    all.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
    let failed = |error: proofmark::Error| Failure::usage(error.to_string());
    let mut text = json::to_vec_pretty(&all).map_err(failed)?;
    // What is written has to be read again: a day has to be one.
    let _: Vec<Acceptance> = json::from_slice(&text).map_err(failed)?;
    text.push(b'\n');
    let path = dir.join(FILE);
    file::replace(&path, &text).map_err(|error| Failure::io("write", &path, &error))
}
