//! What each scan was planned to read and did read.

use proofmark::Record;

/// The scans of a run.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "telemetry.v1")]
pub struct TelemetryArtifact {
    /// One entry per scan, in the order of statements and of operators within their plans.
    pub scans: Vec<ScanTelemetry>,
}

/// One scan of one table.
///
/// Positional: the fields are written in this order, without names, so never reorder them and add only at the end.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional)]
pub struct ScanTelemetry {
    /// Files, each counted once, however many ranges it was split into.
    pub fragment_count: u64,
    /// Row groups of those files, from their footers.
    pub row_group_count: u64,
    /// Rows of those files.
    #[field(null = "not known without reading the data")]
    pub count_rows: Option<u64>,
    /// Rows the planner expected to remain after filters.
    #[field(null = "the planner had no estimate")]
    pub estimated_rows: Option<u64>,
    /// The statement's position in the run.
    pub statement: u32,
    /// The operator's position in its plan.
    pub operator: u32,
    /// The table's name in SQL.
    #[field(null = "the plan does not name the table")]
    pub dataset: Option<String>,
    /// Format of the files: `parquet`, `csv`, `json`.
    pub format: String,
    /// Columns read, in order.
    pub columns: Vec<String>,
    /// The filter given to the scan, taken before it ran.
    #[field(null = "the scan has no filter")]
    pub predicate: Option<String>,
    /// The files.
    pub file_hints: Vec<FileHint>,
    /// Bytes of the files, or of the ranges of them that were to be read.
    pub bytes_planned: u64,
    /// Bytes read. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race", null = "the scan did not run, or does not count")]
    pub bytes_scanned: Option<u64>,
    /// Rows put out. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race", null = "the scan did not run, or does not count")]
    pub rows_out: Option<u64>,
    /// What was skipped. Volatile: a filter found while running may come early or late.
    #[field(volatile = "race")]
    pub pruning: ScanPruning,
}

/// One file of a scan.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(positional)]
pub struct FileHint {
    /// Where it lies. Volatile: the same data may lie elsewhere.
    #[field(volatile = "path")]
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its rows.
    #[field(null = "not known without reading the data")]
    pub rows: Option<u64>,
    /// Its row groups.
    #[field(null = "the format has none, or the footer was not read")]
    pub row_groups: Option<u64>,
}

/// What a scan skipped, at each level.
#[derive(Record, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[record(positional)]
pub struct ScanPruning {
    /// Files or ranges, by statistics.
    #[field(volatile = "race")]
    pub files: PruneCount,
    /// Row groups, by statistics. Those of skipped files are not counted.
    #[field(volatile = "race")]
    pub row_groups_statistics: PruneCount,
    /// Row groups, by Bloom filter.
    #[field(volatile = "race")]
    pub row_groups_bloom: PruneCount,
    /// Pages, by the page index.
    #[field(volatile = "race")]
    pub pages: PruneCount,
    /// Rows, by filters applied while decoding.
    #[field(volatile = "race")]
    pub rows: PruneCount,
}

/// How many were skipped, and how many were kept.
#[derive(Record, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[record(positional)]
pub struct PruneCount {
    /// Skipped.
    #[field(volatile = "race")]
    pub pruned: u64,
    /// Kept.
    #[field(volatile = "race")]
    pub matched: u64,
}
