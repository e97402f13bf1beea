// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface CacheStateEvent {
  type: "cache_state_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  cache: string;
  /** Volatile: race. */
  entries: Int64;
  /** Absent: the cache does not say. Volatile: race. */
  bytes?: Int64;
  /** Absent: the cache has no limit. */
  bytes_max?: Int64;
  /** Absent: the cache does not count. Volatile: race. */
  hits?: Int64;
  /** Absent: the cache does not count. Volatile: race. */
  misses?: Int64;
}

export interface ChangeCounts {
  /** Absent: `0`. */
  inserted?: Int64;
  /** Absent: `0`. */
  updated?: Int64;
  /** Absent: `0`. */
  deleted?: Int64;
}

export type ColumnChange = "added" | "missing" | "retyped" | "nullability" | "moved" | "renamed";

export interface ColumnDifference {
  column: string;
  /** Absent: the column itself. */
  inside?: string;
  kind: ColumnChange;
  /** Absent: the table does not have it. */
  expected?: string;
  /** Absent: the files do not have it. */
  found?: string;
  files: Int64;
  /** Absent: not recorded. Volatile: path. */
  example?: string;
  /** Absent: not judged. */
  drift?: ColumnDrift;
}

export interface ColumnDrift {
  rule: string;
  verdict: ReadVerdict;
  level: DriftLevel;
  /** Absent: what the files hold is read. */
  fix?: string;
}

export type DiagnosticEvent = RunEvent | PlanEvent | ExplainEvent | PreparedStatementEvent | ParseErrorEvent | UdfValidationEvent | SchemaValidationEvent | FilePruningEvent | MemoryEvent | CacheStateEvent | ObjectStoreEvent | FeatureStateEvent | IncrementalEvent;

export interface DiagnosticsArtifact {
  type: "diagnostics.v1";
  events: DiagnosticEvent[];
}

export type Digest = string;

export type DriftLevel = "none" | "representation" | "compatible" | "backward-only" | "forward-only" | "breaking" | "silent";

export interface ExplainEvent {
  type: "explain_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  /** Absent: the plan was made, but did not run. Volatile: measured. */
  elapsed_ns?: Int64;
  operators: ExplainOperator[];
}

export interface ExplainOperator {
  index: number;
  depth: number;
  name: string;
  /** Absent: the planner had no estimate. */
  rows_estimated?: Int64;
  /** Absent: it did not run, or does not count. Volatile: race. */
  rows_out?: Int64;
  /** Absent: it did not run, or does not count. Volatile: race. */
  bytes_out?: Int64;
  /** Absent: it did not run, or does not measure. Volatile: measured. */
  elapsed_compute_ns?: Int64;
  /** Absent: it did not run, or cannot spill. Volatile: race. */
  spilled_bytes?: Int64;
}

export type FeatureState = "enabled" | "disabled" | "not_built";

export interface FeatureStateEvent {
  type: "feature_state_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  feature: string;
  state: FeatureState;
  /** Absent: it was decided when the program was built. */
  setting?: string;
}

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

export type FunctionKind = "scalar" | "aggregate" | "window" | "higher_order";

export type FunctionVolatility = "immutable" | "stable" | "volatile";

export interface IncrementalEvent {
  type: "incremental_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  dataset: string;
  cursor: string;
  /** Absent: the table has no id. */
  table_id?: string;
  /** Absent: the table had not been processed before. */
  before?: Int64;
  /** Absent: the sink held nothing beyond the cursor, or cannot tell. */
  landed?: Int64;
  /** Absent: there was nothing new. */
  first?: Int64;
  last: Int64;
  /** Absent: `{}`. */
  changes?: ChangeCounts;
  moved: boolean;
}

export interface MemoryConsumer {
  /** Volatile: race. */
  name: string;
  /** Volatile: race. */
  bytes_peak: Int64;
  /** Volatile: race. */
  can_spill: boolean;
}

export interface MemoryEvent {
  type: "memory_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  /** Absent: memory is not limited. */
  bytes_max?: Int64;
  /** Volatile: race. */
  bytes_peak: Int64;
  exhausted: boolean;
  /** Volatile: race. Absent: `[]`. */
  consumers?: MemoryConsumer[];
}

export interface ObjectStoreEvent {
  type: "object_store_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  /** Volatile: path. */
  url: string;
  /** Volatile: race. Absent: `0`. */
  gets?: Int64;
  /** Volatile: race. Absent: `0`. */
  bytes_read?: Int64;
  /** Volatile: race. Absent: `0`. */
  heads?: Int64;
  /** Volatile: race. Absent: `0`. */
  lists?: Int64;
  /** Volatile: race. Absent: `0`. */
  puts?: Int64;
  /** Volatile: race. Absent: `0`. */
  bytes_written?: Int64;
  /** Volatile: race. Absent: `0`. */
  deletes?: Int64;
  /** Volatile: race. Absent: `0`. */
  errors?: Int64;
}

export interface ParameterRecord {
  name: string;
  /** Absent: neither declared nor inferred. */
  data_type?: string;
  /** Absent: this event executes nothing. */
  value?: string;
}

export interface ParseErrorEvent {
  type: "parse_error_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  dialect: string;
  sql: string;
  message: string;
  /** Absent: the parser does not say where. */
  line?: Int64;
  /** Absent: the parser does not say where. */
  column?: Int64;
}

export interface PlanEvent {
  type: "plan_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  /** Absent: not measured. Volatile: measured. */
  elapsed_ns?: Int64;
  rules: number;
  /** Absent: `[]`. */
  changes?: RuleChange[];
}

export type PlanPhase = "analyzer" | "logical" | "physical";

export type PreparedAction = "prepare" | "execute" | "deallocate";

export interface PreparedStatementEvent {
  type: "prepared_statement_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  action: PreparedAction;
  name: string;
  /** Absent: this event prepares nothing. */
  sql?: string;
  /** Absent: `[]`. */
  parameters?: ParameterRecord[];
}

export type PruneCount = [
  /** Volatile: race. */
  pruned: Int64,
  /** Volatile: race. */
  matched: Int64,
];

export type ReadVerdict = "ok" | "cond" | "no" | "SILENT";

export interface RuleChange {
  phase: PlanPhase;
  step: number;
  rule: string;
}

export interface RunEvent {
  type: "run_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  phase: RunPhase;
  /** Absent: it happened to the whole run. */
  statement?: number;
  /** Absent: there is no result. */
  rows?: Int64;
  /** Absent: nothing ended. Volatile: measured. */
  elapsed_ns?: Int64;
  /** Absent: nothing went wrong. Volatile: path. */
  message?: string;
}

export type RunPhase = "started" | "planned" | "finished" | "failed" | "cancelled";

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

export interface SchemaValidationEvent {
  type: "schema_validation_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  dataset: string;
  expected: Digest;
  files: Int64;
  differing: Int64;
  /** Absent: `[]`. */
  differences?: ColumnDifference[];
}

export interface UdfValidationEvent {
  type: "udf_validation_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  function: string;
  kind: FunctionKind;
  volatility: FunctionVolatility;
  registered: boolean;
  calls: Int64;
}

/** The type of each record by its name. */
export interface Records {
  diagnostics: DiagnosticsArtifact;
}
