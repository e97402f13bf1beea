//! Physical plans as typed trees: the shape before the run, the figures after it.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use datafusion::common::stats::Precision;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::FileScanConfig;
use datafusion::datasource::source::{DataSource, DataSourceExec};
use datafusion::physical_expr::{LexOrdering, Partitioning as EnginePartitioning, PhysicalExpr};
use datafusion::physical_plan::metrics::MetricsSet;
use datafusion::physical_plan::repartition::RepartitionExec;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::physical_plan::{DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, displayable};
use proofmark_artifacts::{Maybe, OperatorNode, PLAN_DEPTH_MAX, PartitionScheme, Partitioning, RowEstimate};

use crate::metrics::operator_metrics;
use crate::plan::{CUT_NAME, strip_name};

/// A physical plan under observation.
///
/// Text and estimates are those from before the run. [`Operators::finish`] adds the figures and
/// lets go of the plan: memory that operators reserved stays reserved as long as the plan lives.
pub(crate) struct Operators {
    root: OperatorNode,
    plan: Option<Arc<dyn ExecutionPlan>>,
    scans: Vec<Arc<dyn ExecutionPlan>>,
    rows_to_scan: Option<u64>,
}

impl Operators {
    /// Describes `plan`, which has not run yet.
    pub(crate) fn capture(plan: &Arc<dyn ExecutionPlan>) -> Self {
        let mut walk = Walk { statistics: Some(StatisticsContext::new()), next_index: 0 };
        let root = walk.node(plan.as_ref(), 1);
        let mut scans = Vec::new();
        leaves(plan, &mut scans);
        let rows_to_scan =
            scans.iter().map(|scan| walk.estimate(scan.as_ref()).map(|estimate| estimate.rows)).sum();
        Self { root, plan: Some(plan.clone()), scans, rows_to_scan }
    }

    /// Rows read by scans so far, and the rows they are expected to read.
    pub(crate) fn scanned(&self) -> (u64, Option<u64>) {
        let rows = |scan: &Arc<dyn ExecutionPlan>| scan.metrics().and_then(|metrics| metrics.output_rows());
        let so_far = self.scans.iter().filter_map(rows).sum::<usize>() as u64;
        (so_far, self.rows_to_scan)
    }

    /// Takes the figures, its own and those counted elsewhere by operator, and drops the plan.
    pub(crate) fn finish(&mut self, elsewhere: &BTreeMap<u32, MetricsSet>) {
        self.scans.clear();
        if let Some(plan) = self.plan.take() {
            attach(&mut self.root, &plan, elsewhere);
        }
    }

    /// The one file that the plan reads, if it reads no other.
    pub(crate) fn only_file(&self) -> Option<&str> {
        let mut files = Vec::new();
        collect_files(&self.root, &mut files);
        files.sort_unstable();
        files.dedup();
        match files[..] {
            [file] => Some(file),
            _ => None,
        }
    }

    /// The typed tree.
    pub(crate) fn root(&self) -> &OperatorNode {
        &self.root
    }
}

/// The typed tree of a plan that is still in the making: without estimates.
pub(crate) fn shape(plan: &dyn ExecutionPlan) -> OperatorNode {
    Walk { statistics: None, next_index: 0 }.node(plan, 1)
}

fn collect_files<'a>(node: &'a OperatorNode, out: &mut Vec<&'a str>) {
    out.extend(node.files.iter().map(String::as_str));
    for child in &node.children {
        collect_files(child, out);
    }
}

struct Walk {
    /// Where estimates are asked for; they cost more than the rest.
    statistics: Option<StatisticsContext>,
    next_index: u32,
}

impl Walk {
    fn node(&mut self, plan: &dyn ExecutionPlan, depth: usize) -> OperatorNode {
        let index = self.next_index;
        self.next_index += 1;
        let mut node = OperatorNode {
            index,
            name: plan.name().to_owned(),
            detail: detail_of(plan),
            files: files_of(plan),
            partitioning: partitioning_of(plan.output_partitioning()),
            ordering: plan.output_ordering().map(ordering_of).unwrap_or_default(),
            rows_estimated: self.estimate(plan).map_or(Maybe::Unset, Maybe::Set),
            metrics: Maybe::Unset,
            children: Vec::new(),
        };
        if depth == PLAN_DEPTH_MAX && !plan.children().is_empty() {
            node.name = CUT_NAME.to_owned();
            return node;
        }
        node.children =
            plan.children().into_iter().map(|child| self.node(child.as_ref(), depth + 1)).collect();
        node
    }

    /// `StatisticsContext` is the call that knows; the plan's own method answers "absent".
    fn estimate(&self, plan: &dyn ExecutionPlan) -> Option<RowEstimate> {
        let statistics = self.statistics.as_ref()?.compute(plan, &StatisticsArgs::new()).ok()?;
        match statistics.num_rows {
            Precision::Exact(rows) => Some(RowEstimate { rows: rows as u64, exact: true }),
            Precision::Inexact(rows) => Some(RowEstimate { rows: rows as u64, exact: false }),
            Precision::Absent => None,
        }
    }
}

