//! The engine's metrics as typed figures.

use std::collections::BTreeMap;

use datafusion::common::format::MetricCategory;
use datafusion::physical_plan::metrics::{Metric as EngineMetric, MetricValue, MetricsSet};
use proofmark_artifacts::{Maybe, Metric, OperatorMetrics, PruneCount, ScanPruning};

/// Everything one operator counted, summed over partitions.
pub(crate) fn operator_metrics(metrics: &MetricsSet) -> OperatorMetrics {
    let summed = metrics.aggregate_by_name().timestamps_removed();
    let mut counters: Vec<_> = summed.iter().map(|metric| figure(metric)).collect();
    counters.sort_by(|a, b| name_of(a).cmp(name_of(b)));
    OperatorMetrics {
        rows_out: count(metrics.output_rows()),
        batches_out: sum(metrics, |value| matches!(value, MetricValue::OutputBatches(_))),
        bytes_out: sum(metrics, |value| matches!(value, MetricValue::OutputBytes(_))),
        elapsed_compute_ns: count(metrics.elapsed_compute()),
        spilled_bytes: count(metrics.spilled_bytes()),
        rows_per_partition: rows_per_partition(metrics),
        counters,
    }
}

/// What a scan skipped, read from its metrics.
pub(crate) fn scan_pruning(metrics: &MetricsSet) -> ScanPruning {
    let summed = metrics.aggregate_by_name();
    let pruned = |name: &str| {
        let found = summed.iter().find_map(|metric| match metric.value() {
            MetricValue::PruningMetrics { name: own, pruning_metrics } if own == name => {
                Some((pruning_metrics.pruned(), pruning_metrics.matched()))
            }
            _ => None,
        });
        let (pruned, matched) = found.unwrap_or_default();
        PruneCount { pruned: pruned as u64, matched: matched as u64 }
    };
    ScanPruning {
        files: pruned("files_ranges_pruned_statistics"),
        row_groups_statistics: pruned("row_groups_pruned_statistics"),
        row_groups_bloom: pruned("row_groups_pruned_bloom_filter"),
        pages: pruned("page_index_pages_pruned"),
        rows: PruneCount {
            pruned: named(metrics, "pushdown_rows_pruned").unwrap_or_default(),
            matched: named(metrics, "pushdown_rows_matched").unwrap_or_default(),
        },
    }
}

/// The sum of the metric called `name`.
pub(crate) fn named(metrics: &MetricsSet, name: &str) -> Option<u64> {
    metrics.sum_by_name(name).map(|value| value.as_usize() as u64)
}

fn sum(metrics: &MetricsSet, is_wanted: impl Fn(&MetricValue) -> bool) -> Maybe<u64> {
    count(metrics.sum(|metric| is_wanted(metric.value())).map(|value| value.as_usize()))
}

fn count(value: Option<usize>) -> Maybe<u64> {
    value.map_or(Maybe::Unset, |value| Maybe::Set(value as u64))
}

fn rows_per_partition(metrics: &MetricsSet) -> Vec<u64> {
    let mut rows = BTreeMap::<usize, u64>::new();
    for metric in metrics.iter() {
        if let (MetricValue::OutputRows(count), Some(partition)) = (metric.value(), metric.partition()) {
            *rows.entry(partition).or_default() += count.value() as u64;
        }
    }
    rows.into_values().collect()
}

fn figure(metric: &EngineMetric) -> Metric {
    let name = metric.value().name().to_owned();
    let value = metric.value().as_usize() as u64;
    match metric.value() {
        MetricValue::ElapsedCompute(_) | MetricValue::Time { .. } => Metric::Time { name, value_ns: value },
        MetricValue::OutputBytes(_) | MetricValue::SpilledBytes(_) => Metric::Bytes { name, value },
        MetricValue::CurrentMemoryUsage(_)
        | MetricValue::PeakMemoryUsage { .. }
        | MetricValue::Gauge { .. } => Metric::Gauge { name, value },
        MetricValue::PruningMetrics { pruning_metrics, .. } => Metric::Pruning {
            name,
            pruned: pruning_metrics.pruned() as u64,
            matched: pruning_metrics.matched() as u64,
            fully_matched: pruning_metrics.fully_matched() as u64,
        },
        MetricValue::Ratio { ratio_metrics, .. } => {
            Metric::Ratio { name, part: ratio_metrics.part() as u64, total: ratio_metrics.total() as u64 }
        }
        _ if metric.metric_category() == Some(MetricCategory::Bytes) => Metric::Bytes { name, value },
        _ => Metric::Count { name, value },
    }
}

fn name_of(metric: &Metric) -> &str {
    match metric {
        Metric::Count { name, .. }
        | Metric::Gauge { name, .. }
        | Metric::Bytes { name, .. }
        | Metric::Time { name, .. }
        | Metric::Pruning { name, .. }
        | Metric::Ratio { name, .. } => name,
    }
}
