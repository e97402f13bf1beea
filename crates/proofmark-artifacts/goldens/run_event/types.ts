// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

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

/** The type of each record by its name. */
export interface Records {
  run_event: RunEvent;
}
