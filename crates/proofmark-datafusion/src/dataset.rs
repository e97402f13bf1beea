//! The tables of a session as records.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::catalog::TableProvider;
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{ResolvedTableReference, TableReference};
use datafusion::datasource::MemTable;
use datafusion::datasource::ViewTable;
use datafusion::datasource::listing::ListingTable;
use datafusion::execution::SessionState;
use datafusion::logical_expr::{DdlStatement, LogicalPlan};
use proofmark_artifacts::{DatasetKind, DatasetRecord, Maybe};

use crate::schema::{arrow_schema, columns, fingerprint};
use crate::table::without_statistics;

/// The catalog schema that holds the engine's own tables.
const ENGINE_SCHEMA: &str = "information_schema";

/// The tables seen during a run, each as it was when it was first seen.
///
/// A table is looked at after a plan that reads it was made: then the engine has listed its files and
/// read their statistics, and looking costs nothing and changes nothing. Looking earlier would fill the
/// engine's caches with a state that a later statement may change.
#[derive(Default)]
pub(crate) struct Datasets(BTreeMap<String, DatasetRecord>);

impl Datasets {
    /// Looks at the tables that `plan` reads.
    pub(crate) async fn see_plan(&mut self, state: &SessionState, plan: &LogicalPlan) {
        for name in scanned_tables(plan, state) {
            self.see(state, name).await;
        }
    }

    /// Looks at the table that `plan` is about to drop or replace.
    pub(crate) async fn see_dropped(&mut self, state: &SessionState, plan: &LogicalPlan) {
        if matches!(plan, LogicalPlan::Ddl(DdlStatement::DropCatalogSchema(_))) {
            return self.see_all(&without_statistics(state.clone())).await;
        }
        if let Some(name) = dropped_table(plan) {
            let catalog = &state.config_options().catalog;
            let name = name.clone().resolve(&catalog.default_catalog, &catalog.default_schema);
            self.see(state, name).await;
        }
    }

    /// Looks at every table there is. Rows that no statement has read are not counted now.
    pub(crate) async fn see_all(&mut self, state: &SessionState) {
        for name in all_tables(state) {
            self.see(state, name).await;
        }
    }

    /// What was seen, sorted by name.
    pub(crate) fn into_records(self) -> Vec<DatasetRecord> {
        self.0.into_values().collect()
    }

    async fn see(&mut self, state: &SessionState, name: ResolvedTableReference) {
        let shown = shown_name(&name, state);
        if self.0.contains_key(&shown) {
            return;
        }
        let Ok(schema) = state.schema_for_ref(TableReference::from(name.clone())) else { return };
        if let Ok(Some(provider)) = schema.table(&name.table).await {
            let record = describe(shown.clone(), &provider, state).await;
            self.0.insert(shown, record);
        }
    }
}

/// The names, as records write them, of the tables that a plan reads.
pub(crate) fn table_names(plan: &LogicalPlan, state: &SessionState) -> Vec<String> {
    let mut names: Vec<_> = scanned_tables(plan, state).iter().map(|name| shown_name(name, state)).collect();
    names.sort();
    names.dedup();
    names
}

fn dropped_table(plan: &LogicalPlan) -> Option<&TableReference> {
    let LogicalPlan::Ddl(ddl) = plan else { return None };
    match ddl {
        DdlStatement::DropTable(drop) => Some(&drop.name),
        DdlStatement::DropView(drop) => Some(&drop.name),
        DdlStatement::CreateExternalTable(create) if create.or_replace => Some(&create.name),
        DdlStatement::CreateMemoryTable(create) if create.or_replace => Some(&create.name),
        DdlStatement::CreateView(create) if create.or_replace => Some(&create.name),
        _ => None,
    }
}

/// The tables that a plan reads, those of its sub-queries and of views included.
pub(crate) fn scanned_tables(plan: &LogicalPlan, state: &SessionState) -> Vec<ResolvedTableReference> {
    let catalog = &state.config_options().catalog;
    let mut names = Vec::new();
    let walked = plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node {
            let name = scan.table_name.clone().resolve(&catalog.default_catalog, &catalog.default_schema);
            if name.schema.as_ref() != ENGINE_SCHEMA {
                names.push(name);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    });
    debug_assert!(walked.is_ok(), "the visitor never fails");
    names
}

