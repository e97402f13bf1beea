// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export type FunctionKind = "scalar" | "aggregate" | "window" | "higher_order";

export type FunctionVolatility = "immutable" | "stable" | "volatile";

export interface UdfValidationEvent {
  type: "udf_validation_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  function: string;
  kind: FunctionKind;
  volatility: FunctionVolatility;
  registered: boolean;
  calls: Int64;
}

/** The type of each record by its name. */
export interface Records {
  udf_validation_event: UdfValidationEvent;
}
