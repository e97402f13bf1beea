// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface Again {
  kind: "again";
}

export interface Baseline {
  kind: "baseline";
}

export interface BatchSize {
  kind: "batch_size";
  rows: number;
}

export type Digest = string;

export interface Digest2 {
  form: "digest";
  bytes: Int64;
  sha256: Digest;
}

export interface Directory {
  kind: "directory";
}

export interface Leak {
  artifact: string;
  path: string;
  moved_by: Perturbation[];
  /** Absent: `false`. */
  order?: boolean;
  /** Absent: it was not there. */
  old?: ShownValue;
  /** Absent: it was not there. */
  new?: ShownValue;
  volatility: string;
  advice: string;
}

export interface Locale {
  kind: "locale";
  name: string;
}

export type Perturbation = Baseline | Again | Threads | BatchSize | TimeZone | Directory | Locale;

export interface ProofReport {
  type: "proof_report.v1";
  runs: ProofRun[];
  /** Absent: `[]`. */
  leaks?: Leak[];
}

export interface ProofRun {
  perturbation: Perturbation;
  /** Volatile: random. */
  run_id: RunId;
  status: RunStatus;
  fingerprint: Digest;
  same_content: boolean;
}

export type RunId = string;

export type RunStatus = "ok" | "failed" | "cancelled" | "incomplete";

export type ShownValue = Whole | Digest2;

export interface Threads {
  kind: "threads";
  count: number;
}

export interface TimeZone {
  kind: "time_zone";
  zone: string;
}

export interface Whole {
  form: "whole";
  value: unknown;
}

/** The type of each record by its name. */
export interface Records {
  proof_report: ProofReport;
}
