//! Events in a file of records, and rejected rows in one beside it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use proofmark_artifacts::diagnostics::intake::RejectedRow;
use proofmark_artifacts::{Codec, DiagnosticEvent};

use super::records::{Records, check_new};
use super::sink::Format;
use crate::failure::Result;
use crate::render::text::escape;
use crate::screen::Screen;

/// Files of records. That of rejected rows is made with the first of them.
pub(super) struct Files {
    events: Records,
    rejected: Option<Records>,
    rejected_path: Option<PathBuf>,
    codec: Codec,
}

impl Files {
    pub(super) fn open(output: &Path, codec: Codec, rejected: Option<&Path>, force: bool) -> Result<Self> {
        let rejected_path = rejected.map(Path::to_owned).or_else(|| beside(output));
        if !force {
            [Some(output), rejected_path.as_deref()].into_iter().flatten().try_for_each(check_new)?;
        }
        Ok(Self { events: Records::open(output, codec)?, rejected: None, rejected_path, codec })
    }

    /// Whether events are gone as soon as they are written.
    pub(super) const fn is_stream(&self) -> bool {
        self.events.is_stream()
    }

    pub(super) fn accept(&mut self, event: &DiagnosticEvent, screen: &mut Screen) -> Result<()> {
        self.events.put(event, screen)
    }

    pub(super) fn reject(&mut self, row: &RejectedRow, screen: &mut Screen) -> Result<()> {
        let Some(path) = &self.rejected_path else { return Ok(()) };
        let rejected = match &mut self.rejected {
            Some(rejected) => rejected,
            none => none.insert(Records::open(path, codec_of(path).unwrap_or(self.codec))?),
        };
        rejected.put(row, screen)
    }

    /// Puts in place what was written, and tells what that is.
    pub(super) fn finish(self, force: bool) -> Result<String> {
        let is_rejected = self.rejected.is_some();
        // Those first: who finds the events finds also what is not among them.
        let rejected = self.rejected.map(|rejected| rejected.finish(force)).transpose()?.flatten();
        if let Some(path) = self.rejected_path.filter(|_| force && !is_rejected) {
            // Those of an earlier intake are none of this one.
            let _ = std::fs::remove_file(path);
        }
        let Some(events) = self.events.finish(force)? else {
            return Ok(told_rejected("rejected rows in ", rejected));
        };
        let events = escape(&events.to_string_lossy()).into_owned();
        let more = told_rejected(", rejected rows to ", rejected);
        Ok(format!("wrote {events}{}\n", more.trim_end()))
    }
}

fn codec_of(path: &Path) -> Option<Codec> {
    Format::of(path)?.codec()
}

fn told_rejected(lead: &str, path: Option<PathBuf>) -> String {
    path.map_or_else(String::new, |path| format!("{lead}{}\n", escape(&path.to_string_lossy())))
}

/// `events.rejected.ndjson` beside `events.ndjson`; beside standard output there is no place.
fn beside(output: &Path) -> Option<PathBuf> {
    if output == Path::new("-") {
        return None;
    }
    let mut name = output.file_stem()?.to_owned();
    name.push(".rejected");
    if let Some(ending) = output.extension() {
        name.push(OsStr::new("."));
        name.push(ending);
    }
    Some(output.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_rows_lie_beside_the_events() {
        let name = |output: &str| beside(Path::new(output)).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(name("a/events.ndjson").as_deref(), Some("a/events.rejected.ndjson"));
        assert_eq!(name("events").as_deref(), Some("events.rejected"));
        assert_eq!(name(".ndjson").as_deref(), Some(".ndjson.rejected"));
        assert_eq!(name("-"), None);
    }
}
