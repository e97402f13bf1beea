// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export type FileHint = [
  /** Volatile: path. */
  path: string,
  bytes: Int64,
  /** Null: not known without reading the data. */
  rows: Int64 | null,
  /** Null: the format has none, or the footer was not read. */
  row_groups: Int64 | null,
];

export type PruneCount = [
  /** Volatile: race. */
  pruned: Int64,
  /** Volatile: race. */
  matched: Int64,
];

export type ScanPruning = [
  /** Volatile: race. */
  files: PruneCount,
  /** Volatile: race. */
  row_groups_statistics: PruneCount,
  /** Volatile: race. */
  row_groups_bloom: PruneCount,
  /** Volatile: race. */
  pages: PruneCount,
  /** Volatile: race. */
  rows: PruneCount,
];

export type ScanTelemetry = [
  fragment_count: Int64,
  row_group_count: Int64,
  /** Null: not known without reading the data. */
  count_rows: Int64 | null,
  /** Null: the planner had no estimate. */
  estimated_rows: Int64 | null,
  statement: number,
  operator: number,
  /** Null: the plan does not name the table. */
  dataset: string | null,
  format: string,
  columns: string[],
  /** Null: the scan has no filter. */
  predicate: string | null,
  file_hints: FileHint[],
  bytes_planned: Int64,
  /** Null: the scan did not run, or does not count. Volatile: race. */
  bytes_scanned: Int64 | null,
  /** Null: the scan did not run, or does not count. Volatile: race. */
  rows_out: Int64 | null,
  /** Volatile: race. */
  pruning: ScanPruning,
];

export interface TelemetryArtifact {
  type: "telemetry.v1";
  scans: ScanTelemetry[];
}

/** The type of each record by its name. */
export interface Records {
  telemetry: TelemetryArtifact;
}
