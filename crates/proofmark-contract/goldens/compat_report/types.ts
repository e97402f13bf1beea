// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface AcceptedReport {
  reason: string;
  /** Absent: for good. */
  until?: string;
}

export type Actor = "lock" | "code";

export type Bump = "patch" | "minor" | "major";

export type Codec = "json" | "msgpack";

export interface ComparisonReport {
  record: string;
  used_as: Use;
  against: string;
  findings: FindingReport[];
}

export interface CompatReport {
  type: "compat_report.v1";
  fails: boolean;
  needs: Bump;
  /** Absent: not said. */
  allowed?: Bump;
  locks: string;
  comparisons: ComparisonReport[];
  /** Absent: `[]`. */
  added?: string[];
  /** Absent: `[]`. */
  removed?: string[];
  /** Absent: `[]`. */
  unread?: UnreadReport[];
}

export type Direction = "new<-old" | "old<-new";

export interface FindingReport {
  fingerprint: string;
  rule: string;
  title: string;
  level: Level;
  place: string;
  line: Int64;
  /** Absent: written before regions were told. */
  region?: Region;
  change: string;
  needs: Bump;
  verdicts: VerdictReport[];
  witnesses: WitnessReport[];
  /** Absent: none were looked at. */
  hits?: HitsReport;
  fix: string;
  fails: boolean;
  /** Absent: it is not. */
  accepted?: AcceptedReport;
}

export interface HitsReport {
  affected: Int64;
  of: Int64;
}

export type Level = "none" | "representation" | "compatible" | "backward-only" | "forward-only" | "breaking" | "silent";

export interface Region {
  line: Int64;
  column: Int64;
  end_line: Int64;
  end_column: Int64;
}

export interface UnreadReport {
  record: string;
  place: string;
  error: string;
  fails: boolean;
}

export type Use = "cursor" | "manifest" | "cache" | "event";

export type Verdict = "ok" | "cond" | "no" | "SILENT";

export interface VerdictReport {
  codec: Codec;
  backward: Verdict;
  forward: Verdict;
}

export interface WitnessReport {
  codec: Codec;
  direction: Direction;
  bytes: string;
  outcome: string;
  actor: Actor;
}

/** The type of each record by its name. */
export interface Records {
  compat_report: CompatReport;
}
