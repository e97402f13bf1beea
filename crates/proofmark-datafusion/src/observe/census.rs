//! The schemas that the files of a scan really have, judged by the one they are read by.

use datafusion::arrow::datatypes::Schema;
use jiff::Timestamp;
use proofmark_arrow::drift::{Census, Difference, DriftKind, Level, Verdict};
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::{
    ColumnChange, ColumnDifference, ColumnDrift, DriftLevel, ReadVerdict, SchemaValidationEvent,
};

use crate::schema::fingerprint;

/// The verdict over the files of `dataset`; none where no file's schema is known.
pub(crate) fn schema_validation(
    census: &Census,
    dataset: &str,
    table: &Schema,
) -> Option<SchemaValidationEvent> {
    let judged = census.judge(table);
    (judged.files > 0).then(|| SchemaValidationEvent {
        event_time: Maybe::Set(Timestamp::now()),
        dataset: dataset.to_owned(),
        expected: fingerprint(table),
        files: judged.files,
        differing: judged.differing,
        differences: judged.differences.into_iter().map(record).collect(),
    })
}

fn record(Difference { drift, files, example }: Difference) -> ColumnDifference {
    let is_read = drift.verdict == Verdict::Ok;
    ColumnDifference {
        column: drift.column,
        inside: Some(drift.inside).filter(|inside| !inside.is_empty()).into(),
        kind: change(drift.kind),
        expected: drift.table.into(),
        found: drift.file.into(),
        files,
        example: Maybe::Set(example),
        drift: Maybe::Set(ColumnDrift {
            rule: drift.rule.to_owned(),
            verdict: verdict(drift.verdict),
            level: level(drift.level),
            fix: (!is_read).then(|| drift.fix.to_owned()).into(),
        }),
    }
}

const fn change(kind: DriftKind) -> ColumnChange {
    match kind {
        DriftKind::Added => ColumnChange::Added,
        DriftKind::Missing => ColumnChange::Missing,
        DriftKind::Renamed => ColumnChange::Renamed,
        DriftKind::Retyped => ColumnChange::Retyped,
        DriftKind::Nullability => ColumnChange::Nullability,
        DriftKind::Moved => ColumnChange::Moved,
    }
}

const fn verdict(verdict: Verdict) -> ReadVerdict {
    match verdict {
        Verdict::Ok => ReadVerdict::Ok,
        Verdict::Conditional => ReadVerdict::Conditional,
        Verdict::Refused => ReadVerdict::Refused,
        Verdict::Silent => ReadVerdict::Silent,
    }
}

const fn level(level: Level) -> DriftLevel {
    match level {
        Level::None => DriftLevel::None,
        Level::Representation => DriftLevel::Representation,
        Level::Compatible => DriftLevel::Compatible,
        Level::BackwardOnly => DriftLevel::BackwardOnly,
        Level::ForwardOnly => DriftLevel::ForwardOnly,
        Level::Breaking => DriftLevel::Breaking,
        Level::Silent => DriftLevel::Silent,
    }
}
