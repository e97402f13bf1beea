//! Events as tables, in a build without: there are none.

use std::path::Path;

use proofmark_artifacts::DiagnosticEvent;
use proofmark_artifacts::diagnostics::intake::RejectedRow;

use super::sink::Format;
use crate::failure::{Failure, Result};

/// Tables in the making.
pub(super) enum EventTables {}

impl EventTables {
    pub(super) fn new(_: &Path, _: Format, _: &str) -> Result<Self> {
        let failure = Failure::usage("this build writes no tables");
        Err(failure.with_help("build it with `--features tables`"))
    }

    pub(super) fn accept(&mut self, _: &DiagnosticEvent) -> Result<()> {
        match *self {}
    }

    pub(super) fn reject(&mut self, _: &RejectedRow) -> Result<()> {
        match *self {}
    }

    pub(super) fn finish(self) -> Result<String> {
        match self {}
    }
}
