// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface PlanEvent {
  type: "plan_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  /** Absent: not measured. Volatile: measured. */
  elapsed_ns?: Int64;
  rules: number;
  /** Absent: `[]`. */
  changes?: RuleChange[];
}

export type PlanPhase = "analyzer" | "logical" | "physical";

export interface RuleChange {
  phase: PlanPhase;
  step: number;
  rule: string;
}

/** The type of each record by its name. */
export interface Records {
  plan_event: PlanEvent;
}
