// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface FilePruningEvent {
  type: "file_pruning_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  operator: number;
  /** Absent: the scan reads files that have no table. */
  dataset?: string;
  /** Absent: it reads everything. */
  predicate?: string;
  /** Volatile: race. */
  pruning: ScanPruning;
}

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

/** The type of each record by its name. */
export interface Records {
  file_pruning_event: FilePruningEvent;
}