fn all_tables(state: &SessionState) -> Vec<ResolvedTableReference> {
    let catalogs = state.catalog_list();
    let mut names = Vec::new();
    for catalog_name in catalogs.catalog_names() {
        let Some(catalog) = catalogs.catalog(&catalog_name) else { continue };
        for schema_name in catalog.schema_names().into_iter().filter(|name| name != ENGINE_SCHEMA) {
            let tables = catalog.schema(&schema_name).map(|schema| schema.table_names()).unwrap_or_default();
            let full = |table: String| ResolvedTableReference {
                catalog: catalog_name.as_str().into(),
                schema: schema_name.as_str().into(),
                table: table.into(),
            };
            names.extend(tables.into_iter().map(full));
        }
    }
    names
}

/// The shortest name that finds the table: catalog and schema only where they are not the default.
fn shown_name(name: &ResolvedTableReference, state: &SessionState) -> String {
    name_parts(name, state).join(".")
}

/// The parts of that name, the table's own last.
pub(crate) fn name_parts<'n>(name: &'n ResolvedTableReference, state: &SessionState) -> Vec<&'n str> {
    let catalog = &state.config_options().catalog;
    match (*name.catalog == *catalog.default_catalog, *name.schema == *catalog.default_schema) {
        (true, true) => vec![&name.table],
        (true, false) => vec![&name.schema, &name.table],
        (false, _) => vec![&name.catalog, &name.schema, &name.table],
    }
}

async fn describe(name: String, provider: &Arc<dyn TableProvider>, state: &SessionState) -> DatasetRecord {
    let schema = provider.schema();
    let mut record = DatasetRecord {
        name,
        kind: DatasetKind::External,
        path: Maybe::Unset,
        format: Maybe::Unset,
        rows: Maybe::Unset,
        files: Maybe::Unset,
        bytes: Maybe::Unset,
        columns: columns(&schema),
        schema_fingerprint: fingerprint(&schema),
        arrow_schema: arrow_schema(&schema),
        content_sha256: Maybe::Unset,
        ordering: Vec::new(),
        delta: Maybe::Unset,
    };
    if crate::delta::describe(&mut record, provider.as_ref()) {
        return record;
    }
    if let Some(table) = provider.downcast_ref::<ListingTable>() {
        describe_files(&mut record, table, state).await;
    } else if let Some(table) = provider.downcast_ref::<MemTable>() {
        record.kind = DatasetKind::Memory;
        record.rows = Maybe::Set(memory_rows(table).await);
    } else if provider.is::<ViewTable>() {
        record.kind = DatasetKind::View;
    }
    record
}

async fn describe_files(record: &mut DatasetRecord, table: &ListingTable, state: &SessionState) {
    let paths: Vec<_> = table.table_paths().iter().map(|path| path.as_str().to_owned()).collect();
    record.path = Maybe::Set(paths.join(" "));
    record.format = Maybe::Set(table.options().format.get_ext().trim_start_matches('.').to_owned());
    let orders = table.options().file_sort_order.iter().flatten();
    record.ordering = orders.map(ToString::to_string).collect();
    let Ok(listed) = table.list_files_for_scan(state, &[], None).await else { return };
    let files: Vec<_> = listed.file_groups.iter().flat_map(|group| group.files()).collect();
    record.files = Maybe::Set(files.len() as u64);
    record.bytes = Maybe::Set(files.iter().map(|file| file.object_meta.size).sum());
    let exact = |rows: Precision<usize>| match rows {
        Precision::Exact(rows) => Some(rows as u64),
        Precision::Inexact(_) | Precision::Absent => None,
    };
    let rows = files.iter().map(|file| exact(file.statistics.as_ref()?.num_rows)).sum::<Option<u64>>();
    record.rows = rows.map_or(Maybe::Unset, Maybe::Set);
}

async fn memory_rows(table: &MemTable) -> u64 {
    let mut rows = 0;
    for partition in &table.batches {
        rows += partition.read().await.iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
    }
    rows
}
