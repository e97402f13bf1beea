//! A Delta table as the engine reads it, with the facts of the version that it is read at.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider, TableProviderFactory};
use datafusion::common::Statistics;
use datafusion::error::{DataFusionError, Result as EngineResult};
use datafusion::execution::SessionState;
use datafusion::logical_expr::dml::InsertOp;
use datafusion::logical_expr::{CreateExternalTable, Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use deltalake::DeltaTable;
use proofmark_artifacts::{DatasetRecord, DeltaRecord, Maybe};

use super::{failed, open};
use crate::error::Result;

/// The engine's own reader of a Delta table, and what the table's log says of the version it reads.
#[derive(Debug)]
pub(super) struct Source {
    reader: Arc<dyn TableProvider>,
    path: String,
    files: u64,
    bytes: u64,
    rows: Option<u64>,
    facts: DeltaRecord,
}

impl Source {
    /// The table at the version it was loaded at.
    pub(super) async fn of(table: &DeltaTable, state: &SessionState) -> Result<Self> {
        let path = table.table_url().to_string();
        let failed = |error| failed("read", Path::new(&path), error);
        table.update_datafusion_session(state).map_err(failed)?;
        let snapshot = table.snapshot().map_err(failed)?;
        let log = snapshot.log_data();
        let files: Vec<_> = log.iter().collect();
        Ok(Self {
            reader: table.table_provider().with_session(Arc::new(state.clone())).await?,
            files: files.len() as u64,
            bytes: files.iter().map(|file| file.size().max(0) as u64).sum(),
            rows: files.iter().map(|file| file.num_records().map(|rows| rows as u64)).sum(),
            facts: facts(table)?,
            path,
        })
    }

    pub(super) fn describe(&self, record: &mut DatasetRecord) {
        record.path = Maybe::Set(self.path.clone());
        record.format = Maybe::Set("delta".to_owned());
        record.files = Maybe::Set(self.files);
        record.bytes = Maybe::Set(self.bytes);
        record.rows = self.rows.map_or(Maybe::Unset, Maybe::Set);
        record.delta = Maybe::Set(self.facts.clone());
    }
}

/// Id, version and features of a table.
pub(super) fn facts(table: &DeltaTable) -> Result<DeltaRecord> {
    let failed = |error| failed("read", Path::new(table.table_url().as_str()), error);
    let snapshot = table.snapshot().map_err(failed)?;
    let protocol = snapshot.protocol();
    let readers = protocol.reader_features().into_iter().flatten().map(ToString::to_string);
    let writers = protocol.writer_features().into_iter().flatten().map(ToString::to_string);
    let mut features: Vec<_> = readers.chain(writers).collect();
    features.sort();
    features.dedup();
    Ok(DeltaRecord {
        table_id: Maybe::Set(snapshot.metadata().id().to_owned()),
        version: snapshot.version(),
        features,
    })
}

#[async_trait]
impl TableProvider for Source {
    fn schema(&self) -> SchemaRef {
        self.reader.schema()
    }

    fn table_type(&self) -> TableType {
        self.reader.table_type()
    }

    fn statistics(&self) -> Option<Statistics> {
        self.reader.statistics()
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> EngineResult<Vec<TableProviderFilterPushDown>> {
        self.reader.supports_filters_pushdown(filters)
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> EngineResult<Arc<dyn ExecutionPlan>> {
        self.reader.scan(state, projection, filters, limit).await
    }

    async fn insert_into(
        &self,
        state: &dyn Session,
        input: Arc<dyn ExecutionPlan>,
        operation: InsertOp,
    ) -> EngineResult<Arc<dyn ExecutionPlan>> {
        self.reader.insert_into(state, input, operation).await
    }
}

/// Makes the table of `CREATE EXTERNAL TABLE ... STORED AS DELTA`.
#[derive(Debug)]
pub(super) struct Factory;

#[async_trait]
impl TableProviderFactory for Factory {
    async fn create(
        &self,
        state: &dyn Session,
        command: &CreateExternalTable,
    ) -> EngineResult<Arc<dyn TableProvider>> {
        let external = |error: crate::error::Error| DataFusionError::Plan(error.to_string());
        let [location] = command.locations.as_slice() else {
            return Err(DataFusionError::Plan("a Delta table has one location".to_owned()));
        };
        let state = state
            .as_any()
            .downcast_ref::<SessionState>()
            .ok_or_else(|| DataFusionError::Internal("the session is not the engine's own".to_owned()))?;
        let table = open(&local(location)).await.map_err(external)?;
        Ok(Arc::new(Source::of(&table, state).await.map_err(external)?))
    }
}

/// The path of a location, with or without `file://`.
fn local(location: &str) -> PathBuf {
    PathBuf::from(location.strip_prefix("file://").unwrap_or(location))
}
