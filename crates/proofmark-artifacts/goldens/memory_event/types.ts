// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

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

/** The type of each record by its name. */
export interface Records {
  memory_event: MemoryEvent;
}
