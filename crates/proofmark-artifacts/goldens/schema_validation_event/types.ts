// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

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

export type Digest = string;

export type DriftLevel = "none" | "representation" | "compatible" | "backward-only" | "forward-only" | "breaking" | "silent";

export type ReadVerdict = "ok" | "cond" | "no" | "SILENT";

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

/** The type of each record by its name. */
export interface Records {
  schema_validation_event: SchemaValidationEvent;
}
