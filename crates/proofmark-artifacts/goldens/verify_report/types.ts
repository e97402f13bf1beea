// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface PresenceCount {
  record: string;
  field: string;
  /** Absent: `0`. */
  absent?: Int64;
  /** Absent: `0`. */
  null?: Int64;
  /** Absent: `0`. */
  value?: Int64;
}

export type RunId = string;

export interface Tally {
  checked: Int64;
  /** Absent: `0`. */
  failed?: Int64;
}

export type VerifyCheck = "schema_id" | "digest" | "record" | "unknown_field" | "reference";

export interface VerifyFinding {
  check: VerifyCheck;
  artifact: string;
  /** Absent: it is about the whole artifact. */
  path?: string;
  /** Volatile: path. */
  message: string;
}

export interface VerifyReport {
  type: "verify_report.v1";
  /** Volatile: random. */
  run_id: RunId;
  schema_ids: Tally;
  digests: Tally;
  references: Tally;
  /** Absent: `0`. */
  unknown_fields?: Int64;
  /** Absent: `[]`. */
  presence?: PresenceCount[];
  /** Absent: `[]`. */
  findings?: VerifyFinding[];
}

/** The type of each record by its name. */
export interface Records {
  verify_report: VerifyReport;
}
