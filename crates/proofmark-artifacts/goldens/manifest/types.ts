// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface ColumnRecord {
  name: string;
  data_type: string;
  nullable: boolean;
}

export interface ConfigEntry {
  key: string;
  /** Null: the setting is known and has no value. */
  value: string | null;
  origin: string;
}

export type DatasetKind = "external" | "memory" | "view" | "function";

export interface DatasetRecord {
  name: string;
  kind: DatasetKind;
  /** Absent: it has no place of its own, such as a view. Volatile: path. */
  path?: string;
  /** Absent: it has no files. */
  format?: string;
  /** Absent: not known without reading the data. */
  rows?: Int64;
  /** Absent: it has no files. */
  files?: Int64;
  /** Absent: it has no files. */
  bytes?: Int64;
  columns: ColumnRecord[];
  schema_fingerprint: Digest;
  /** Absent: not recorded; the columns say enough. */
  arrow_schema?: Base64;
  /** Absent: not computed, such as for data too large to read twice. */
  content_sha256?: Digest;
  /** Absent: `[]`. */
  ordering?: string[];
  /** Absent: it is not a Delta table. */
  delta?: DeltaRecord;
}

export interface DeltaRecord {
  /** Absent: the log does not tell. */
  table_id?: string;
  version: Int64;
  /** Absent: `[]`. */
  features?: string[];
}

export type Digest = string;

export interface Failure {
  stage: FailureStage;
  /** Volatile: path. */
  message: string;
  /** Absent: nothing is known that helps. */
  help?: string;
}

export type FailureStage = "input" | "parse" | "plan" | "execute" | "output";

export interface GitRecord {
  /** Absent: the repository has no commit yet. */
  revision?: string;
  /** Absent: no branch is checked out. */
  branch?: string;
  /** Absent: it could not be told in time. */
  dirty?: boolean;
}

export interface HostRecord {
  /** Absent: it could not be read. Volatile: host. */
  hostname?: string;
  /** Absent: it could not be read. Volatile: host. */
  kernel?: string;
  /** Volatile: host. */
  cpu_count: number;
  /** Absent: it could not be read. Volatile: host. */
  cpu_model?: string;
  /** Absent: it could not be read. Volatile: host. */
  memory_bytes?: Int64;
  /** Absent: it could not be read. Volatile: host. */
  time_zone?: string;
}

export interface LineageEdge {
  output: string;
  inputs: string[];
}

export interface Manifest {
  type: "manifest.v1";
  /** Volatile: random. */
  run_id: string;
  status: RunStatus;
  /** Absent: the run did not fail. */
  failure?: Failure;
  /** Volatile: time. */
  started_at: DateTime;
  /** Absent: the run had not ended when the manifest was written. Volatile: time. */
  finished_at?: DateTime;
  /** Absent: not measured. Volatile: measured. */
  elapsed_ns?: Int64;
  /** Absent: the statements did not come from a file. Volatile: path. */
  pipeline?: string;
  /** Absent: the run repeats no other. Volatile: random. */
  replay_of?: RunId;
  /** Absent: `[]`. */
  statements?: StatementRecord[];
  /** Absent: `[]`. */
  datasets?: DatasetRecord[];
  /** Absent: `[]`. */
  outputs?: OutputRecord[];
  /** Absent: `{}`. */
  rules?: PlannerRules;
  /** Absent: `[]`. */
  lineage?: LineageEdge[];
  /** Absent: `{}`. */
  params?: { [key: string]: string };
  /** Absent: `[]`. */
  notes?: string[];
  repro: Repro;
}

export interface OutputRecord {
  name: string;
  statement: number;
  /** Absent: it was shown, not written. Volatile: path. */
  path?: string;
  format: string;
  rows: Int64;
  /** Absent: it was shown, not written. Volatile: race. */
  bytes?: Int64;
  columns: ColumnRecord[];
  schema_fingerprint: Digest;
  /** Absent: not computed. */
  content_sha256?: Digest;
  /** Absent: it was not committed to a Delta table. */
  delta?: DeltaRecord;
}

export interface PlannerRules {
  /** Absent: `[]`. */
  analyzer?: string[];
  /** Absent: `[]`. */
  logical?: string[];
  /** Absent: `[]`. */
  physical?: string[];
}

export interface PlatformRecord {
  os: string;
  arch: string;
}

export interface Repro {
  type: "repro.v1";
  /** Volatile: host. */
  host: HostRecord;
  platform: PlatformRecord;
  /** Volatile: host. */
  toolchain: ToolchainRecord;
  packages: { [key: string]: string };
  /** Absent: the run was not started inside a git checkout. Volatile: host. */
  git?: GitRecord;
  /** Volatile: path. Absent: `[]`. */
  command?: string[];
  /** Absent: it could not be read. Volatile: path. */
  working_directory?: string;
  /** Volatile: path. Absent: `{}`. */
  tables?: { [key: string]: string };
  /** Volatile: host. Absent: `{}`. */
  environment?: { [key: string]: string };
  /** Absent: `[]`. */
  config?: ConfigEntry[];
}

export type RunId = string;

export type RunStatus = "ok" | "failed" | "cancelled" | "incomplete";

export interface StatementRecord {
  index: number;
  /** Absent: the pipeline has no named steps. */
  step?: string;
  kind: string;
  sql: string;
  /** Absent: the statement was written as SQL. */
  substrait?: SubstraitOrigin;
  status: RunStatus;
  /** Absent: the statement has no result, or did not end. */
  rows?: Int64;
  /** Absent: the statement has no result, or did not end. Volatile: race. */
  bytes?: Int64;
  /** Absent: the statement has no result, or was not planned. */
  schema_fingerprint?: Digest;
  /** Absent: the statement was not started. Volatile: measured. */
  elapsed_ns?: Int64;
  /** Absent: not measured. Volatile: race. */
  memory_bytes_max?: Int64;
  /** Absent: not measured. Volatile: race. */
  spilled_bytes?: Int64;
}

export interface SubstraitOrigin {
  /** Absent: the plan does not say. */
  producer?: string;
  /** Absent: the plan does not say. */
  version?: string;
  sha256: Digest;
}

export interface ToolchainRecord {
  rustc: string;
  target: string;
  profile: string;
}

/** The type of each record by its name. */
export interface Records {
  manifest: Manifest;
}
