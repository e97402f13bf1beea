//! A figure of two runs, each with the field it stands in.

use maud::{Markup, html};
use proofmark_artifacts::compare::{Figure as Measure, MeasuredDiff};
use proofmark_artifacts::{BundleIndex, Manifest, Maybe, OperatorNode, PlanArtifact};

use crate::figure::{Figure, Unit};
use crate::place::Place;

/// One of the two runs.
pub(super) struct Side<'a> {
    /// What places call it: this run by none.
    pub(super) name: &'a str,
    pub(super) index: &'a BundleIndex,
    pub(super) manifest: Option<&'a Manifest>,
    pub(super) plan: Option<&'a PlanArtifact>,
}

/// How a figure changed; `None` where its field cannot be named.
pub(super) fn change(old: &Side<'_>, new: &Side<'_>, it: &MeasuredDiff) -> Option<Markup> {
    let unit = match it.figure {
        Measure::WallNs | Measure::ComputeNs => Unit::Nanoseconds,
        Measure::RowsOut => Unit::Count,
        Measure::BytesOut | Measure::SpilledBytes | Measure::MemoryBytesMax => Unit::Bytes,
    };
    let figure = |side: &Side<'_>, expected| {
        let (value, place) = side.find(it)?;
        // The difference names the newer run's statement; that of the older one may be another.
        (value == expected).then(|| Figure::field(value, unit, place))
    };
    let (before, after) = (figure(old, it.old)?, figure(new, it.new)?);
    let times = after.times(&before);
    Some(html! {
        (before) " → " (after)
        @if let Some(times) = times { " " span.dim { "(" (times) ")" } }
    })
}

impl Side<'_> {
    fn find(&self, it: &MeasuredDiff) -> Option<(u64, Place)> {
        match (it.statement, &it.path) {
            (Maybe::Unset, _) => {
                let place = Place::of_run(self.name, "bundle").at("summary.elapsed_ns");
                Some((self.index.summary.elapsed_ns.into_option()?, place))
            }
            (Maybe::Set(statement), Maybe::Unset) => self.of_statement(statement, it.figure),
            (Maybe::Set(statement), Maybe::Set(path)) => self.of_operator(statement, path, it.figure),
        }
    }

    fn of_statement(&self, statement: u32, figure: Measure) -> Option<(u64, Place)> {
        let mut all = self.manifest?.statements.iter().enumerate();
        let (idx, record) = all.find(|(_, record)| record.index == statement)?;
        let (field, value) = match figure {
            Measure::WallNs => ("elapsed_ns", record.elapsed_ns),
            Measure::MemoryBytesMax => ("memory_bytes_max", record.memory_bytes_max),
            Measure::SpilledBytes => ("spilled_bytes", record.spilled_bytes),
            Measure::ComputeNs | Measure::RowsOut | Measure::BytesOut => return None,
        };
        Some((
            value.into_option()?,
            Place::of_run(self.name, "manifest").field("statements").item(idx).field(field),
        ))
    }

    fn of_operator(&self, statement: u32, path: &str, figure: Measure) -> Option<(u64, Place)> {
        let mut all = self.plan?.statements.iter().enumerate();
        let (idx, plan) = all.find(|(_, plan)| plan.statement == statement)?;
        let metrics = follow(plan.physical.as_ref().into_option()?, path)?.metrics.as_ref().into_option()?;
        let (field, value) = match figure {
            Measure::ComputeNs => ("elapsed_compute_ns", metrics.elapsed_compute_ns),
            Measure::RowsOut => ("rows_out", metrics.rows_out),
            Measure::BytesOut => ("bytes_out", metrics.bytes_out),
            Measure::SpilledBytes => ("spilled_bytes", metrics.spilled_bytes),
            Measure::WallNs | Measure::MemoryBytesMax => return None,
        };
        let root = Place::of_run(self.name, "plan").field("statements").item(idx).field("physical");
        Some((value.into_option()?, root.along(path).field("metrics").field(field)))
    }
}

/// The operator at `.children[0].children[1]`, or at `.`.
fn follow<'p>(root: &'p OperatorNode, path: &str) -> Option<&'p OperatorNode> {
    let steps = path.split(".children[").skip(1);
    steps
        .map(|step| step.strip_suffix(']')?.parse::<usize>().ok())
        .try_fold(root, |node, idx| node.children.get(idx?))
}
