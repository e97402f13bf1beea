// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export type Cause = Config | Statistics | Schema | EngineVersion | Host | Sql | Data | Unknown;

export interface Config {
  kind: "config";
  key: string;
  /** Absent: it had no value, or was not there. */
  old?: string;
  /** Absent: it has no value, or is not there. */
  new?: string;
}

export interface Data {
  kind: "data";
  dataset: string;
  fact: DataFact;
  /** Absent: not known. */
  old?: string;
  /** Absent: not known. */
  new?: string;
}

export type DataFact = "dataset" | "version" | "rows" | "files" | "bytes" | "content" | "format" | "ordering";

export interface Detail {
  kind: "detail";
  old: string;
  new: string;
}

export interface EngineVersion {
  kind: "engine_version";
  package: string;
  /** Absent: it was not there. */
  old?: string;
  /** Absent: it is not there. */
  new?: string;
}

export interface Estimate {
  kind: "estimate";
  /** Absent: it had no estimate. */
  old?: RowEstimate;
  /** Absent: it has no estimate. */
  new?: RowEstimate;
}

export interface Host {
  kind: "host";
  fact: string;
  /** Absent: not recorded. */
  old?: string;
  /** Absent: not recorded. */
  new?: string;
}

export interface Inserted {
  kind: "inserted";
  detail: string;
}

export interface Moved {
  kind: "moved";
}

export type NodeChange = Inserted | Removed | Replaced | Moved | Detail | Partitioning | Ordering | Estimate;

export interface Ordering {
  kind: "ordering";
  old: string[];
  new: string[];
}

export type PartitionScheme = "round_robin" | "hash" | "range" | "unknown";

export interface Partitioning {
  kind: "partitioning";
  old: Partitioning2;
  new: Partitioning2;
}

export interface Partitioning2 {
  scheme: PartitionScheme;
  /** Volatile: host. */
  count: number;
  /** Absent: `[]`. */
  expressions?: string[];
}

export interface PlanDiff {
  type: "plan_diff.v1";
  steps: PlanStep[];
}

export interface PlanEdit {
  node: string;
  /** Absent: it was not there. */
  old_path?: string;
  /** Absent: it is gone. */
  new_path?: string;
  change: NodeChange;
  /** Absent: `[]`. */
  causes?: Cause[];
}

export type PlanStage = "logical" | "optimized" | "physical";

export interface PlanStep {
  statement: number;
  /** Absent: the same, or there is only one run. */
  old_statement?: number;
  stage: PlanStage;
  /** Absent: the two plans are of two runs. */
  rule?: string;
  edits: PlanEdit[];
}

export interface Removed {
  kind: "removed";
  detail: string;
}

export interface Replaced {
  kind: "replaced";
  old_node: string;
  old_detail: string;
  new_detail: string;
}

export interface RowEstimate {
  rows: Int64;
  exact: boolean;
}

export interface Schema {
  kind: "schema";
  dataset: string;
}

export interface Sql {
  kind: "sql";
  statement: number;
}

export interface Statistics {
  kind: "statistics";
  dataset: string;
  /** Absent: not known. */
  old_rows?: string;
  /** Absent: not known. */
  new_rows?: string;
}

export interface Unknown {
  kind: "unknown";
}

/** The type of each record by its name. */
export interface Records {
  plan_diff: PlanDiff;
}
