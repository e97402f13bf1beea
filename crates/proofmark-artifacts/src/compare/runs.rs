//! Two bundles, compared.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::{Maybe, Shape, Value};

use super::cause::{self, Evidence};
use super::facts::{Facts, StatementPair, Statements, fault};
use super::measured::{self, Thresholds};
use super::plan::{PlanEdit, PlanStage, PlanStep, compare_logical, compare_physical};
use super::run::{
    ArtifactDiff, ArtifactState, DataDiff, OutputDiff, OutputFact, RunDiff, RunSide, SettingDiff,
    StatementChange, StatementDiff,
};
use super::schema::{SchemaDiff, compare_columns};
use super::value::{ValueDiff, VolatileFields, compare_records, compare_values};
use super::{dataset, setting};
use crate::{Bundle, BundleEntry, BundleIndex, OutputRecord, RunId, StatementRecord, record_type};

/// Most places of one artifact that the difference of two runs holds; that of two artifacts holds them all.
pub const ARTIFACT_CHANGES_MAX: usize = 100;

/// How two runs are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompareOptions {
    /// Whether volatile fields of artifacts are looked into.
    pub fields: VolatileFields,
    /// From when on figures differ.
    pub thresholds: Thresholds,
}

/// Compares two runs.
///
/// What cannot be read of one of them is told in the list of artifacts, and the rest is compared.
///
/// # Examples
/// ```
/// use proofmark_artifacts::compare::{ArtifactState, CompareOptions, compare_runs};
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// for version in [7, 9] {
///     let mut run = store.begin()?;
///     run.put(&CdfCursor::new("orders", version))?;
///     run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
/// }
/// let bundle = |name| store.bundle(&store.resolve(name)?);
/// let diff = compare_runs(&bundle("latest~1")?, &bundle("latest")?, &CompareOptions::default());
/// assert_eq!(diff.artifacts[0].state, ArtifactState::Changed);
/// assert_eq!(diff.artifacts[0].changes[0].path, ".last_version");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_runs(old: &Bundle, new: &Bundle, options: &CompareOptions) -> RunDiff {
    let (before, after) = (Facts::read(old), Facts::read(new));
    let statements = Statements::of(&before, &after);
    let mut both = Both {
        settings: setting::compare(&before, &after),
        schemas: schemas(&before, &after),
        data: dataset::compare(&before, &after),
        before: &before,
        after: &after,
    };
    let outputs = both.outputs(&statements);
    let elapsed = |bundle: &Bundle| bundle.index().summary.elapsed_ns;
    RunDiff {
        old: side(old.index()),
        new: side(new.index()),
        same_content: old.index().fingerprint == new.index().fingerprint,
        artifacts: artifacts(old, new, options.fields),
        statements: both.statements(&statements),
        plans: statements.pairs.iter().flat_map(|pair| both.plan_steps(pair)).collect(),
        measured: measured::compare([elapsed(old), elapsed(new)], &statements.pairs, options.thresholds),
        outputs,
        schemas: std::mem::take(&mut both.schemas),
        data: std::mem::take(&mut both.data),
        settings: std::mem::take(&mut both.settings),
    }
}

impl RunDiff {
    /// Whether anything differs that is content: not only figures, places and facts of the machine.
    pub fn differs(&self) -> bool {
        self.artifacts.iter().any(|artifact| artifact.state != ArtifactState::Same)
    }
}

fn side(index: &BundleIndex) -> RunSide {
    let run_id: RunId = index.run_id.clone();
    let engine = index.summary.engine.clone();
    RunSide { run_id, status: index.summary.status, engine, fingerprint: index.fingerprint.clone() }
}

fn artifacts(old: &Bundle, new: &Bundle, fields: VolatileFields) -> Vec<ArtifactDiff> {
    let names =
        |bundle: &Bundle| bundle.index().artifacts.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
    let names: BTreeSet<_> = names(old).into_iter().chain(names(new)).collect();
    names.iter().filter_map(|name| artifact(old, new, name, fields)).collect()
}

fn artifact(old: &Bundle, new: &Bundle, name: &str, fields: VolatileFields) -> Option<ArtifactDiff> {
    let (before, after) = (old.index().entry(name), new.index().entry(name));
    let entry = after.or(before)?;
    let mut diff = ArtifactDiff {
        name: name.to_owned(),
        kind: format!("{}.v{}", entry.kind, entry.version),
        state: ArtifactState::Changed,
        reason: fault(old, name).or_else(|| fault(new, name)).into(),
        hidden: 0,
        changes: Vec::new(),
        omitted: 0,
    };
    diff.state = match (before, after) {
        _ if !diff.reason.is_unset() => ArtifactState::Unreadable,
        (Some(_), None) => ArtifactState::Removed,
        (None, _) => ArtifactState::Added,
        (Some(before), Some(after)) => return Some(compared(diff, (old, before), (new, after), fields)),
    };
    Some(diff)
}

