// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface BundleEntry {
  name: string;
  file: string;
  kind: string;
  version: number;
  codec: Codec;
  /** Volatile: measured. */
  bytes: Int64;
  /** Volatile: measured. */
  sha256: Digest;
  fingerprint: Digest;
}

export interface BundleIndex {
  type: "bundle.v1";
  /** Volatile: random. */
  run_id: RunId;
  summary: RunSummary;
  fingerprint: Digest;
  artifacts: BundleEntry[];
  /** Absent: `[]`. */
  missing?: MissingArtifact[];
}

export type Codec = "json" | "msgpack";

export type Digest = string;

export interface MissingArtifact {
  name: string;
  /** Volatile: path. */
  reason: string;
}

export type RunId = string;

export type RunStatus = "ok" | "failed" | "cancelled" | "incomplete";

export interface RunSummary {
  status: RunStatus;
  /** Volatile: time. */
  started_at: DateTime;
  /** Absent: not measured. Volatile: measured. */
  elapsed_ns?: Int64;
  /** Volatile: path. Absent: `""`. */
  title?: string;
  /** Absent: `""`. */
  engine?: string;
  /** Absent: the run repeats no other. Volatile: random. */
  replay_of?: RunId;
}

/** The type of each record by its name. */
export interface Records {
  bundle: BundleIndex;
}
