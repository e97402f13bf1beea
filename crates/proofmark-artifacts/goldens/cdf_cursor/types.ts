// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface CdfCursor {
  type: "cdf_cursor.v1";
  dataset_name: string;
  last_version: Int64;
  /** Absent: the table has no id. */
  table_id?: string;
  /** Absent: not recorded. */
  schema_fingerprint?: Digest;
  /** Absent: it was not moved by a run. Volatile: random. */
  run_id?: string;
  /** Absent: not recorded. Volatile: time. */
  updated_at?: DateTime;
}

export type Digest = string;

/** The type of each record by its name. */
export interface Records {
  cdf_cursor: CdfCursor;
}
