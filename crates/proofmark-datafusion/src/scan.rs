//! What each scan was to read and did read.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::Schema;
use datafusion::common::stats::Precision;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::FileScanConfig;
use datafusion::datasource::physical_plan::parquet::metadata::DFParquetMetadata;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::object_store::{ObjectMeta, ObjectStore};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::metrics::MetricsSet;
use proofmark_arrow::drift::Census;
use proofmark_artifacts::diagnostics::SchemaValidationEvent;
use proofmark_artifacts::{FileHint, Maybe, OperatorNode, ScanPruning, ScanTelemetry};

use crate::metrics::{named, scan_pruning};
use crate::observe::census::schema_validation;
use crate::operators::{file_scan, place_of};

/// The scans of one plan under observation.
pub(crate) struct Scans(Vec<Scan>);

struct Scan {
    plan: Arc<dyn ExecutionPlan>,
    telemetry: ScanTelemetry,
    schemas: Option<SchemaValidationEvent>,
}

impl Scans {
    /// Describes every file scan of `plan`, which has not run yet.
    pub(crate) async fn capture(
        statement: u32,
        plan: &Arc<dyn ExecutionPlan>,
        root: &OperatorNode,
        runtime: &RuntimeEnv,
    ) -> Self {
        let mut found = Vec::new();
        pair(plan, root, &mut found);
        let mut scans = Vec::new();
        for (plan, node) in found {
            let Some(config) = file_scan(plan.as_ref()) else { continue };
            let mut files = Files::of(config, runtime).await;
            let census = std::mem::take(&mut files.census);
            let telemetry = describe(statement, node, config, files);
            let dataset = telemetry.dataset.as_deref();
            let schemas =
                dataset.and_then(|dataset| schema_validation(&census, dataset, config.file_schema()));
            scans.push(Scan { plan: plan.clone(), telemetry, schemas });
        }
        Self(scans)
    }

    /// Takes the figures, its own and those counted elsewhere by operator.
    pub(crate) fn finish(&mut self, elsewhere: &BTreeMap<u32, MetricsSet>) {
        for scan in &mut self.0 {
            let metrics = elsewhere.get(&scan.telemetry.operator).cloned().or_else(|| scan.plan.metrics());
            if let Some(metrics) = metrics {
                scan.count(&metrics);
            }
        }
    }

    /// Lets go of the plan; what is left are figures, and a verdict over the files of each table.
    pub(crate) fn into_parts(self) -> (Vec<ScanTelemetry>, Vec<SchemaValidationEvent>) {
        let parts: (Vec<_>, Vec<_>) = self.0.into_iter().map(|scan| (scan.telemetry, scan.schemas)).unzip();
        (parts.0, parts.1.into_iter().flatten().collect())
    }
}

impl Scan {
    fn count(&mut self, metrics: &MetricsSet) {
        self.telemetry.bytes_scanned = named(metrics, "bytes_scanned");
        self.telemetry.rows_out = metrics.output_rows().map(|rows| rows as u64);
        self.telemetry.pruning = scan_pruning(metrics);
    }
}

/// File scans with their nodes, in plan order.
fn pair<'a>(
    plan: &'a Arc<dyn ExecutionPlan>,
    node: &'a OperatorNode,
    out: &mut Vec<(&'a Arc<dyn ExecutionPlan>, &'a OperatorNode)>,
) {
    if file_scan(plan.as_ref()).is_some() {
        out.push((plan, node));
    }
    for (child, child_node) in plan.children().into_iter().zip(&node.children) {
        pair(child, child_node, out);
    }
}

fn describe(statement: u32, node: &OperatorNode, config: &FileScanConfig, files: Files) -> ScanTelemetry {
    ScanTelemetry {
        fragment_count: files.hints.len() as u64,
        row_group_count: files.hints.iter().filter_map(|file| file.row_groups).sum(),
        count_rows: files.hints.iter().map(|file| file.rows).sum(),
        estimated_rows: match node.rows_estimated {
            Maybe::Set(estimate) => Some(estimate.rows),
            Maybe::Unset => None,
        },
        statement,
        operator: node.index,
        dataset: files.dataset,
        format: config.file_source().file_type().to_owned(),
        columns: columns_of(config),
        predicate: config.file_source().filter().map(|filter| filter.to_string()),
        file_hints: files.hints,
        bytes_planned: files.bytes_planned,
        bytes_scanned: None,
        rows_out: None,
        pruning: ScanPruning::default(),
    }
}

fn columns_of(config: &FileScanConfig) -> Vec<String> {
    let schema = config.projected_schema().unwrap_or_else(|_| config.file_schema().clone());
    schema.fields().iter().map(|field| field.name().clone()).collect()
}

/// The distinct files of a scan, with what their footers say.
struct Files {
    dataset: Option<String>,
    hints: Vec<FileHint>,
    bytes_planned: u64,
    census: Census,
}

impl Files {
    async fn of(config: &FileScanConfig, runtime: &RuntimeEnv) -> Self {
        let files = || config.file_groups.iter().flat_map(|group| group.files());
        let store = runtime.object_store(&config.object_store_url).ok();
        let is_parquet = config.file_source().file_type() == "parquet";
        // Byte ranges of one file are one fragment; the map also puts the files in order of name,
        // which the engine's own grouping does not.
        let distinct: BTreeMap<_, _> = files().map(|file| (&file.object_meta.location, file)).collect();
        let mut hints = Vec::with_capacity(distinct.len());
        let mut census = Census::default();
        for file in distinct.into_values() {
            let footer = match &store {
                Some(store) if is_parquet => Footer::read(store.as_ref(), &file.object_meta, runtime).await,
                _ => None,
            };
            let place = place_of(config, file);
            if let Some(footer) = &footer {
                census.add(&footer.schema, &place);
            }
            hints.push(hint(place, file, footer));
        }
        let bytes_planned = files().map(PartitionedFile::effective_size).sum();
        let dataset =
            files().find_map(|file| file.table_reference.as_ref()).map(|name| name.table().to_owned());
        Self { dataset, hints, bytes_planned, census }
    }
}

fn hint(path: String, file: &PartitionedFile, footer: Option<Footer>) -> FileHint {
    let counted = file.statistics.as_ref().and_then(|statistics| match statistics.num_rows {
        Precision::Exact(rows) => Some(rows as u64),
        Precision::Inexact(_) | Precision::Absent => None,
    });
    FileHint {
        path,
        bytes: file.object_meta.size,
        rows: footer.as_ref().map(|footer| footer.rows).or(counted),
        row_groups: footer.map(|footer| footer.row_groups),
    }
}

/// What a Parquet footer says; the planner has just read it, so it comes from the engine's cache.
struct Footer {
    rows: u64,
    row_groups: u64,
    schema: Schema,
}

impl Footer {
    async fn read(store: &dyn ObjectStore, meta: &ObjectMeta, runtime: &RuntimeEnv) -> Option<Self> {
        let cache = runtime.cache_manager.get_file_metadata_cache();
        let file = DFParquetMetadata::new(store, meta).with_file_metadata_cache(Some(cache));
        let metadata = file.fetch_metadata().await.ok()?;
        Some(Self {
            rows: u64::try_from(metadata.file_metadata().num_rows()).ok()?,
            row_groups: metadata.num_row_groups() as u64,
            schema: file.fetch_schema().await.ok()?,
        })
    }
}