fn compared(
    mut diff: ArtifactDiff,
    (old, before): (&Bundle, &BundleEntry),
    (new, after): (&Bundle, &BundleEntry),
    fields: VolatileFields,
) -> ArtifactDiff {
    let is_one_kind = (&before.kind, before.version) == (&after.kind, after.version);
    if is_one_kind && before.fingerprint == after.fingerprint {
        diff.state = ArtifactState::Same;
    }
    if before.sha256 == after.sha256 {
        return diff;
    }
    match values(old, new, before, after, fields) {
        Ok(found) => {
            diff.hidden = found.hidden;
            diff.omitted = found.omitted + found.changes.len().saturating_sub(ARTIFACT_CHANGES_MAX) as u64;
            diff.changes = found.changes;
            diff.changes.truncate(ARTIFACT_CHANGES_MAX);
        }
        Err(reason) => {
            diff.state = ArtifactState::Unreadable;
            diff.reason = Maybe::Set(reason);
        }
    }
    diff
}

fn values(
    old: &Bundle,
    new: &Bundle,
    before: &BundleEntry,
    after: &BundleEntry,
    fields: VolatileFields,
) -> Result<ValueDiff, String> {
    let read = |bundle: &Bundle, name| bundle.read(name).map_err(|error| error.to_string());
    let (old, new) = (read(old, &before.name)?, read(new, &after.name)?);
    let tag = |entry: &BundleEntry| format!("{}.v{}", entry.kind, entry.version);
    let bytes = |stored: &'_ crate::Stored| (stored.bytes.clone(), stored.entry.codec);
    let ((old, old_codec), (new, new_codec)) = (bytes(&old), bytes(&new));
    match record_type(&tag(after)).filter(|_| tag(before) == tag(after)) {
        Some(row) => compare_records(row, (&old, old_codec), (&new, new_codec), fields),
        // Two types, or one that this program does not know: names are all there is to go by.
        None => old_codec
            .decode::<Value>(&old)
            .and_then(|old| Ok((old, new_codec.decode::<Value>(&new)?)))
            .map(|(old, new)| compare_values(&old, &new, Shape::Any, fields)),
    }
    .map_err(|error| error.to_string())
}

fn schemas(old: &Facts, new: &Facts) -> Vec<SchemaDiff> {
    let (Some(old), Some(new)) = (&old.manifest, &new.manifest) else { return Vec::new() };
    let mut diffs = Vec::new();
    let mut push = |of: &str, columns: Vec<_>| {
        if !columns.is_empty() {
            diffs.push(SchemaDiff { of: of.to_owned(), columns });
        }
    };
    for dataset in &new.datasets {
        if let Some(before) = old.datasets.iter().find(|before| before.name == dataset.name) {
            push(&dataset.name, compare_columns(&before.columns, &dataset.columns));
        }
    }
    for (name, [before, after]) in output_pairs(&old.outputs, &new.outputs) {
        if let (Some(before), Some(after)) = (before, after) {
            push(&name, compare_columns(&before.columns, &after.columns));
        }
    }
    diffs
}

/// The outputs of both runs by name; of several with one name, in order.
fn output_pairs<'o>(
    old: &'o [OutputRecord],
    new: &'o [OutputRecord],
) -> BTreeMap<String, [Option<&'o OutputRecord>; 2]> {
    let mut pairs: BTreeMap<String, [Option<&OutputRecord>; 2]> = BTreeMap::new();
    for (side, outputs) in [old, new].into_iter().enumerate() {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for output in outputs {
            let count = seen.entry(&output.name).or_default();
            *count += 1;
            let name = if *count == 1 { output.name.clone() } else { format!("{} ({count})", output.name) };
            pairs.entry(name).or_default()[side] = Some(output);
        }
    }
    pairs
}

/// What differs between two runs, from which the causes of the rest are told.
struct Both<'f> {
    before: &'f Facts,
    after: &'f Facts,
    settings: Vec<SettingDiff>,
    schemas: Vec<SchemaDiff>,
    data: Vec<DataDiff>,
}

