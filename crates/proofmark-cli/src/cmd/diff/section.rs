//! The parts of two runs that are compared.

use clap::ValueEnum;
use proofmark_artifacts::compare::RunDiff;

/// A part of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Section {
    /// Which artifacts have the same content
    Artifacts,
    /// Statements: their text, how they ended, rows
    Statements,
    /// Plans, node by node
    Plan,
    /// Columns of datasets and outputs
    Schema,
    /// Settings, versions, and facts of the machine
    Settings,
    /// Datasets: rows, files, versions
    Data,
    /// Outputs: rows and content
    Outputs,
    /// Times, rows, memory and spills that differ much
    Measured,
}

/// The parts that somebody asked for; all of them, where nobody asked.
pub(super) struct Sections<'a>(&'a [Section]);

impl<'a> Sections<'a> {
    pub(super) fn new(only: &'a [Section]) -> Self {
        Self(only)
    }

    pub(super) fn has(&self, section: Section) -> bool {
        self.0.is_empty() || self.0.contains(&section)
    }

    /// The difference without the parts that nobody asked for.
    pub(super) fn filter(&self, mut diff: RunDiff) -> RunDiff {
        if !self.has(Section::Artifacts) {
            diff.artifacts.clear();
        }
        if !self.has(Section::Statements) {
            diff.statements.clear();
        }
        if !self.has(Section::Plan) {
            diff.plans = Vec::new();
        }
        if !self.has(Section::Schema) {
            diff.schemas.clear();
        }
        if !self.has(Section::Settings) {
            diff.settings.clear();
        }
        if !self.has(Section::Data) {
            diff.data.clear();
        }
        if !self.has(Section::Outputs) {
            diff.outputs.clear();
        }
        if !self.has(Section::Measured) {
            diff.measured.clear();
        }
        diff
    }

    /// Whether content differs in the parts that were asked for. Figures differ by themselves, and count only where
    /// nothing else was asked for.
    pub(super) fn differ(&self, diff: &RunDiff) -> bool {
        if self.0.is_empty() {
            return diff.differs();
        }
        let mut edits = diff.plans.iter().flat_map(|step| &step.edits);
        diff.differs()
            || !diff.statements.is_empty()
            || edits.any(|edit| !edit.is_volatile())
            || !diff.schemas.is_empty()
            || diff.settings.iter().any(|setting| setting.area.is_content())
            || !diff.data.is_empty()
            || !diff.outputs.is_empty()
            || (self.0 == [Section::Measured] && !diff.measured.is_empty())
    }
}
