// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface ChangeCounts {
  /** Absent: `0`. */
  inserted?: Int64;
  /** Absent: `0`. */
  updated?: Int64;
  /** Absent: `0`. */
  deleted?: Int64;
}

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

/** The type of each record by its name. */
export interface Records {
  incremental_event: IncrementalEvent;
}
