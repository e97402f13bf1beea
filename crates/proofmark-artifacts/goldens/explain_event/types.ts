// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface ExplainEvent {
  type: "explain_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  /** Absent: the plan was made, but did not run. Volatile: measured. */
  elapsed_ns?: Int64;
  operators: ExplainOperator[];
}

export interface ExplainOperator {
  index: number;
  depth: number;
  name: string;
  /** Absent: the planner had no estimate. */
  rows_estimated?: Int64;
  /** Absent: it did not run, or does not count. Volatile: race. */
  rows_out?: Int64;
  /** Absent: it did not run, or does not count. Volatile: race. */
  bytes_out?: Int64;
  /** Absent: it did not run, or does not measure. Volatile: measured. */
  elapsed_compute_ns?: Int64;
  /** Absent: it did not run, or cannot spill. Volatile: race. */
  spilled_bytes?: Int64;
}

/** The type of each record by its name. */
export interface Records {
  explain_event: ExplainEvent;
}
