// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface RejectedRow {
  type: "rejected_row.v1";
  row: Int64;
  /** Volatile: time. */
  rejected_at: DateTime;
  form: RowForm;
  error: string;
  path: string;
  /** Absent: the row did not come as bytes. */
  offset?: Int64;
  /** Absent: the error does not say. */
  expected?: string;
  /** Absent: the error does not say. */
  found?: string;
  /** Absent: nothing is alike enough. */
  suggestion?: string;
  /** Absent: the row is not text; `bytes` holds it. */
  text?: string;
  /** Absent: the row is text; `text` holds it. */
  bytes?: Base64;
}

export type RowForm = "json" | "msgpack";

/** The type of each record by its name. */
export interface Records {
  rejected_row: RejectedRow;
}
