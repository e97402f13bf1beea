//! What a build without Delta says of Delta tables.

use std::sync::Arc;

use datafusion::catalog::TableProvider;
use datafusion::execution::{SessionState, SessionStateBuilder};
use proofmark_artifacts::DatasetRecord;
use proofmark_artifacts::diagnostics::IncrementalEvent;

use crate::error::{Error, ErrorKind, Result};
use crate::recorder::Incremental;
use crate::session::Session;
use crate::sink::{Claim, Sink};
use crate::statement::Statement;
use crate::table::TableSpec;

pub(crate) const STORED_AS: &[&str] = &["DELTA", "DELTATABLE"];

pub(crate) fn with_factories(builder: SessionStateBuilder) -> SessionStateBuilder {
    builder
}

#[expect(clippy::unused_async, reason = "the twin waits for the table")]
pub(crate) async fn open_table(spec: &TableSpec, _: &SessionState) -> Result<Arc<dyn TableProvider>> {
    Err(not_built(&format!("`{}` is a Delta table", spec.path.display())))
}

pub(crate) fn describe(_: &mut DatasetRecord, _: &dyn TableProvider) -> bool {
    false
}

/// No table is read by its changes.
#[derive(Default)]
pub(crate) struct Increments(());

impl Increments {
    #[expect(clippy::unused_async, reason = "the twin waits for the tables")]
    pub(crate) async fn begin(
        _: &Session,
        _: &Incremental,
        _: &[TableSpec],
        _: &[Statement],
        _: &mut dyn Sink,
    ) -> Result<Self> {
        Err(not_built("incremental runs read the changes of Delta tables"))
    }

    pub(crate) fn claims(&self) -> Vec<Claim> {
        Vec::new()
    }

    #[expect(clippy::unused_async, reason = "the twin waits for the cursors")]
    pub(crate) async fn advance(&mut self, _: Option<&str>) -> Result<()> {
        Ok(())
    }

    pub(crate) fn into_events(self) -> Vec<IncrementalEvent> {
        Vec::new()
    }
}

fn not_built(what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("{what}, and this build does not read them"))
        .with_help("build with `--features delta`")
}
