// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

export interface Bytes {
  kind: "bytes";
  name: string;
  value: Int64;
}

export interface Count {
  kind: "count";
  name: string;
  value: Int64;
}

export type Digest = string;

export interface Gauge {
  kind: "gauge";
  name: string;
  value: Int64;
}

export type Metric = Count | Gauge | Bytes | Time | Pruning | Ratio;

export interface OperatorMetrics {
  /** Absent: not counted by this operator. Volatile: race. */
  rows_out?: Int64;
  /** Absent: not counted by this operator. Volatile: race. */
  batches_out?: Int64;
  /** Absent: not counted by this operator. Volatile: race. */
  bytes_out?: Int64;
  /** Absent: not measured by this operator. Volatile: measured. */
  elapsed_compute_ns?: Int64;
  /** Absent: this operator cannot spill. Volatile: race. */
  spilled_bytes?: Int64;
  /** Volatile: race. Absent: `[]`. */
  rows_per_partition?: Int64[];
  /** Volatile: measured. Absent: `[]`. */
  counters?: Metric[];
}

export interface OperatorNode {
  index: number;
  name: string;
  /** Absent: `""`. */
  detail?: string;
  /** Volatile: path. Absent: `[]`. */
  files?: string[];
  partitioning: Partitioning;
  /** Absent: `[]`. */
  ordering?: string[];
  /** Absent: the planner had no estimate. */
  rows_estimated?: RowEstimate;
  /** Absent: the operator did not run, or counts nothing. Volatile: race. */
  metrics?: OperatorMetrics;
  /** Absent: `[]`. */
  children?: OperatorNode[];
}

export type PartitionScheme = "round_robin" | "hash" | "range" | "unknown";

export interface Partitioning {
  scheme: PartitionScheme;
  /** Volatile: host. */
  count: number;
  /** Absent: `[]`. */
  expressions?: string[];
}

export interface PlanArtifact {
  type: "plan.v1";
  statements: StatementPlan[];
}

export interface PlanNode {
  name: string;
  /** Absent: `""`. */
  detail?: string;
  /** Absent: `[]`. */
  children?: PlanNode[];
}

export interface Pruning {
  kind: "pruning";
  name: string;
  pruned: Int64;
  matched: Int64;
  fully_matched: Int64;
}

export interface Ratio {
  kind: "ratio";
  name: string;
  part: Int64;
  total: Int64;
}

export interface RowEstimate {
  rows: Int64;
  exact: boolean;
}

export interface StageOperator {
  /** Volatile: host. */
  depth: number;
  /** Volatile: host. */
  name: string;
  /** Volatile: host. */
  metrics: OperatorMetrics;
}

export interface StageRecord {
  /** Volatile: host. */
  stage: number;
  /** Volatile: host. */
  partitions: number;
  /** Volatile: host. Absent: `[]`. */
  operators?: StageOperator[];
}

export interface StatementPlan {
  statement: number;
  /** Absent: the statement was not planned so far. */
  logical?: PlanNode;
  /** Absent: the statement was not planned so far. */
  optimized?: PlanNode;
  /** Absent: the statement was not planned so far. */
  physical?: OperatorNode;
  /** Absent: the statement was not planned so far. */
  optimized_sha256?: Digest;
  /** Absent: the build writes none, the plan cannot be said in it, or it has more bytes than are kept. */
  substrait?: Base64;
  /** Absent: the build writes none, an operator has no such form, or it has more bytes than are kept. Volatile: path. */
  engine?: Base64;
  /** Volatile: host. Absent: `[]`. */
  stages?: StageRecord[];
}

export interface Time {
  kind: "time";
  name: string;
  value_ns: Int64;
}

/** The type of each record by its name. */
export interface Records {
  plan: PlanArtifact;
}
