//! What a statement made, and from what.

use std::path::{Path, PathBuf};

use datafusion::arrow::datatypes::Schema;
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use proofmark_artifacts::{LineageEdge, Maybe, OutputRecord};

use crate::dataset::table_names;
use crate::journal::maybe;
use crate::kind::returns_rows;
use crate::outcome::StatementOutcome;
use crate::schema::{columns, fingerprint};
use crate::sink::SinkOutput;
use crate::statement::Statement;
use crate::trace::Trace;

/// The name of the output that is the run's result.
const RESULT: &str = "result";

/// What a statement that ended well made; `None` when it made nothing that outlives it.
pub(crate) fn of(
    index: u32,
    statement: &Statement,
    outcome: &StatementOutcome,
    trace: &Trace,
    shown: Option<SinkOutput>,
    state: &SessionState,
) -> Option<(OutputRecord, LineageEdge)> {
    let logical = trace.logical.as_ref()?;
    let made = match (statement.kind, logical) {
        (_, LogicalPlan::Copy(copy)) => Made::copied(copy),
        (_, LogicalPlan::Dml(insert)) => Made::inserted(insert),
        (kind, _) if returns_rows(kind) => Made::shown(outcome, shown?)?,
        _ => return None,
    };
    let record = OutputRecord {
        name: made.name.clone(),
        statement: index,
        path: maybe(made.path.as_ref().map(|path| path.to_string_lossy().into_owned())),
        format: made.format,
        rows: outcome.rows.unwrap_or_default(),
        bytes: maybe(made.bytes.or_else(|| made.path.as_deref().and_then(size_of))),
        columns: columns(&made.schema),
        schema_fingerprint: fingerprint(&made.schema),
        content_sha256: Maybe::Unset,
        delta: Maybe::Unset,
    };
    Some((record, LineageEdge { output: made.name, inputs: inputs(logical, trace, state) }))
}

struct Made {
    name: String,
    format: String,
    path: Option<PathBuf>,
    bytes: Option<u64>,
    schema: Schema,
}

impl Made {
    fn copied(copy: &datafusion::logical_expr::dml::CopyTo) -> Self {
        let path = PathBuf::from(&copy.output_url);
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        Self {
            name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| "copy".to_owned()),
            format: copy.file_type.get_ext().trim_start_matches('.').to_owned(),
            path: Some(path),
            bytes: None,
            schema: copy.input.schema().as_arrow().clone(),
        }
    }

    fn inserted(insert: &datafusion::logical_expr::DmlStatement) -> Self {
        Self {
            name: insert.table_name.table().to_owned(),
            format: "table".to_owned(),
            path: None,
            bytes: None,
            schema: insert.input.schema().as_arrow().clone(),
        }
    }

    fn shown(outcome: &StatementOutcome, shown: SinkOutput) -> Option<Self> {
        let schema = outcome.schema.as_ref()?.as_ref().clone();
        Some(Self {
            name: RESULT.to_owned(),
            format: shown.format,
            path: shown.path,
            bytes: shown.bytes,
            schema,
        })
    }
}

/// The tables behind an output: those that the text names, and those that views among them read.
fn inputs(logical: &LogicalPlan, trace: &Trace, state: &SessionState) -> Vec<String> {
    let mut names = table_names(logical, state);
    names.extend(trace.optimized.iter().flat_map(|optimized| table_names(optimized, state)));
    names.sort();
    names.dedup();
    names
}

/// The size of a file, or of the files in a directory.
fn size_of(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_dir() {
        return Some(metadata.len());
    }
    let entries = std::fs::read_dir(path).ok()?.flatten();
    Some(entries.filter_map(|entry| size_of(&entry.path())).sum())
}