impl Both<'_> {
    /// What a statement sees of the differences.
    fn evidence(&self, pair: &StatementPair<'_>) -> Evidence<'_> {
        let datasets: BTreeSet<_> = self
            .before
            .datasets_of(pair.old.index)
            .into_iter()
            .chain(self.after.datasets_of(pair.new.index))
            .collect();
        let reads = |name: &str| datasets.contains(name);
        Evidence {
            settings: &self.settings,
            schemas: self.schemas.iter().filter(|diff| reads(&diff.of)).collect(),
            data: self.data.iter().filter(|diff| reads(&diff.dataset)).collect(),
            other_sql: pair.has_other_sql().then_some(pair.new.index),
        }
    }

    fn plan_steps(&self, pair: &StatementPair<'_>) -> Vec<PlanStep> {
        let Some([old, new]) = pair.plans else { return Vec::new() };
        let logical = |old: &Maybe<_>, new: &Maybe<_>| match (old, new) {
            (Maybe::Set(old), Maybe::Set(new)) => compare_logical(old, new),
            _ => Vec::new(),
        };
        let physical = match (&old.physical, &new.physical) {
            (Maybe::Set(old), Maybe::Set(new)) => compare_physical(old, new),
            _ => Vec::new(),
        };
        let stages = [
            (PlanStage::Logical, logical(&old.logical, &new.logical)),
            (PlanStage::Optimized, logical(&old.optimized, &new.optimized)),
            (PlanStage::Physical, physical),
        ];
        let evidence = self.evidence(pair);
        let changed = stages.into_iter().filter(|(_, edits)| !edits.is_empty());
        changed.map(|(stage, edits)| step(pair, stage, edits, &evidence)).collect()
    }

    fn statements(&self, statements: &Statements<'_>) -> Vec<StatementDiff> {
        let mut diffs = Vec::new();
        for pair in &statements.pairs {
            let (old, new) = (pair.old, pair.new);
            let mut push = |change, causes| {
                let (statement, old_statement) = (Maybe::Set(new.index), Maybe::Set(old.index));
                diffs.push(StatementDiff { statement, old_statement, change, causes });
            };
            if pair.has_other_sql() {
                push(StatementChange::Sql { old: old.sql.clone(), new: new.sql.clone() }, Vec::new());
            }
            let causes = || cause::of_result(&self.evidence(pair));
            if old.status != new.status {
                push(StatementChange::Status { old: old.status, new: new.status }, causes());
            }
            if old.rows != new.rows {
                push(StatementChange::Rows { old: old.rows, new: new.rows }, causes());
            }
        }
        let unset = Maybe::Unset;
        let added = |new: &&StatementRecord| StatementDiff {
            statement: Maybe::Set(new.index),
            old_statement: unset,
            change: StatementChange::Added { sql: new.sql.clone() },
            causes: Vec::new(),
        };
        let removed = |old: &&StatementRecord| StatementDiff {
            statement: unset,
            old_statement: Maybe::Set(old.index),
            change: StatementChange::Removed { sql: old.sql.clone() },
            causes: Vec::new(),
        };
        diffs.extend(statements.added.iter().map(added));
        diffs.extend(statements.removed.iter().map(removed));
        diffs
    }

    fn outputs(&self, statements: &Statements<'_>) -> Vec<OutputDiff> {
        let (Some(old), Some(new)) = (&self.before.manifest, &self.after.manifest) else { return Vec::new() };
        let mut diffs = Vec::new();
        for (name, [before, after]) in output_pairs(&old.outputs, &new.outputs) {
            for (fact, old, new) in output_facts(before, after) {
                let pair = after
                    .and_then(|after| statements.pairs.iter().find(|pair| pair.new.index == after.statement));
                let causes = pair.map_or_else(Vec::new, |pair| cause::of_result(&self.evidence(pair)));
                diffs.push(OutputDiff { output: name.clone(), fact, old, new, causes });
            }
        }
        diffs
    }
}

fn step(
    pair: &StatementPair<'_>,
    stage: PlanStage,
    edits: Vec<PlanEdit>,
    evidence: &Evidence<'_>,
) -> PlanStep {
    let caused = |edit: PlanEdit| PlanEdit { causes: cause::of_plan_edit(&edit, evidence), ..edit };
    PlanStep {
        statement: pair.new.index,
        old_statement: pair.old_statement(),
        stage,
        rule: Maybe::Unset,
        edits: edits.into_iter().map(caused).collect(),
    }
}

type Fact = (OutputFact, Maybe<String>, Maybe<String>);

fn output_facts(old: Option<&OutputRecord>, new: Option<&OutputRecord>) -> Vec<Fact> {
    let text = |text: String| Maybe::Set(text);
    let (Some(old), Some(new)) = (old, new) else {
        let rows =
            |output: Option<&OutputRecord>| output.map(|output| format!("{} rows", output.rows)).into();
        return vec![(OutputFact::Output, rows(old), rows(new))];
    };
    let digest =
        |output: &OutputRecord| output.content_sha256.as_ref().into_option().map(ToString::to_string);
    let facts = [
        (OutputFact::Rows, text(old.rows.to_string()), text(new.rows.to_string())),
        (OutputFact::Content, digest(old).into(), digest(new).into()),
        (OutputFact::Format, text(old.format.clone()), text(new.format.clone())),
    ];
    facts.into_iter().filter(|(_, old, new)| old != new).collect()
}