fn leaves(plan: &Arc<dyn ExecutionPlan>, out: &mut Vec<Arc<dyn ExecutionPlan>>) {
    if plan.downcast_ref::<DataSourceExec>().is_some() {
        out.push(plan.clone());
    }
    for child in plan.children() {
        leaves(child, out);
    }
}

/// Adds figures to each node; both trees have one shape, since one was made from the other.
fn attach(node: &mut OperatorNode, plan: &Arc<dyn ExecutionPlan>, elsewhere: &BTreeMap<u32, MetricsSet>) {
    if let Some(metrics) = elsewhere.get(&node.index).cloned().or_else(|| plan.metrics()) {
        node.metrics = Maybe::Set(operator_metrics(&metrics));
    }
    for (child_node, child) in node.children.iter_mut().zip(plan.children()) {
        attach(child_node, child, elsewhere);
    }
}

/// The scan's configuration, where the operator scans files.
pub(crate) fn file_scan(plan: &dyn ExecutionPlan) -> Option<&FileScanConfig> {
    plan.downcast_ref::<DataSourceExec>()?.data_source().downcast_ref::<FileScanConfig>()
}

/// Where a scan's file lies: a path of the local file system, or a URL.
pub(crate) fn place_of(config: &FileScanConfig, file: &PartitionedFile) -> String {
    let store = config.object_store_url.as_str();
    let root = if store.starts_with("file:") { "/" } else { store };
    format!("{root}{}", file.object_meta.location)
}

/// Distinct files in plan order; ranges of one file count once.
fn files_of(plan: &dyn ExecutionPlan) -> Vec<String> {
    let Some(config) = file_scan(plan) else { return Vec::new() };
    let mut seen = HashSet::new();
    let files = config.file_groups.iter().flat_map(|group| group.files());
    files.map(|file| place_of(config, file)).filter(|place| seen.insert(place.clone())).collect()
}

fn partitioning_of(partitioning: &EnginePartitioning) -> Partitioning {
    let (scheme, expressions) = match partitioning {
        EnginePartitioning::RoundRobinBatch(_) => (PartitionScheme::RoundRobin, Vec::new()),
        EnginePartitioning::Hash(expressions, _) => (PartitionScheme::Hash, texts(expressions)),
        EnginePartitioning::Range(range) => (PartitionScheme::Range, ordering_of(range.ordering())),
        EnginePartitioning::UnknownPartitioning(_) => (PartitionScheme::Unknown, Vec::new()),
    };
    Partitioning { scheme, count: partitioning.partition_count() as u32, expressions }
}

fn texts(expressions: &[Arc<dyn PhysicalExpr>]) -> Vec<String> {
    expressions.iter().map(ToString::to_string).collect()
}

fn ordering_of(ordering: &LexOrdering) -> Vec<String> {
    ordering.iter().map(ToString::to_string).collect()
}

/// What the operator does, in the engine's words, without paths, byte ranges and partition counts.
fn detail_of(plan: &dyn ExecutionPlan) -> String {
    let text = match file_scan(plan) {
        Some(config) => scan_text(config),
        None => displayable(plan).one_line().to_string(),
    };
    let text = strip_name(text.trim(), plan.name());
    match plan.name() {
        "DataSinkExec" => text.split('(').next().unwrap_or_default().trim_end().to_owned(),
        "DataSourceExec" => strip_partitions(&text),
        _ if plan.downcast_ref::<RepartitionExec>().is_some() => after_input_partitions(&text),
        _ => text,
    }
}

/// The engine's own text of a scan that has no files: everything but the file list.
fn scan_text(config: &FileScanConfig) -> String {
    struct Shown(FileScanConfig);
    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            DataSource::fmt_as(&self.0, DisplayFormatType::Default, f)
        }
    }
    let mut config = config.clone();
    config.file_groups = Vec::new();
    let text = Shown(config).to_string();
    text.split_once("}, ").map_or_else(String::new, |(_, rest)| rest.to_owned())
}

/// Rows in memory lie in as many parts as the statement that made them left; that is no property of the query.
fn strip_partitions(text: &str) -> String {
    let Some(rest) = text.strip_prefix("partitions=") else { return text.to_owned() };
    let rest = rest
        .split_once("partition_sizes=[")
        .map_or(rest, |(_, rest)| rest.split_once(']').map_or("", |(_, rest)| rest));
    rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(", ").to_owned()
}

/// `partitioning=Hash([a@0], 4), input_partitions=4, preserve_order=true` says in its first two parts what
/// the partitioning of the operator and of its child say already, with counts that follow the host.
fn after_input_partitions(text: &str) -> String {
    let Some((_, rest)) = text.rsplit_once("input_partitions=") else { return text.to_owned() };
    rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(", ").to_owned()
}
