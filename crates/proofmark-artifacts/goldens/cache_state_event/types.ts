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

/** The type of each record by its name. */
export interface Records {
  cache_state_event: CacheStateEvent;
}
