// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface CursorReset {
  type: "cursor_reset.v1";
  dataset_name: string;
  /** Absent: not recorded. */
  last_version?: Int64;
  /** Absent: not recorded. Volatile: time. */
  updated_at?: DateTime;
}

/** The type of each record by its name. */
export interface Records {
  cursor_reset: CursorReset;
}
