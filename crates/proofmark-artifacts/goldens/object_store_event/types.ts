// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

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

/** The type of each record by its name. */
export interface Records {
  object_store_event: ObjectStoreEvent;
}
