//! `proofmark diff`: what changed between two runs or two records, and why.

mod place;
mod record;
mod section;
mod side;
mod text;
mod tool;

use clap::ValueEnum;
use proofmark::{Encode, Maybe, Record};
use proofmark_artifacts::compare::{
    ArtifactDiff, ArtifactState, CompareOptions, PatchStep, RunDiff, VolatileFields, compare_runs,
};
use proofmark_artifacts::{Bundle, Codec};

use crate::args::Runs;
use crate::document::Document;
use crate::failure::{Failure, Result, Verdict};
use crate::screen::Screen;
use section::{Section, Sections};
use side::{Side, sides};

/// Compares two runs, two artifacts or two files
///
/// Of two runs: which artifacts have the same content, and what differs in statements, plans, schemas, settings, data,
/// outputs and figures, with the cause where the runs tell it. Of two artifacts: each place that differs. Fields that may
/// differ between two runs of the same work are hidden. Ends with 100 when the content differs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark diff                              the latest run and the one before it
  proofmark diff k3f9 latest --only plan,schema
  proofmark diff latest~1:manifest latest     one artifact of both
  proofmark diff old/manifest.json new.msgpack --format patch
  PROOFMARK_DIFF_TOOL=\"difft\" proofmark diff  another viewer: it is given two files, or two directories")]
pub(crate) struct Args {
    /// The older one: RUN, RUN:ARTIFACT, a file, or the directory or archive of a bundle
    #[arg(value_name = "A", default_value = "latest~1")]
    old: String,
    /// The newer one
    #[arg(value_name = "B", default_value = "latest")]
    new: String,
    #[command(flatten)]
    runs: Runs,
    /// How to say it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Compare only these parts of two runs
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',')]
    only: Vec<Section>,
    /// Look into fields too that may differ between two runs of the same work
    #[arg(long)]
    volatile: bool,
    /// End with 0 also when the content differs
    #[arg(long)]
    exit_zero: bool,
    /// Show both in this program, rather than as text
    #[arg(long, value_name = "COMMAND", env = "PROOFMARK_DIFF_TOOL", hide_env_values = true)]
    tool: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// A record
    Json,
    /// JSON Patch, RFC 6902; for two runs a list of them, by artifact
    Patch,
}

/// The patch of one artifact of two runs.
#[derive(Record)]
struct ArtifactPatch {
    artifact: String,
    /// Absent where only one of the runs has the artifact, or it cannot be read.
    steps: Maybe<Vec<PatchStep>>,
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let verdict = match sides(&self.runs.open()?, &self.old, &self.new)? {
            (Side::Run(old), Side::Run(new)) => self.compare_runs(&old, &new, screen),
            (Side::Record(old), Side::Record(new)) => self.compare_records(&old, &new, screen),
            _ => Err(Failure::usage("a run cannot be compared with a single record")
                .with_help("name the artifact: `proofmark diff RUN:manifest FILE`")),
        }?;
        Ok(if self.exit_zero { Verdict::Clean } else { verdict })
    }

    fn fields(&self) -> VolatileFields {
        if self.volatile { VolatileFields::Shown } else { VolatileFields::Hidden }
    }

    /// The other viewer, where there is one and text is wanted.
    fn tool(&self) -> Option<&str> {
        self.tool.as_deref().filter(|tool| !tool.trim().is_empty() && self.format == Format::Text)
    }

    fn compare_runs(&self, old: &Bundle, new: &Bundle, screen: &mut Screen) -> Result<Verdict> {
        let options = CompareOptions { fields: self.fields(), ..CompareOptions::default() };
        let sections = Sections::new(&self.only);
        let diff = sections.filter(compare_runs(old, new, &options));
        match (self.format, self.tool()) {
            (_, Some(command)) => tool::show_runs(command, old, new, self.fields())?,
            (Format::Text, None) => text::print(&diff, &sections, screen)?,
            (Format::Json, None) => print_json(&diff, screen)?,
            (Format::Patch, None) => print_json(&self.patches(old, new, &diff)?, screen)?,
        }
        Ok(if sections.differ(&diff) { Verdict::Findings } else { Verdict::Clean })
    }

    fn patches(&self, old: &Bundle, new: &Bundle, diff: &RunDiff) -> Result<Vec<ArtifactPatch>> {
        let mut patches = Vec::new();
        for artifact in diff.artifacts.iter().filter(|artifact| is_patched(artifact, self.fields())) {
            let steps = match artifact.state {
                ArtifactState::Added | ArtifactState::Removed | ArtifactState::Unreadable => Maybe::Unset,
                ArtifactState::Same | ArtifactState::Changed => {
                    let read = |bundle| Document::of_bundle(bundle, &artifact.name);
                    Maybe::Set(record::patch(&read(old)?, &read(new)?, self.fields())?)
                }
            };
            patches.push(ArtifactPatch { artifact: artifact.name.clone(), steps });
        }
        Ok(patches)
    }

    fn compare_records(&self, old: &Document, new: &Document, screen: &mut Screen) -> Result<Verdict> {
        if !self.only.is_empty() {
            return Err(Failure::usage("--only is for two runs"));
        }
        let diff = record::compare(old, new, self.fields())?;
        match (self.format, self.tool()) {
            (_, Some(command)) => tool::show_records(command, old, new, self.fields())?,
            (Format::Text, None) => record::print(&diff, screen)?,
            (Format::Json, None) => print_json(&diff, screen)?,
            (Format::Patch, None) => print_json(&record::patch(old, new, self.fields())?, screen)?,
        }
        Ok(if diff.changes.is_empty() { Verdict::Clean } else { Verdict::Findings })
    }
}

/// Prints all that differs between two runs, for people.
pub(super) fn print_runs(diff: &RunDiff, screen: &mut Screen) -> Result<()> {
    text::print(diff, &Sections::new(&[]), screen)
}

fn is_patched(artifact: &ArtifactDiff, fields: VolatileFields) -> bool {
    artifact.state != ArtifactState::Same || fields == VolatileFields::Shown
}

fn print_json<T: Encode + ?Sized>(value: &T, screen: &mut Screen) -> Result<()> {
    let json = Codec::Json.encode(value).map_err(|error| Failure::incomplete(error.to_string()))?;
    screen.print_json(&json)
}
