//! Results of tests beside the goldens that they differ from: `record.json` and `record.json.new`.

use std::fs;
use std::path::{Path, PathBuf};

use super::values;
use crate::failure::{Failure, Result};
use crate::render::text::escape;

/// How the names of results end.
const ENDING: &str = ".new";

/// Lines that are shown of a difference.
const LINES_MAX: usize = 40;

/// A result that waits beside its golden.
pub(super) struct Pending {
    /// The golden.
    golden: PathBuf,
    /// The result.
    result: PathBuf,
}

impl Pending {
    /// All results in a directory and those below it, in the order of their paths.
    pub(super) fn below(dir: &Path) -> Result<Vec<Self>> {
        let entries = fs::read_dir(dir).map_err(|error| Failure::io("list", dir, &error))?;
        let mut pending = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| Failure::io("list", dir, &error))?.path();
            if path.is_dir() {
                pending.extend(Self::below(&path)?);
            } else if let Some(golden) = path.to_str().and_then(|path| path.strip_suffix(ENDING)) {
                pending.push(Self { golden: golden.into(), result: path.clone() });
            }
        }
        pending.sort_by(|a, b| a.golden.cmp(&b.golden));
        Ok(pending)
    }

    pub(super) fn name(&self) -> String {
        self.golden.to_string_lossy().into_owned()
    }

    /// What differs: value by value where both can be read, and else line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let read = |path: &Path| fs::read(path).unwrap_or_default();
        let (old, new) = (read(&self.golden), read(&self.result));
        let mut lines = values::difference(&self.golden, &old, &new);
        let more = lines.len().saturating_sub(LINES_MAX);
        lines.truncate(LINES_MAX);
        if more > 0 {
            lines.push(format!("… and {more} more"));
        }
        lines.iter().map(|line| escape(line).into_owned()).collect()
    }

    /// The result becomes the golden.
    pub(super) fn accept(&self) -> Result<()> {
        fs::rename(&self.result, &self.golden).map_err(|error| Failure::io("replace", &self.golden, &error))
    }

    /// The result is thrown away.
    pub(super) fn reject(&self) -> Result<()> {
        fs::remove_file(&self.result).map_err(|error| Failure::io("remove", &self.result, &error))
    }
}
