//! The change feed of a table between two versions, checked before anything is read from it.
//!
//! The library reads a range whose feed was off as if files were changes, and finds out about files that are gone when a
//! query is half done. So the log is walked first. Source: the section "Change Data Files" of the Delta protocol,
//! <https://github.com/delta-io/delta/blob/master/PROTOCOL.md>.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::datatypes::{Int64Type, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::datasource::empty::EmptyTable;
use datafusion::error::Result as EngineResult;
use datafusion::execution::context::SessionContext;
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType, cast, lit};
use datafusion::object_store::ObjectStoreExt;
use datafusion::physical_plan::empty::EmptyExec;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties};
use datafusion::prelude::col;
use deltalake::delta_datafusion::DeltaCdfTableProvider;
use deltalake::kernel::Action;
use deltalake::logstore::get_actions;
use deltalake::{DeltaTable, ObjectStoreError, TableProperty};
use proofmark_artifacts::diagnostics::ChangeCounts;

use super::failed;
use crate::error::{Error, ErrorKind, Result};

/// The column that says what happened to a row.
const CHANGE_TYPE: &str = "_change_type";

/// The changes of `versions`, as a table; of no versions when there is nothing new.
pub(super) async fn provider(
    table: &DeltaTable,
    name: &str,
    versions: Option<&RangeInclusive<u64>>,
) -> Result<Arc<dyn TableProvider>> {
    let failed = |error| failed("read the changes of", Path::new(table.table_url().as_str()), error);
    let (first, last) = versions.map_or((0, 0), |versions| (*versions.start(), *versions.end()));
    let scan = table.clone().scan_cdf().with_starting_version(first).with_ending_version(last);
    let feed = DeltaCdfTableProvider::try_new(scan).map_err(failed)?;
    match versions {
        None => Ok(Arc::new(EmptyTable::new(feed.schema()))),
        Some(versions) => {
            check(table, name, versions).await?;
            Ok(Arc::new(Feed(feed)))
        }
    }
}

/// How many rows were inserted, updated and deleted.
///
/// Reading the feed once for the count also proves that it can be read, before anything is written.
pub(super) async fn counts(context: &SessionContext, feed: Arc<dyn TableProvider>) -> Result<ChangeCounts> {
    let kind = cast(col(CHANGE_TYPE), DataType::Utf8).alias("kind");
    let groups = context.read_table(feed)?.aggregate(vec![kind], vec![count(lit(1))])?.collect().await?;
    let mut counts = ChangeCounts::default();
    for batch in &groups {
        let kinds = batch.column(0).as_string::<i32>();
        let rows = batch.column(1).as_primitive::<Int64Type>();
        for (kind, rows) in kinds.iter().zip(rows.values()) {
            match kind.unwrap_or_default() {
                "insert" => counts.inserted += *rows as u64,
                "update_postimage" => counts.updated += *rows as u64,
                "delete" => counts.deleted += *rows as u64,
                // The row as it was before an update, which is counted by what it became.
                _ => {}
            }
        }
    }
    Ok(counts)
}

/// Checks that every version is in the log, that its changes were recorded, and that their files are there.
async fn check(table: &DeltaTable, name: &str, versions: &RangeInclusive<u64>) -> Result<()> {
    let mut is_on = is_on_at(table, name, *versions.start(), versions).await?;
    for version in versions.clone() {
        let actions = actions(table, name, version, versions).await?;
        if let Some(now) = actions.iter().find_map(switched) {
            is_on = now;
        }
        if !is_on {
            return Err(feed_is_off(name, version));
        }
        check_files(table, name, version, &actions).await?;
    }
    Ok(())
}

/// Whether the feed is on in the version at which a range begins.
async fn is_on_at(
    table: &DeltaTable,
    name: &str,
    version: u64,
    versions: &RangeInclusive<u64>,
) -> Result<bool> {
    let mut table = table.clone();
    if table.load_version(version).await.is_err() {
        return Err(gap(name, version, versions));
    }
    let configuration =
        table.snapshot().map_err(|error| failed("read", Path::new(table.table_url().as_str()), error))?;
    Ok(is_true(configuration.metadata().configuration().get(TableProperty::EnableChangeDataFeed.as_ref())))
}

