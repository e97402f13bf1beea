// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface FaultReport {
  check: string;
  severity: Severity;
  place: string;
  message: string;
  help: string;
}

export interface LintReport {
  type: "lint_report.v1";
  fails: boolean;
  types: Int64;
  faults: FaultReport[];
}

export type Severity = "note" | "warning" | "error";

/** The type of each record by its name. */
export interface Records {
  lint_report: LintReport;
}
