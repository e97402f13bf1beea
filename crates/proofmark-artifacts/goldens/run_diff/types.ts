// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface Added {
  kind: "added";
  value: ShownValue;
}

export interface Added2 {
  kind: "added";
  sql: string;
}

export interface Added3 {
  kind: "added";
  column: string;
  data_type: string;
  nullable: boolean;
}

export interface ArtifactDiff {
  name: string;
  kind: string;
  state: ArtifactState;
  /** Absent: it can be compared. Volatile: path. */
  reason?: string;
  /** Volatile: race. Absent: `0`. */
  hidden?: Int64;
  /** Absent: `[]`. */
  changes?: ValueChange[];
  /** Absent: `0`. */
  omitted?: Int64;
}

export type ArtifactState = "same" | "changed" | "added" | "removed" | "unreadable";

export type Cause = Config | Statistics | Schema | EngineVersion | Host | Sql2 | Data | Unknown;

export interface Changed {
  kind: "changed";
  old: ShownValue;
  new: ShownValue;
}

export type ColumnChange = Added3 | Removed4 | Retyped | Nullability | Moved3;

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

export interface DataDiff {
  dataset: string;
  fact: DataFact;
  /** Absent: not known, or the dataset was not there. */
  old?: string;
  /** Absent: not known, or the dataset is not there. */
  new?: string;
}

export type DataFact = "dataset" | "version" | "rows" | "files" | "bytes" | "content" | "format" | "ordering";

export interface Detail {
  kind: "detail";
  old: string;
  new: string;
}

export type Digest = string;

export interface Digest2 {
  form: "digest";
  bytes: Int64;
  sha256: Digest;
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

export type Figure = "wall_ns" | "compute_ns" | "rows_out" | "bytes_out" | "spilled_bytes" | "memory_bytes_max";

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

export interface MeasuredDiff {
  /** Absent: it is of the whole run. */
  statement?: number;
  /** Absent: it is of the whole statement. */
  operator?: string;
  /** Absent: it is of the whole statement. */
  path?: string;
  figure: Figure;
  /** Volatile: measured. */
  old: Int64;
  /** Volatile: measured. */
  new: Int64;
}

export interface Moved {
  kind: "moved";
  from: Int64;
  to: Int64;
}

export interface Moved2 {
  kind: "moved";
}

export interface Moved3 {
  kind: "moved";
  column: string;
  from: Int64;
  to: Int64;
}

export type NodeChange = Inserted | Removed3 | Replaced | Moved2 | Detail | Partitioning | Ordering | Estimate;

export interface Nullability {
  kind: "nullability";
  column: string;
  nullable: boolean;
}

export interface Ordering {
  kind: "ordering";
  old: string[];
  new: string[];
}

export interface OutputDiff {
  output: string;
  fact: OutputFact;
  /** Absent: not known, or the output was not there. */
  old?: string;
  /** Absent: not known, or the output is not there. */
  new?: string;
  /** Absent: `[]`. */
  causes?: Cause[];
}

export type OutputFact = "output" | "rows" | "content" | "format";

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
  value: ShownValue;
}

export interface Removed2 {
  kind: "removed";
  sql: string;
}

export interface Removed3 {
  kind: "removed";
  detail: string;
}

export interface Removed4 {
  kind: "removed";
  column: string;
  data_type: string;
}

export interface Replaced {
  kind: "replaced";
  old_node: string;
  old_detail: string;
  new_detail: string;
}

export interface Retyped {
  kind: "retyped";
  column: string;
  old: string;
  new: string;
}

export interface RowEstimate {
  rows: Int64;
  exact: boolean;
}

export interface Rows {
  kind: "rows";
  /** Absent: it had no result. */
  old?: Int64;
  /** Absent: it has no result. */
  new?: Int64;
}

export interface RunDiff {
  type: "run_diff.v1";
  old: RunSide;
  new: RunSide;
  same_content: boolean;
  artifacts: ArtifactDiff[];
  /** Absent: `[]`. */
  statements?: StatementDiff[];
  /** Absent: `[]`. */
  plans?: PlanStep[];
  /** Absent: `[]`. */
  schemas?: SchemaDiff[];
  /** Absent: `[]`. */
  settings?: SettingDiff[];
  /** Absent: `[]`. */
  data?: DataDiff[];
  /** Absent: `[]`. */
  outputs?: OutputDiff[];
  /** Volatile: measured. Absent: `[]`. */
  measured?: MeasuredDiff[];
}

export type RunId = string;

export interface RunSide {
  /** Volatile: random. */
  run_id: RunId;
  status: RunStatus;
  /** Absent: `""`. */
  engine?: string;
  fingerprint: Digest;
}

export type RunStatus = "ok" | "failed" | "cancelled" | "incomplete";

export interface Schema {
  kind: "schema";
  dataset: string;
}

export interface SchemaDiff {
  of: string;
  columns: ColumnChange[];
}

export type SettingArea = "setting" | "host_setting" | "config" | "profile" | "functions" | "engine" | "package" | "host";

export interface SettingDiff {
  area: SettingArea;
  key: string;
  /** Absent: it had no value, or was not there. */
  old?: string;
  /** Absent: it has no value, or is not there. */
  new?: string;
  /** Absent: `[]`. */
  causes?: Cause[];
}

export type ShownValue = Whole | Digest2;

export interface Sql {
  kind: "sql";
  old: string;
  new: string;
}

export interface Sql2 {
  kind: "sql";
  statement: number;
}

export type StatementChange = Added2 | Removed2 | Sql | Status | Rows;

export interface StatementDiff {
  /** Absent: it is not there. */
  statement?: number;
  /** Absent: it was not there. */
  old_statement?: number;
  change: StatementChange;
  /** Absent: `[]`. */
  causes?: Cause[];
}

export interface Statistics {
  kind: "statistics";
  dataset: string;
  /** Absent: not known. */
  old_rows?: string;
  /** Absent: not known. */
  new_rows?: string;
}

export interface Status {
  kind: "status";
  old: RunStatus;
  new: RunStatus;
}

export interface Unknown {
  kind: "unknown";
}

export interface ValueChange {
  path: string;
  /** Absent: it lies in no list of things with names. */
  item?: string;
  /** Absent: they may not: it is content. */
  volatility?: string;
  edit: ValueEdit;
}

export type ValueEdit = Added | Removed | Changed | Moved;

export interface Whole {
  form: "whole";
  value: unknown;
}

/** The type of each record by its name. */
export interface Records {
  run_diff: RunDiff;
}
