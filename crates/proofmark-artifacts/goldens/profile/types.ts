// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

export type DeterminismTier = "canonical" | "stable_set" | "best_effort";

export type Digest = string;

export interface EngineRecord {
  name: string;
  version: string;
}

export interface FunctionRegistry {
  scalar: number;
  aggregate: number;
  window: number;
  table: number;
  higher_order: number;
  sha256: Digest;
}

export interface KindRules {
  /** Absent: all that are not denied. */
  allow?: StatementKind[];
  /** Absent: `[]`. */
  deny?: StatementKind[];
}

export interface NameRules {
  /** Absent: all that are not denied. */
  allow?: Pattern[];
  /** Absent: `[]`. */
  deny?: Pattern[];
}

export type Pattern = string;

export interface RuntimeProfileSnapshot {
  type: "profile.v1";
  name: string;
  determinism: DeterminismTier;
  engine: EngineRecord;
  scan: ScanProfile;
  sql_policy: SqlPolicy;
  sql_policy_sha256: Digest;
  settings: { [key: string]: string | null };
  /** Volatile: host. Absent: `{}`. */
  host_settings?: { [key: string]: string | null };
  /** Absent: in the process that recorded them. Volatile: host. */
  cluster?: string;
  functions: FunctionRegistry;
  profile_sha256: Digest;
  /** Absent: the run has no result, or was not planned. */
  arrow_schema?: Base64;
}

export interface ScanProfile {
  batch_size: Int64;
  /** Volatile: host. */
  target_partitions: Int64;
  collect_statistics: boolean;
  pruning: boolean;
  pushdown_filters: boolean;
  reorder_filters: boolean;
  bloom_filters: boolean;
  split_files: boolean;
  /** Absent: memory is not limited. */
  memory_bytes_max?: Int64;
}

export interface SqlPolicy {
  /** Absent: `{}`. */
  statements?: KindRules;
  /** Absent: `{}`. */
  functions?: NameRules;
  /** Absent: `{}`. */
  reads?: NameRules;
  /** Absent: `{}`. */
  writes?: NameRules;
  /** Absent: `{}`. */
  locations?: NameRules;
  /** Absent: statements may be of any length. */
  statement_bytes_max?: Int64;
  /** Absent: as deep as the engine takes them. */
  nesting_max?: number;
}

export type StatementKind = "alter" | "copy" | "create_catalog" | "create_external_table" | "create_function" | "create_table" | "create_view" | "deallocate" | "delete" | "describe" | "drop_catalog" | "drop_function" | "drop_table" | "drop_view" | "execute" | "explain" | "insert" | "merge" | "prepare" | "query" | "reset" | "set" | "show" | "transaction" | "truncate" | "update" | "other";

/** The type of each record by its name. */
export interface Records {
  profile: RuntimeProfileSnapshot;
}