/// What a commit sets the feed to, if it sets the table's properties.
fn switched(action: &Action) -> Option<bool> {
    let Action::Metadata(metadata) = action else { return None };
    Some(is_true(metadata.configuration().get(TableProperty::EnableChangeDataFeed.as_ref())))
}

fn is_true(value: Option<&String>) -> bool {
    value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

async fn actions(
    table: &DeltaTable,
    name: &str,
    version: u64,
    versions: &RangeInclusive<u64>,
) -> Result<Vec<Action>> {
    let failed = |error| failed("read the log of", Path::new(table.table_url().as_str()), error);
    let commit = table.log_store().read_commit_entry(version).await.map_err(failed)?;
    let commit = commit.ok_or_else(|| gap(name, version, versions))?;
    get_actions(version, &commit).map_err(failed)
}

/// Checks that the files with the changes of one version have not been vacuumed.
async fn check_files(table: &DeltaTable, name: &str, version: u64, actions: &[Action]) -> Result<()> {
    let store = table.object_store();
    for path in changed_files(actions) {
        match store.head(&deltalake::Path::from(path)).await {
            Ok(_) => {}
            Err(ObjectStoreError::NotFound { .. }) => return Err(vacuumed(name, version, path)),
            Err(error) => {
                return Err(Error::new(
                    ErrorKind::Io,
                    format!("cannot look at `{path}` of `{name}`: {error}"),
                ));
            }
        }
    }
    Ok(())
}

/// The files that a reader of the feed opens: change files where a commit has them, data files otherwise.
fn changed_files(actions: &[Action]) -> Vec<&str> {
    let change = |action: &'_ Action| matches!(action, Action::Cdc(_));
    let has_change_files = actions.iter().any(change);
    actions.iter().filter_map(|action| changed_file(action, has_change_files)).collect()
}

fn changed_file(action: &Action, has_change_files: bool) -> Option<&str> {
    match action {
        Action::Cdc(file) => Some(file.path.as_str()),
        Action::Add(file) if !has_change_files && file.data_change => Some(file.path.as_str()),
        Action::Remove(file) if !has_change_files && file.data_change => Some(file.path.as_str()),
        _ => None,
    }
}

fn feed_is_off(name: &str, version: u64) -> Error {
    Error::new(ErrorKind::Data, format!("the change feed of `{name}` was off at version {version}")).with_help(
        format!(
            "turn it on with the table property `delta.enableChangeDataFeed`, read `{name}` whole once, and start after \
             that version: `proofmark cursor set`"
        ),
    )
}

fn gap(name: &str, version: u64, versions: &RangeInclusive<u64>) -> Error {
    let (first, last) = (versions.start(), versions.end());
    let message = format!(
        "version {version} of `{name}` is gone from its log; the changes of versions {first} to {last} are wanted"
    );
    Error::new(ErrorKind::Data, message).with_help(format!(
        "read `{name}` whole once, and start after version {last}: `proofmark cursor set`"
    ))
}

fn vacuumed(name: &str, version: u64, path: &str) -> Error {
    let message = format!("the changes of version {version} of `{name}` were vacuumed: `{path}` is gone");
    Error::new(ErrorKind::Data, message).with_help(format!(
        "read `{name}` whole once, and start after a version whose files are there: `proofmark cursor set`"
    ))
}

/// The library's reader of a feed, in plans that can be sorted: a part of its union that has nothing to read has no
/// partition, which the engine's check of sorted plans refuses.
#[derive(Debug)]
struct Feed(DeltaCdfTableProvider);

#[async_trait]
impl TableProvider for Feed {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }

    fn table_type(&self) -> TableType {
        self.0.table_type()
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> EngineResult<Vec<TableProviderFilterPushDown>> {
        self.0.supports_filters_pushdown(filters)
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> EngineResult<Arc<dyn ExecutionPlan>> {
        let plan = self.0.scan(state, projection, filters, limit).await?;
        let filled = plan.transform_up(|node| {
            let is_void = node.children().is_empty() && node.output_partitioning().partition_count() == 0;
            Ok(match is_void {
                true => Transformed::yes(Arc::new(EmptyExec::new(node.schema())) as Arc<dyn ExecutionPlan>),
                false => Transformed::no(node),
            })
        })?;
        Ok(filled.data)
    }
}
